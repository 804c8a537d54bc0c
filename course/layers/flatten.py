"""Lay each sample out in one row."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from course.engine.layer import Layer, Shape


class Flatten(Layer):
    """Reshape (batch, a, b, ...) to (batch, a·b·...); nothing is computed.

    Parameters
    ----------
    **kwargs
        See :class:`Layer`.
    """

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        sizes = input_shape[1:]
        return (input_shape[0], None if None in sizes else prod(sizes))

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        return x.reshape(len(x), prod(x.shape[1:])), x.shape

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> np.ndarray:
        return dy.reshape(cache)
