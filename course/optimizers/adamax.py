"""Adam with the largest recent gradient in the place of the root mean square."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks
from course.optimizers import arguments
from course.optimizers.optimizer import Optimizer, Rate


class Adamax(Optimizer):
    """Adaptive moments with the infinity norm::

        m ← m + (1 − β₁)·(g − m)
        u ← max(β₂·u, |g|)
        w ← w − lr / (1 − β₁ᵗ) · m / (u + ε)

    A step is never longer than about lr, and u needs no correction for its start at zero.

    Parameters
    ----------
    learning_rate : float, schedule or callable, default 0.001
        Step size lr; the paper's is 0.002.
    beta_1, beta_2 : float, default 0.9 and 0.999
        β₁ and β₂ in [0, 1): how slowly the mean and the maximum forget.
    epsilon : float, default 1e-7
        ε, which keeps the division finite.
    **kwargs
        See :class:`Optimizer`.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.

    References
    ----------
    Kingma and Ba (2015), Adam: a method for stochastic optimization, section 7.1.
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
        return {"momentum": 0.0, "norm": 0.0}

    def update(
        self, w: np.ndarray, g: np.ndarray, slots: dict[str, np.ndarray], lr: float, t: int
    ) -> None:
        m, u = slots["momentum"], slots["norm"]
        m += (1 - self.beta_1) * (g - m)
        u *= self.beta_2
        np.maximum(u, np.abs(g), out=u)
        w -= lr / (1 - self.beta_1**t) * m / (u + self.epsilon)
