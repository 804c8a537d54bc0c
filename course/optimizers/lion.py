"""Momentum of which only the sign is used: all weights move by the same length."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks
from course.optimizers.optimizer import Optimizer, Rate


class Lion(Optimizer):
    """Evolved sign momentum::

        w ← w − lr·sign(β₁·m + (1 − β₁)·g)
        m ← β₂·m + (1 − β₂)·g                 after the step, and slower

    It remembers one vector, half of what Adam does. Every weight moves by lr at every step, so
    that lr is 3 to 10 times smaller than Adam's, and a weight decay larger by the same factor.

    Parameters
    ----------
    learning_rate : float, schedule or callable, default 0.001
        Step size lr.
    beta_1 : float, default 0.9
        β₁ in (0, 1]: the share of the momentum in the direction of the step.
    beta_2 : float, default 0.99
        β₂ in [0, 1]: how slowly the momentum forgets.
    **kwargs
        See :class:`Optimizer`.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.

    References
    ----------
    Chen et al. (2023), Symbolic discovery of optimization algorithms, program 1.
    """

    hyperparameters = ("beta_1", "beta_2")

    def __init__(
        self,
        learning_rate: Rate = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.99,
        **kwargs: Any,
    ) -> None:
        super().__init__(learning_rate, **kwargs)
        self.beta_1 = checks.number("beta_1", beta_1, above=0, maximum=1)
        self.beta_2 = checks.number("beta_2", beta_2, 0, 1)

    def slots(self) -> dict[str, float]:
        return {"momentum": 0.0}

    def update(
        self, w: np.ndarray, g: np.ndarray, slots: dict[str, np.ndarray], lr: float, t: int
    ) -> None:
        m = slots["momentum"]
        w -= lr * np.sign(self.beta_1 * m + (1 - self.beta_1) * g)
        m *= self.beta_2
        m += (1 - self.beta_2) * g
