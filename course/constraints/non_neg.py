"""Weights that may not be negative."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course.constraints.base import Constraint


@dataclass
class NonNeg(Constraint):
    """Sets negative weights to zero: w ← max(w, 0)."""

    def __call__(self, w: np.ndarray) -> np.ndarray:
        return np.maximum(w, 0)
