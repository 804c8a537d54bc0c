"""What every regularizer is: a penalty on an array, and its gradient."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import serialization


class Regularizer:
    """Base class: a number Ω(w) that is added to the loss, and ∂Ω/∂w.

    A subclass has `__call__` and `gradient`, and keeps its arguments under their names, as a
    dataclass does. Any other object that has the two will do as well.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass
    ... class Quartic(Regularizer):
    ...     strength: float = 0.01
    ...
    ...     def __call__(self, w):
    ...         return float(self.strength * np.sum(w**4))
    ...
    ...     def gradient(self, w):
    ...         return 4 * self.strength * w**3
    >>> Quartic(0.5)(np.array([1.0, 2.0]))
    8.5
    """

    def __call__(self, w: np.ndarray) -> float:
        """Return the penalty on `w`, an array of any shape."""
        raise NotImplementedError(f"{type(self).__name__} must define __call__(w).")

    def gradient(self, w: np.ndarray) -> np.ndarray:
        """Return the derivative of the penalty with respect to each element of `w`."""
        raise NotImplementedError(f"{type(self).__name__} must define gradient(w).")

    def get_config(self) -> dict[str, Any]:
        """Return the constructor's arguments."""
        return serialization.made_with(self)

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Regularizer:
        """Make a regularizer from what :meth:`get_config` returned."""
        return cls(**serialization.arguments(cls, config))
