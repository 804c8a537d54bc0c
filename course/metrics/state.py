"""The numbers that a metric of one's own adds to."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from course import initializers


class State(np.ndarray):
    """An array that also has Keras' `assign`, `assign_add` and `assign_sub`.

    What is computed from it is a plain number or array.
    """

    def __array_wrap__(self, array: np.ndarray, *_: Any) -> Any:
        return np.asarray(array)[()]

    def assign(self, value: Any) -> Self:
        """Put `value` in the place of what was there."""
        self[...] = value
        return self

    def assign_add(self, value: Any) -> Self:
        """Add `value`."""
        return self.assign(self + value)

    def assign_sub(self, value: Any) -> Self:
        """Take `value` away."""
        return self.assign(self - value)

    def numpy(self) -> Any:
        """Return a copy: a number, or a plain array."""
        return np.array(self)[()]


def new_state(shape: Any, initializer: Any) -> State:
    """Return a state of `shape`, filled by an initializer, in double precision."""
    start = initializers.get(initializer)(tuple(shape), "float64")
    return np.array(start).view(State)
