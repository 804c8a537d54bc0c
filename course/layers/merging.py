"""Layers that take several tensors and return one."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks
from course.engine.layer import Layer, Shape


def _as_list(owner: Layer, shapes: Any) -> list[Shape]:
    if not isinstance(shapes, list) or len(shapes) < 2:
        raise ValueError(
            f"{type(owner).__name__} {owner.name!r} merges a list of at least two tensors, got "
            f"one of shape {shapes}. Call it on a list: {type(owner).__name__}()([a, b])."
        )
    return shapes


class Add(Layer):
    """Sum: y = Σᵢ xᵢ, and every dxᵢ = dy. The shapes of all inputs are equal.

    With the input of a block among the xᵢ it is a residual (skip) connection, through which
    the gradient passes unchanged.

    Parameters
    ----------
    **kwargs
        See :class:`Layer`.

    References
    ----------
    He et al. (2016), Deep residual learning for image recognition.
    """

    def compute_output_shape(self, input_shape: Any) -> Shape:
        shapes = _as_list(self, input_shape)
        if any(shape[1:] != shapes[0][1:] for shape in shapes):
            raise ValueError(f"Add {self.name!r} needs inputs of one shape, got {shapes}.")
        return shapes[0]

    def forward(self, x: list[np.ndarray], training: bool = False) -> tuple[np.ndarray, Any]:
        y = x[0] + x[1]
        for xi in x[2:]:
            y += xi
        return y, len(x)

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> list[np.ndarray]:
        return [dy] * cache


class Concatenate(Layer):
    """Put the inputs beside each other along `axis`; the gradient is cut apart again.

    Parameters
    ----------
    axis : int, default -1
        Along which the sizes may differ; not the batch (0).
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    ValueError
        If `axis` is 0, or the inputs differ along another axis.
    """

    def __init__(self, axis: int = -1, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.axis = checks.integer("axis", axis)
        if self.axis == 0:
            raise ValueError("Concatenate joins features, not samples: axis must not be 0.")

    def compute_output_shape(self, input_shape: Any) -> Shape:
        shapes = _as_list(self, input_shape)
        rank = len(shapes[0])
        if not -rank <= self.axis < rank or self.axis == -rank:
            raise ValueError(f"axis={self.axis} does not fit inputs of shape {shapes[0]}.")
        axis = self.axis % rank
        others = [shape[:axis] + shape[axis + 1 :] for shape in shapes]
        if any(other[1:] != others[0][1:] or len(other) != rank - 1 for other in others):
            raise ValueError(
                f"Concatenate {self.name!r} needs inputs that differ along axis {self.axis} only, "
                f"got {shapes}."
            )
        sizes = [shape[axis] for shape in shapes]
        joined = None if None in sizes else sum(sizes)
        return (*shapes[0][:axis], joined, *shapes[0][axis + 1 :])

    def forward(self, x: list[np.ndarray], training: bool = False) -> tuple[np.ndarray, Any]:
        cuts = np.cumsum([xi.shape[self.axis] for xi in x[:-1]])
        return np.concatenate(x, axis=self.axis), cuts

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> list[np.ndarray]:
        return np.split(dy, cache, axis=self.axis)
