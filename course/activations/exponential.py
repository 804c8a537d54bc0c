"""The exponential, for outputs that are positive."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course.activations.base import Activation


@dataclass(frozen=True)
class Exponential(Activation):
    """y = eˣ, which is its own derivative: ∂y/∂x = y.

    Beyond x ≈ 88.7 (float32) or 709.8 (float64) y is infinite.
    """

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        with np.errstate(over="ignore"):  # infinity is the right answer, not an accident
            return np.exp(x, out=out)

    def backward(self, dy: np.ndarray, x: np.ndarray | None, y: np.ndarray) -> np.ndarray:
        with np.errstate(over="ignore"):
            return dy * y


exponential = Exponential()
