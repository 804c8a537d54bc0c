"""What every constraint is: a projection of a weight onto what is allowed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from course import checks, serialization

Axis = int | tuple[int, ...]


class Constraint:
    """Base class: after each step the optimizer sets w to constraint(w).

    A subclass is a dataclass with `__call__`. A function from array to array will do as well.
    """

    def __call__(self, w: np.ndarray) -> np.ndarray:
        """Return the allowed array that stands for `w`, in its shape; `w` stays as it is."""
        raise NotImplementedError(f"{type(self).__name__} must define __call__(w).")

    def get_config(self) -> dict[str, Any]:
        """Return the constructor's arguments."""
        return serialization.made_with(self)

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Constraint:
        """Make a constraint from what :meth:`get_config` returned."""
        return cls(**serialization.arguments(cls, config))


def checked_axis(axis: int | Iterable[int]) -> Axis:
    """Return `axis` as an int or a tuple of them."""
    if isinstance(axis, tuple | list):
        return tuple(checks.integer("axis", a) for a in axis)
    return checks.integer("axis", axis)


def norms(w: np.ndarray, axis: Axis) -> np.ndarray:
    """Return the lengths ‖w‖ = √Σw² along `axis`, which is kept, with 1 for zero vectors.

    They stay zero whatever they are multiplied by, and so can be divided by their "length".
    """
    if not all(-w.ndim <= a < w.ndim for a in np.atleast_1d(axis)):
        raise ValueError(f"axis={axis} of the constraint does not fit a weight of shape {w.shape}.")
    length = np.sqrt(np.sum(w * w, axis=axis, keepdims=True))
    if np.isinf(length).any():  # squares of float32 overflow early
        length = np.sqrt(np.sum(np.square(w, dtype=float), axis=axis, keepdims=True))
        length = length.astype(w.dtype)
    length[length == 0] = 1
    return length
