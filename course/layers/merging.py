"""Layers that take several tensors and return one."""

from __future__ import annotations

from functools import reduce
from itertools import zip_longest
from typing import Any

import numpy as np

from course import checks
from course.engine.layer import Layer, Shape


def _as_list(owner: Layer, shapes: Any) -> list[Shape]:
    if not isinstance(shapes, list):
        raise ValueError(
            f"{type(owner).__name__} {owner.name!r} merges a list of tensors, got one of shape "
            f"{shapes}. Call it on a list: {type(owner).__name__}()([a, b])."
        )
    return shapes


def _check_one_batch(owner: Layer, x: list[np.ndarray]) -> None:
    if len({len(xi) for xi in x}) > 1:
        raise ValueError(
            f"{type(owner).__name__} {owner.name!r} needs inputs of one batch size, got "
            f"{[len(xi) for xi in x]}."
        )


class Merge(Layer):
    """Base class of the layers that merge their inputs element by element.

    The shapes of the inputs are equal, or they broadcast: an axis of size 1 is repeated along
    the others' axis, and a missing one is put in after the batch, so that (batch, 4) meets
    (batch, 3, 4). The gradient of an input that was repeated is the sum over its copies. Every
    input has the same batch.

    A subclass defines `combine`, and `gradients` as if nothing was repeated.

    Parameters
    ----------
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    ValueError
        If it is not called on a list, or the shapes do not fit together.
    """

    def combine(self, x: list[np.ndarray]) -> np.ndarray:
        """Return y for inputs of equal rank."""
        raise NotImplementedError(f"{type(self).__name__} must define combine(x).")

    def gradients(self, dy: np.ndarray, x: list[np.ndarray], y: np.ndarray) -> list[np.ndarray]:
        """Return ∂L/∂xᵢ for each input, of the shape of dy."""
        raise NotImplementedError(f"{type(self).__name__} must define gradients(dy, x, y).")

    def compute_output_shape(self, input_shape: Any) -> Shape:
        shapes = _as_list(self, input_shape)
        return (shapes[0][0], *reversed([self._joined(n, shapes) for n in _from_the_last(shapes)]))

    def forward(self, x: list[np.ndarray], training: bool = False) -> tuple[np.ndarray, Any]:
        _check_one_batch(self, x)
        rank, shapes = max(xi.ndim for xi in x), [xi.shape for xi in x]
        x = [xi.reshape(_with_rank(rank, xi.shape)) for xi in x]
        y = self.combine(x)
        return y, (x, y, shapes)

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> list[np.ndarray]:
        x, y, shapes = cache
        return [
            _sum_of_copies(d, xi.shape).reshape(shape)
            for d, xi, shape in zip(self.gradients(dy, x, y), x, shapes, strict=True)
        ]

    def _joined(self, sizes: tuple[int | None, ...], shapes: list[Shape]) -> int | None:
        """Return the size of an axis of the output."""
        wide = {n for n in sizes if n not in (1, None)}
        if len(wide) > 1:
            raise ValueError(
                f"{type(self).__name__} {self.name!r} needs inputs of one shape, save for axes of "
                f"size 1, got {shapes}."
            )
        return wide.pop() if wide else None if None in sizes else 1


def _from_the_last(shapes: list[Shape]) -> Any:
    """Iterate over the sizes of all inputs along each axis, the last first, without the batch."""
    return zip_longest(*(reversed(shape[1:]) for shape in shapes), fillvalue=1)


def _with_rank(rank: int, shape: Shape) -> Shape:
    return shape[:1] + (1,) * (rank - len(shape)) + shape[1:]


def _sum_of_copies(d: np.ndarray, shape: Shape) -> np.ndarray:
    """Sum `d` over the axes along which an array of `shape` was repeated."""
    if d.shape == shape:
        return d
    repeated = tuple(a for a, n in enumerate(shape) if n == 1)
    return d.sum(axis=repeated, keepdims=True)


class Add(Merge):
    """Sum: y = Σᵢ xᵢ, and every dxᵢ = dy.

    With the input of a block among the xᵢ it is a residual (skip) connection, through which
    the gradient passes unchanged. Shapes may broadcast, see :class:`Merge`.

    Parameters
    ----------
    **kwargs
        See :class:`Layer`.

    References
    ----------
    He et al. (2016), Deep residual learning for image recognition.
    """

    def combine(self, x: list[np.ndarray]) -> np.ndarray:
        return reduce(np.add, x)

    def gradients(self, dy: np.ndarray, x: list[np.ndarray], y: np.ndarray) -> list[np.ndarray]:
        return [dy] * len(x)


class Subtract(Merge):
    """Difference of exactly two inputs: y = x₁ − x₂, dx₁ = dy, dx₂ = −dy.

    Shapes may broadcast, see :class:`Merge`.

    Parameters
    ----------
    **kwargs
        See :class:`Layer`.

    Raises
    ------
    ValueError
        If there are not two inputs.
    """

    def compute_output_shape(self, input_shape: Any) -> Shape:
        count = len(_as_list(self, input_shape))
        if count != 2:
            raise ValueError(
                f"Subtract {self.name!r} takes exactly two inputs, got {count}. Add up what is to "
                "be subtracted first: Subtract()([a, Add()([b, c])])."
            )
        return super().compute_output_shape(input_shape)

    def combine(self, x: list[np.ndarray]) -> np.ndarray:
        return x[0] - x[1]

    def gradients(self, dy: np.ndarray, x: list[np.ndarray], y: np.ndarray) -> list[np.ndarray]:
        return [dy, -dy]


class Multiply(Merge):
    """Product: y = Πᵢ xᵢ, and dxᵢ = dy·Πⱼ≠ᵢ xⱼ.

    One input between 0 and 1 opens and closes the way of another: a gate. Shapes may broadcast,
    see :class:`Merge`.

    Parameters
    ----------
    **kwargs
        See :class:`Layer`.
    """

    def combine(self, x: list[np.ndarray]) -> np.ndarray:
        return reduce(np.multiply, x)

    def gradients(self, dy: np.ndarray, x: list[np.ndarray], y: np.ndarray) -> list[np.ndarray]:
        # Not dy·y / xᵢ, which fails where xᵢ is 0.
        return [reduce(np.multiply, x[:i] + x[i + 1 :], dy) for i in range(len(x))]


class Average(Merge):
    """Mean of k inputs: y = Σᵢ xᵢ / k, and every dxᵢ = dy / k.

    Shapes may broadcast, see :class:`Merge`.

    Parameters
    ----------
    **kwargs
        See :class:`Layer`.
    """

    def combine(self, x: list[np.ndarray]) -> np.ndarray:
        return reduce(np.add, x) / len(x)

    def gradients(self, dy: np.ndarray, x: list[np.ndarray], y: np.ndarray) -> list[np.ndarray]:
        return [dy / len(x)] * len(x)


class Selection(Merge):
    """Base class of the layers whose output is, at every place, one of the inputs.

    The gradient goes where the output came from; inputs that tie share it in equal parts, as
    two inputs do in Keras on JAX and PyTorch. (Of three, Keras gives a quarter to the first
    two and a half to the last, because it merges them two at a time.)
    """

    def gradients(self, dy: np.ndarray, x: list[np.ndarray], y: np.ndarray) -> list[np.ndarray]:
        chosen = [xi == y for xi in x]
        part = dy / np.sum(chosen, axis=0, dtype=dy.dtype)
        return [part * c for c in chosen]


class Maximum(Selection):
    """The largest: y = maxᵢ xᵢ, and dxᵢ = dy / k where xᵢ is one of k that equal y, else 0.

    Shapes may broadcast, see :class:`Merge`.

    Parameters
    ----------
    **kwargs
        See :class:`Layer`.

    References
    ----------
    Goodfellow et al. (2013), Maxout networks.
    """

    def combine(self, x: list[np.ndarray]) -> np.ndarray:
        return reduce(np.maximum, x)


class Minimum(Selection):
    """The smallest: y = minᵢ xᵢ, and dxᵢ = dy / k where xᵢ is one of k that equal y, else 0.

    Shapes may broadcast, see :class:`Merge`.

    Parameters
    ----------
    **kwargs
        See :class:`Layer`.
    """

    def combine(self, x: list[np.ndarray]) -> np.ndarray:
        return reduce(np.minimum, x)


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
        if not -rank < self.axis < rank:
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
        _check_one_batch(self, x)
        cuts = np.cumsum([xi.shape[self.axis] for xi in x[:-1]], dtype=int)
        return np.concatenate(x, axis=self.axis), cuts

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> list[np.ndarray]:
        return np.split(dy, cache, axis=self.axis)
