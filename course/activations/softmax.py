"""Probabilities of several classes, and their logarithms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from course import checks
from course.activations.base import Activation


@dataclass(frozen=True)
class AlongAxis(Activation):
    """An activation in which the elements along one axis depend on each other.

    Parameters
    ----------
    axis : int, default -1
        Along which axis the probabilities sum to one.

    Raises
    ------
    TypeError
        If `axis` is no whole number.
    """

    axis: int = -1

    def __post_init__(self) -> None:
        object.__setattr__(self, "axis", checks.integer("axis", self.axis))

    def _shifted(self, x: np.ndarray, out: np.ndarray | None) -> np.ndarray:
        """Return x − max x, of which the exponential cannot overflow."""
        return np.subtract(x, np.maximum.reduce(x, axis=self.axis, keepdims=True), out=out)


@dataclass(frozen=True)
class Softmax(AlongAxis):
    """Turns scores into probabilities::

        yᵢ = e^xᵢ / Σⱼ e^xⱼ        ∂L/∂xᵢ = yᵢ (∂L/∂yᵢ − Σⱼ yⱼ ∂L/∂yⱼ)

    Adding a number to every score changes nothing, so the largest is taken off first.

    Parameters
    ----------
    axis : int, default -1
        See :class:`AlongAxis`.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, equations 4.104 and 4.106.
    """

    from_output: ClassVar[bool] = True

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        y = self._shifted(x, out)
        np.exp(y, out=y)
        y /= np.add.reduce(y, axis=self.axis, keepdims=True)
        return y

    def backward(self, dy: np.ndarray, x: np.ndarray | None, y: np.ndarray) -> np.ndarray:
        dx = dy - np.vecdot(y, dy, axis=self.axis, keepdims=True)
        dx *= y
        return dx


@dataclass(frozen=True)
class LogSoftmax(AlongAxis):
    """The logarithms of the probabilities, exact where a probability is too small for a float::

        yᵢ = xᵢ − log Σⱼ e^xⱼ        ∂L/∂xᵢ = ∂L/∂yᵢ − e^yᵢ Σⱼ ∂L/∂yⱼ

    Parameters
    ----------
    axis : int, default -1
        See :class:`AlongAxis`.

    References
    ----------
    Goodfellow, Bengio and Courville (2016), Deep Learning, section 6.2.2.3.
    """

    from_output: ClassVar[bool] = True

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        y = self._shifted(x, out)
        y -= np.log(np.add.reduce(np.exp(y), axis=self.axis, keepdims=True))
        return y

    def backward(self, dy: np.ndarray, x: np.ndarray | None, y: np.ndarray) -> np.ndarray:
        return dy - np.exp(y) * np.add.reduce(dy, axis=self.axis, keepdims=True)


softmax = Softmax()
log_softmax = LogSoftmax()
