"""Adam that looks ahead: Nesterov's momentum in the place of the plain one."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np

from course import checks
from course.optimizers import arguments
from course.optimizers.optimizer import Optimizer, Rate

# ∏ (1 − 0.96ⁱ/2) over i ≤ t, for t = 0, 1, ...; beyond these the factors are 1 to the last digit.
_PRODUCTS = np.cumprod(1 - 0.5 * 0.96 ** np.arange(1000.0) * (np.arange(1000) > 0)).tolist()


class Nadam(Optimizer):
    """Adam with Nesterov's momentum, whose strength μₜ rises towards β₁::

        μₜ = β₁·(1 − ½·0.96ᵗ)
        m ← m + (1 − β₁)·(g − m)
        v ← v + (1 − β₂)·(g² − v)
        m̂ = μₜ₊₁·m / (1 − μ₁⋯μₜ₊₁) + (1 − μₜ)·g / (1 − μ₁⋯μₜ)
        w ← w − lr·m̂ / (√(v / (1 − β₂ᵗ)) + ε)

    Parameters
    ----------
    learning_rate : float, schedule or callable, default 0.001
        Step size lr.
    beta_1, beta_2 : float, default 0.9 and 0.999
        β₁ and β₂ in [0, 1): how slowly the two running means forget.
    epsilon : float, default 1e-7
        ε, which keeps the division finite.
    **kwargs
        See :class:`Optimizer`.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.

    Notes
    -----
    Keras keeps the product μ₁⋯μₜ, as ``_u_product``, behind the slots. It follows from t and
    β₁, so that here it is computed, and nothing has to be kept or restored beside `iterations`:
    :meth:`scalars` gives the number for a file. (Keras' own has the rounding of t float32
    products, a relative 1e-5 at most where the product still counts.)

    References
    ----------
    Dozat (2016), Incorporating Nesterov momentum into Adam.
    """

    hyperparameters = ("beta_1", "beta_2", "epsilon")

    def __init__(
        self,
        learning_rate: Rate = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float | None = 1e-7,
        **kwargs: Any,
    ) -> None:
        super().__init__(learning_rate, **kwargs)
        self.beta_1 = checks.number("beta_1", beta_1, 0, below=1)
        self.beta_2 = checks.number("beta_2", beta_2, 0, below=1)
        self.epsilon = arguments.epsilon(epsilon)

    def slots(self) -> dict[str, float]:
        return {"momentum": 0.0, "velocity": 0.0}

    def scalars(self) -> dict[str, float]:
        return {"u_product": self._product(self.iterations)}

    def _product(self, t: int) -> float:
        """Return μ₁⋯μₜ, 1 for t = 0."""
        return self.beta_1**t * _PRODUCTS[min(t, len(_PRODUCTS) - 1)]

    def update(
        self, w: np.ndarray, g: np.ndarray, slots: dict[str, np.ndarray], lr: float, t: int
    ) -> None:
        m, v = slots["momentum"], slots["velocity"]
        m += (1 - self.beta_1) * (g - m)
        v += (1 - self.beta_2) * (g * g - v)
        mu, mu_next = (self.beta_1 * (1 - 0.5 * 0.96**i) for i in (t, t + 1))
        ahead = mu_next / (1 - self._product(t + 1))
        now = (1 - mu) / (1 - self._product(t))
        m_hat = ahead * m + now * g
        w -= lr * m_hat / (np.sqrt(v) / sqrt(1 - self.beta_2**t) + self.epsilon)
