"""Enlarge images by a whole factor."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from course import checks
from course.engine.layer import Layer, Shape
from course.layers.images import channels_last_only, check_images, pair
from course.layers.windows import batch_first, batch_last


class UpSampling2D(Layer):
    """Enlarge images by whole factors; every new cell is a mean of old ones::

        y = A·x·Bᵀ,     dx = Aᵀ·dy·B          for each sample and channel

    x of shape (batch, height, width, channels), y of shape (batch, size[0]·height,
    size[1]·width, channels), A of shape (size[0]·height, height), B likewise for the width. Row
    r of A looks at the place p = (r + ½) / size − ½ among the old rows, the middle of a cell
    counting as its place. ``'nearest'`` takes the cell at p; ``'bilinear'`` mixes the two beside
    it by 1 − distance, and at the edge stays with the last cell.

    Parameters
    ----------
    size : int or pair of int, default (2, 2)
        Factors of height and width.
    data_format : {None, 'channels_last'}
        Channels are the last axis.
    interpolation : {'nearest', 'bilinear'}
        Which old cells make a new one.
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    TypeError, ValueError
        If a factor is no whole number of at least 1, or a name is unknown.

    References
    ----------
    Odena, Dumoulin and Olah (2016), Deconvolution and checkerboard artifacts.
    """

    def __init__(
        self,
        size: Any = (2, 2),
        data_format: str | None = None,
        interpolation: str = "nearest",
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.size = pair("size", size)
        self.data_format = channels_last_only(data_format)
        self.interpolation = checks.one_of("interpolation", interpolation, MATRICES)

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        check_images(self, input_shape)
        batch, *sizes, channels = input_shape
        factors = zip(sizes, self.size, strict=True)
        return (batch, *(None if n is None else n * s for n, s in factors), channels)

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        A, B = self._matrices(*x.shape[1:3], x.dtype)
        return batch_first(from_both_sides(A, batch_last(x), B)), (A, B)

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        A, B = cache
        return batch_first(from_both_sides(A.T, batch_last(dy), B.T)) if need_dx else None

    def _matrices(self, height: int, width: int, dtype: Any) -> tuple[np.ndarray, np.ndarray]:
        make = MATRICES[self.interpolation]
        return make(height, self.size[0], dtype), make(width, self.size[1], dtype)


def from_both_sides(A: np.ndarray, x: np.ndarray, B: np.ndarray) -> np.ndarray:
    """Return A·x·Bᵀ along the height and width of x, of shape (channels, height, width, batch)."""
    c, height, width, n = x.shape
    x = np.matmul(A, x.reshape(c, height, width * n))
    return np.matmul(B, x.reshape(c, len(A), width, n))


@lru_cache(maxsize=64)
def nearest(n: int, size: int, dtype: Any) -> np.ndarray:
    """Return A of shape (size·n, n) that repeats each of n cells `size` times."""
    return np.repeat(np.eye(n, dtype=dtype), size, axis=0)


@lru_cache(maxsize=64)
def bilinear(n: int, size: int, dtype: Any) -> np.ndarray:
    """Return A of shape (size·n, n) that mixes the two nearest of n cells by 1 − distance."""
    p = ((np.arange(size * n) + 0.5) / size - 0.5).clip(0, n - 1)
    return np.maximum(1 - np.abs(p[:, np.newaxis] - np.arange(n)), 0).astype(dtype)


MATRICES = {"nearest": nearest, "bilinear": bilinear}
