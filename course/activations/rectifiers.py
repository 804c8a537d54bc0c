"""Rectifiers: straight lines with a bend at zero."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course.activations.base import Activation


@dataclass(frozen=True)
class ReLU(Activation):
    """The rectified linear unit, y = max(x, 0), and its variants::

        y = m             where x ≥ m              ∂y/∂x = 0
        y = x             where t < x < m                  1
        y = a (x − t)     where x ≤ t                      a

    Parameters
    ----------
    negative_slope : float, default 0.0
        a ≥ 0, the slope on the left.
    max_value : float, optional
        m ≥ 0, where the output saturates; without it, it does not.
    threshold : float, default 0.0
        t ≥ 0, below which inputs are cut off.

    Raises
    ------
    TypeError, ValueError
        If a parameter is no number or negative: the sign of y would not tell the branch.

    References
    ----------
    Nair and Hinton (2010), Rectified Linear Units Improve Restricted Boltzmann Machines.
    """

    negative_slope: float = 0.0
    max_value: float | None = None
    threshold: float = 0.0

    def __post_init__(self) -> None:
        self._check("negative_slope", minimum=0)
        self._check("threshold", minimum=0)
        if self.max_value is not None:
            self._check("max_value", minimum=0)

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        a, m, t = self.negative_slope, self.max_value, self.threshold
        left = a * np.minimum(x - t, 0) if a else None
        if t:
            x = np.where(x > t, x, 0)
        y = np.maximum(x, 0, out=out)
        if m is not None:
            np.minimum(y, m, out=y)
        if a:
            y += left
        return y

    def backward(self, dy: np.ndarray, x: np.ndarray | None, y: np.ndarray) -> np.ndarray:
        a, m = self.negative_slope, self.max_value
        if a:
            dy = _scale_left(dy, y, a)
            return dy if m is None else dy * (y < m)
        if m is None:
            return dy * y.astype(bool).astype(y.dtype)  # y ≥ 0: 1 where it is not 0
        return dy * ((y > 0) & (y < m))


@dataclass(frozen=True)
class LeakyReLU(Activation):
    """A rectifier that lets some of the gradient through on the left::

        y = max(x, 0) + a min(x, 0)        ∂y/∂x = 1 where y > 0, else a

    Parameters
    ----------
    negative_slope : float, default 0.2
        a ≥ 0. The paper has 0.01.

    Raises
    ------
    TypeError, ValueError
        If `negative_slope` is no number or negative: the sign of y would not tell the branch.

    References
    ----------
    Maas, Hannun and Ng (2013), Rectifier Nonlinearities Improve Neural Network Acoustic Models.
    """

    negative_slope: float = 0.2

    def __post_init__(self) -> None:
        self._check("negative_slope", minimum=0)

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        a = self.negative_slope
        upper = np.maximum if a <= 1 else np.minimum  # of the lines x and ax, the one that bends
        return upper(x, a * x, out=out)

    def backward(self, dy: np.ndarray, x: np.ndarray | None, y: np.ndarray) -> np.ndarray:
        return _scale_left(dy, y, self.negative_slope)


def _scale_left(dy: np.ndarray, y: np.ndarray, a: float) -> np.ndarray:
    """Return dy where y > 0 and a·dy elsewhere; `np.where` stumbles over random signs."""
    right = dy * (y > 0)
    left = dy - right
    left *= a
    left += right
    return left


relu = ReLU()
relu6 = ReLU(max_value=6)
leaky_relu = LeakyReLU()
