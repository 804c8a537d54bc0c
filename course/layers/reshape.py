"""Give each sample another shape."""

from __future__ import annotations

from math import prod
from typing import Any

import numpy as np

from course import checks
from course.engine.layer import Layer, Shape


class Reshape(Layer):
    """Reshape (batch, a, b, ...) to (batch, *target_shape); nothing is computed.

    The numbers of a sample keep their order, the last axis running fastest.

    Parameters
    ----------
    target_shape : tuple of int
        The shape of one sample, without the batch. One entry may be -1: it is what remains.
        ``Reshape((-1, 2))`` turns 12 features into (6, 2).
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    TypeError
        If `target_shape` is no tuple of whole numbers.
    ValueError
        If an entry is below -1 or 0, or two are -1; at the first call, if the sizes of input
        and output differ.
    """

    def __init__(self, target_shape: tuple[int, ...], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if not isinstance(target_shape, list | tuple):
            raise TypeError(
                f"target_shape must be a tuple such as (3, 4) or (-1,), got {target_shape!r}."
            )
        self.target_shape = tuple(checks.integer("target_shape", n, -1) for n in target_shape)
        if 0 in self.target_shape or self.target_shape.count(-1) > 1:
            raise ValueError(
                "target_shape takes sizes of at least 1, of which one may be left open with -1, "
                f"got {self.target_shape}."
            )

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        sizes, target = input_shape[1:], self.target_shape
        if None in sizes:
            return (input_shape[0], *(None if n == -1 else n for n in target))
        size, known = prod(sizes), prod(n for n in target if n != -1)
        rest, left_over = divmod(size, known)
        if left_over or (-1 not in target and rest != 1):
            raise ValueError(
                f"Reshape {self.name!r} cannot turn inputs of shape {input_shape}, {size} numbers "
                f"in a sample, into target_shape={target}, which needs "
                f"{f'a multiple of {known}' if -1 in target else known}."
            )
        return (input_shape[0], *(rest if n == -1 else n for n in target))

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        return x.reshape(self.compute_output_shape(x.shape)), x.shape

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> np.ndarray:
        return dy.reshape(cache)
