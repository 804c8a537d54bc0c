"""Sample weights, brought to the shape of the values they weigh."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks


def like_values(sample_weight: Any, values: np.ndarray) -> np.ndarray:
    """Return the weights of shape and type of `values`.

    Parameters
    ----------
    sample_weight : array-like of shape (n,), (n, 1) or of the shape of `values`
        A weight of a whole sample holds for all of its values.
    values : array of shape (n, ...)

    Raises
    ------
    TypeError, ValueError
        If they are no numbers, or the shapes do not fit.
    """
    weight = checks.numbers("sample_weight", sample_weight).astype(values.dtype, copy=False)
    if weight.shape == values.shape:
        return weight
    if weight.shape == values.shape + (1,):
        return weight[..., 0]
    if weight.shape in (values.shape[:1], values.shape[:1] + (1,)):
        column = weight.reshape(values.shape[:1] + (1,) * (values.ndim - 1))
        return np.broadcast_to(column, values.shape)
    raise ValueError(
        f"sample_weight must have one weight for each sample, shape {values.shape[:1]}, or one "
        f"for each loss, shape {values.shape}; got shape {weight.shape}."
    )
