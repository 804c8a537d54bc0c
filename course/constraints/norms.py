"""Constraints on the length of the vector of weights into each unit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course import checks
from course.constraints.base import Axis, Constraint, checked_axis, norms


@dataclass
class MaxNorm(Constraint):
    """Shortens vectors that are too long, and leaves the others exactly as they are::

        w ← w min(1, c / ‖w‖)

    Parameters
    ----------
    max_value : float, default 2.0
        c ≥ 0.
    axis : int or tuple of int, default 0
        Along which axes a vector lies: 0 for the kernel of a Dense layer, whose columns are the
        weights into one unit; (0, 1, 2) for the kernel of a convolution.

    Raises
    ------
    TypeError, ValueError
        If `max_value` is no number or negative, or `axis` no whole number or tuple of them.

    References
    ----------
    Srivastava et al. (2014), Dropout: A Simple Way to Prevent Neural Networks from Overfitting,
    section 5.1.
    """

    max_value: float = 2.0
    axis: Axis = 0

    def __post_init__(self) -> None:
        self.max_value = checks.number("max_value", self.max_value, 0)
        self.axis = checked_axis(self.axis)

    def __call__(self, w: np.ndarray) -> np.ndarray:
        return w * np.minimum(1, self.max_value / norms(w, self.axis))


@dataclass
class UnitNorm(Constraint):
    """Gives every vector the length 1, except the zero vector, which stays::

        w ← w / ‖w‖

    Parameters
    ----------
    axis : int or tuple of int, default 0
        See :class:`MaxNorm`.

    Raises
    ------
    TypeError
        If `axis` is no whole number or tuple of them.
    """

    axis: Axis = 0

    def __post_init__(self) -> None:
        self.axis = checked_axis(self.axis)

    def __call__(self, w: np.ndarray) -> np.ndarray:
        return w / norms(w, self.axis)


@dataclass
class MinMaxNorm(Constraint):
    """Moves the length of every vector into a range, or part of the way there::

        w ← w (r c + (1 − r) ‖w‖) / ‖w‖        c = min(max(‖w‖, a), b)

    Parameters
    ----------
    min_value, max_value : float, default 0.0 and 1.0
        a and b, 0 ≤ a ≤ b.
    rate : float, default 1.0
        r between 0 and 1: how much of the way each step goes. 1 enforces the range at once.
    axis : int or tuple of int, default 0
        See :class:`MaxNorm`.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range, or `axis` no whole number or tuple of them.
    """

    min_value: float = 0.0
    max_value: float = 1.0
    rate: float = 1.0
    axis: Axis = 0

    def __post_init__(self) -> None:
        self.min_value = checks.number("min_value", self.min_value, 0)
        self.max_value = checks.number("max_value", self.max_value, self.min_value)
        self.rate = checks.number("rate", self.rate, 0, 1)
        self.axis = checked_axis(self.axis)

    def __call__(self, w: np.ndarray) -> np.ndarray:
        length = norms(w, self.axis)
        allowed = np.clip(length, self.min_value, self.max_value)
        wanted = self.rate * allowed + (1 - self.rate) * length
        return w * (wanted / length)
