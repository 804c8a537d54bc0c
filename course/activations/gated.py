"""Gated units: y = x g(x), the input let through by a gate g between 0 and 1."""

from __future__ import annotations

from dataclasses import dataclass
from math import pi, sqrt
from typing import ClassVar

import numpy as np

from course import checks
from course.activations.base import Activation
from course.activations.error_function import erfc
from course.activations.sigmoid import sigmoid


@dataclass(frozen=True)
class SiLU(Activation):
    """The sigmoid-weighted linear unit, also called swish, with σ the sigmoid::

        y = x σ(x)        ∂y/∂x = σ(x) + y (1 − σ(x))

    References
    ----------
    Elfwing, Uchibe and Doya (2018), Sigmoid-Weighted Linear Units for Neural Network Function
    Approximation in Reinforcement Learning; Ramachandran, Zoph and Le (2017), Searching for
    Activation Functions.
    """

    from_output: ClassVar[bool] = False

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        return np.multiply(x, sigmoid.forward(x), out=out)

    def backward(self, dy: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        s = sigmoid.forward(x)
        return dy * (s + y * (1 - s))


@dataclass(frozen=True)
class Mish(Activation):
    """A smooth unit, gated by the tanh of the softplus::

        y = x g        g = tanh(log(1 + eˣ)) = n / (n + 2)  with  n = eˣ (eˣ + 2)
        ∂y/∂x = g + x σ(x) (1 − g²)

    References
    ----------
    Misra (2020), Mish: A Self Regularized Non-Monotonic Activation Function.
    """

    from_output: ClassVar[bool] = False

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        return np.multiply(x, self._gate(x), out=out)

    def backward(self, dy: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        g = self._gate(x)
        return dy * (g + x * sigmoid.forward(x) * (1 - g * g))

    def _gate(self, x: np.ndarray) -> np.ndarray:
        e = np.exp(np.minimum(x, 40))  # where x > 40, g is 1 to the last digit
        n = e * (e + 2)
        return n / (n + 2)


@dataclass(frozen=True)
class GELU(Activation):
    """The Gaussian error linear unit, with Φ and φ the normal distribution and its density::

        y = x Φ(x)        Φ(x) = ½ erfc(−x/√2)        ∂y/∂x = Φ(x) + x φ(x)

    and, where `approximate`, with a tanh in the place of Φ::

        y = ½ x (1 + t)        t = tanh u        u = √(2/π) (x + 0.044715 x³)
        ∂y/∂x = ½ (1 + t) + ½ x (1 − t²) ∂u/∂x

    Parameters
    ----------
    approximate : bool, default False
        Whether to use the tanh, which is off by less than 0.0005.

    Raises
    ------
    TypeError
        If `approximate` is neither True nor False.

    References
    ----------
    Hendrycks and Gimpel (2016), Gaussian Error Linear Units, section 2.
    """

    from_output: ClassVar[bool] = False
    approximate: bool = False

    def __post_init__(self) -> None:
        checks.flag("approximate", self.approximate)

    def forward(self, x: np.ndarray, out: np.ndarray | None = None) -> np.ndarray:
        return np.multiply(x, self._gate(x), out=out)

    def backward(self, dy: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        gate = self._gate(x)
        if self.approximate:  # 1 − t² = 4 gate (1 − gate), as gate = (1 + t)/2
            du = sqrt(2 / pi) * (1 + 3 * 0.044715 * x * x)
            return dy * (gate + 2 * x * gate * (1 - gate) * du)
        density = np.exp(x * x / -2) / sqrt(2 * pi)
        return dy * (gate + x * density)

    def _gate(self, x: np.ndarray) -> np.ndarray:
        if self.approximate:
            return (1 + np.tanh(sqrt(2 / pi) * (x + 0.044715 * x * x * x))) / 2
        return erfc(x / -sqrt(2)) / 2


silu = SiLU()
mish = Mish()
gelu = GELU()
