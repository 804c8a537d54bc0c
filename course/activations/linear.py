"""The identity, for outputs that are any real number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course.activations.base import Activation


@dataclass(frozen=True)
class Linear(Activation):
    """y = x and ∂y/∂x = 1; neither direction makes a copy unless it is told where to write."""

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        if out is None or out is x:
            return x
        out[...] = x
        return out

    def backward(self, dy: np.ndarray, x: np.ndarray | None, y: np.ndarray) -> np.ndarray:
        return dy


linear = Linear()
