"""The logistic function and its piecewise linear sketch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course.activations.base import Activation


@dataclass(frozen=True)
class Sigmoid(Activation):
    """The logistic function, a probability out of a real number::

        y = 1 / (1 + e⁻ˣ) = eˣ / (1 + eˣ)        ∂y/∂x = y (1 − y)

    The derivative is at most ¼, which is why gradients fade in deep networks of sigmoids.

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, equations 4.59 and 4.88.
    """

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        # Where x > 88, y is 1 to the last digit and eˣ would overflow in float32. The half-angle
        # form (1 + tanh(x/2))/2 is faster on large arrays, but for x < −17 it is 0.
        y = np.minimum(x, 88, out=out)
        np.exp(y, out=y)
        y /= y + 1
        return y

    def backward(self, dy: np.ndarray, x: np.ndarray | None, y: np.ndarray) -> np.ndarray:
        dx = 1 - y
        dx *= y
        dx *= dy
        return dx


@dataclass(frozen=True)
class HardSigmoid(Activation):
    """Three straight lines in the shape of a sigmoid::

        y = min(max(x + 3, 0), 6) / 6        ∂y/∂x = 1/6 where 0 < y < 1, else 0

    As in Keras 3 and PyTorch; older Keras had the slope 0.2.

    References
    ----------
    Howard et al. (2019), Searching for MobileNetV3, section 5.2.
    """

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        y = np.add(x, 3, out=out)
        np.maximum(y, 0, out=y)
        np.minimum(y, 6, out=y)
        y /= 6
        return y

    def backward(self, dy: np.ndarray, x: np.ndarray | None, y: np.ndarray) -> np.ndarray:
        dx = dy * ((y > 0) & (y < 1))
        dx /= 6
        return dx


sigmoid = Sigmoid()
hard_sigmoid = HardSigmoid()
