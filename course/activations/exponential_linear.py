"""Exponential linear units: the line on the right, a saturating exponential on the left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from course.activations.base import Activation

# Fixed point (mean 0, variance 1) of the map between layers; Klambauer et al., equation 14.
SELU_ALPHA = 1.6732632423543772
SELU_SCALE = 1.0507009873554805


@dataclass(frozen=True)
class ELU(Activation):
    """The exponential linear unit::

        y = x             where x > 0        ∂y/∂x = 1
        y = α (eˣ − 1)    where x ≤ 0                α eˣ = y + α

    Parameters
    ----------
    alpha : float, default 1.0
        α ≥ 0; the output stays above −α.

    Raises
    ------
    TypeError, ValueError
        If `alpha` is no number or negative: the sign of y would not tell the branch.

    References
    ----------
    Clevert, Unterthiner and Hochreiter (2016), Fast and Accurate Deep Network Learning by
    Exponential Linear Units, equation 15.
    """

    alpha: float = 1.0

    def __post_init__(self) -> None:
        self._check("alpha", minimum=0)

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        left = self.alpha * np.expm1(np.minimum(x, 0))
        y = np.maximum(x, 0, out=out)
        y += left
        return y

    def backward(self, dy: np.ndarray, x: np.ndarray | None, y: np.ndarray) -> np.ndarray:
        return dy * np.where(y > 0, 1, y + self.alpha)


@dataclass(frozen=True)
class SELU(Activation):
    """The scaled exponential linear unit, which keeps mean 0 and variance 1 between layers::

        y = λ x             where x > 0        ∂y/∂x = λ
        y = λ α (eˣ − 1)    where x ≤ 0                λ α eˣ = y + λα

    with α ≈ 1.6733 and λ ≈ 1.0507, for kernels drawn by `lecun_normal`.

    References
    ----------
    Klambauer et al. (2017), Self-Normalizing Neural Networks, equation 2.
    """

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        left = SELU_ALPHA * np.expm1(np.minimum(x, 0))
        y = np.maximum(x, 0, out=out)
        y += left
        y *= SELU_SCALE
        return y

    def backward(self, dy: np.ndarray, x: np.ndarray | None, y: np.ndarray) -> np.ndarray:
        return dy * np.where(y > 0, SELU_SCALE, y + SELU_SCALE * SELU_ALPHA)


@dataclass(frozen=True)
class CELU(Activation):
    """The continuously differentiable exponential linear unit, without a bend for any α::

        y = x                 where x > 0        ∂y/∂x = 1
        y = α (e^(x/α) − 1)   where x ≤ 0                e^(x/α) = y/α + 1

    Parameters
    ----------
    alpha : float, default 1.0
        α > 0; the output stays above −α.

    Raises
    ------
    TypeError, ValueError
        If `alpha` is no number, or not above 0.

    References
    ----------
    Barron (2017), Continuously Differentiable Exponential Linear Units.
    """

    alpha: float = 1.0

    def __post_init__(self) -> None:
        self._check("alpha", above=0)

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        left = self.alpha * np.expm1(np.minimum(x, 0) / self.alpha)
        y = np.maximum(x, 0, out=out)
        y += left
        return y

    def backward(self, dy: np.ndarray, x: np.ndarray | None, y: np.ndarray) -> np.ndarray:
        dx = np.minimum(y, 0)
        dx /= self.alpha
        dx += 1
        dx *= dy
        return dx


elu = ELU()
selu = SELU()
celu = CELU()
