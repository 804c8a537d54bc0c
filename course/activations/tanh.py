"""The hyperbolic tangent and its piecewise linear sketch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course.activations.base import Activation


@dataclass(frozen=True)
class Tanh(Activation):
    """The hyperbolic tangent, a sigmoid stretched to (−1, 1)::

        y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)        ∂y/∂x = 1 − y²

    References
    ----------
    LeCun et al. (1998), Efficient BackProp, section 4.4.
    """

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        return np.tanh(x, out)

    def backward(self, dy: np.ndarray, x: np.ndarray | None, y: np.ndarray) -> np.ndarray:
        dx = y * y  # (1 − y²) dy as dy − y² dy: no number meets an array, which is slow
        dx *= dy
        return np.subtract(dy, dx, dx)


@dataclass(frozen=True)
class HardTanh(Activation):
    """Three straight lines in the shape of a tanh::

        y = min(max(x, −1), 1)        ∂y/∂x = 1 where −1 < y < 1, else 0

    References
    ----------
    Collobert (2004), Large Scale Machine Learning, PhD thesis, Université Paris VI.
    """

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        y = np.maximum(x, -1, out=out)
        return np.minimum(y, 1, out=y)

    def backward(self, dy: np.ndarray, x: np.ndarray | None, y: np.ndarray) -> np.ndarray:
        return dy * ((y > -1) & (y < 1))


tanh = Tanh()
hard_tanh = HardTanh()
