"""Lay each sample out in one row."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from course.engine.layer import Layer, Shape
from course.layers.images import channels_last_only


class Flatten(Layer):
    """Reshape (batch, a, b, ...) to (batch, a·b·...); nothing is computed.

    A (batch,) without features becomes (batch, 1).

    Parameters
    ----------
    data_format : str, optional
        ``'channels_last'``, which is how all layers here lay out images.
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    ValueError
        If `data_format` is another.
    """

    def __init__(self, data_format: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.data_format = channels_last_only(data_format)

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        sizes = input_shape[1:]
        return (input_shape[0], None if None in sizes else prod(sizes))

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        return x.reshape(len(x), prod(x.shape[1:])), x.shape

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> np.ndarray:
        return dy.reshape(cache)
