"""1,797 digits that people wrote by hand."""

from __future__ import annotations

import numpy as np

from course import checks, config
from course.datasets.files import data_file


def load_digits(scale: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """Handwritten digits as images of 8×8 pixels, 174 to 183 of each.

    The test part of Alpaydin and Kaynak, *Optical Recognition of Handwritten Digits* (UCI
    Machine Learning Repository, 1998, CC BY 4.0): 13 people wrote them, and each pixel
    counts the inked points of a 4×4 block. The rows keep the order of the original file.

    Parameters
    ----------
    scale : bool, default True
        True divides the pixels by 16, so that they lie in [0, 1]; False leaves the whole
        numbers 0 to 16.

    Returns
    -------
    x : array of shape (1797, 64)
        Row by row from the top left; ``x.reshape(-1, 8, 8)`` are the images.
    y : array of int of shape (1797,)
        The digit, 0 to 9.

    Raises
    ------
    TypeError
        If `scale` is neither True nor False.
    FileNotFoundError
        If the file is missing.
    """
    scale = checks.flag("scale", scale)
    table = np.load(data_file("digits.npy"), allow_pickle=False)
    x = table[:, :-1].astype(config.floatx())
    return x / 16 if scale else x, table[:, -1].astype(int)
