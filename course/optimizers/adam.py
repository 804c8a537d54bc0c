"""Momentum and a running mean square together, both corrected for their start at zero."""

from __future__ import annotations

from math import sqrt
from typing import Any

import numpy as np

from course import checks
from course.optimizers import arguments
from course.optimizers.optimizer import Optimizer, Rate


class Adam(Optimizer):
    """Adaptive moments::

        m ← m + (1 − β₁)·(g − m)
        v ← v + (1 − β₂)·(g² − v)
        α = lr·√(1 − β₂ᵗ) / (1 − β₁ᵗ)         bias correction, in the step size
        w ← w − α·m / (√v + ε)                ε outside the root

    With `amsgrad`, √v is replaced by the largest √v so far.

    Parameters
    ----------
    learning_rate : float, schedule or callable, default 0.001
        Step size lr: about the largest move of a weight in one step.
    beta_1, beta_2 : float, default 0.9 and 0.999
        β₁ and β₂ in [0, 1): how slowly the two running means forget.
    epsilon : float, default 1e-7
        ε, which keeps the division finite.
    amsgrad : bool, default False
        Never let the denominator shrink.
    **kwargs
        See :class:`Optimizer`.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.

    References
    ----------
    Kingma and Ba (2015), Adam: a method for stochastic optimization; the form with the
    correction in the step size is the one before section 2.1. Reddi et al. (2018), On the
    convergence of Adam and beyond.
    """

    hyperparameters = ("beta_1", "beta_2", "epsilon", "amsgrad")

    def __init__(
        self,
        learning_rate: Rate = 0.001,
        beta_1: float = 0.9,
        beta_2: float = 0.999,
        epsilon: float | None = 1e-7,
        amsgrad: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(learning_rate, **kwargs)
        self.beta_1 = checks.number("beta_1", beta_1, 0, below=1)
        self.beta_2 = checks.number("beta_2", beta_2, 0, below=1)
        self.epsilon = arguments.epsilon(epsilon)
        self.amsgrad = checks.flag("amsgrad", amsgrad)

    def slots(self) -> dict[str, float]:
        names = ["momentum", "velocity"] + ["velocity_hat"] * self.amsgrad
        return dict.fromkeys(names, 0.0)

    def slot_groups(self) -> list[list[str]]:
        return [["momentum", "velocity"]] + [["velocity_hat"]] * self.amsgrad

    def update(
        self, w: np.ndarray, g: np.ndarray, slots: dict[str, np.ndarray], lr: float, t: int
    ) -> None:
        m, v = slots["momentum"], slots["velocity"]
        m += (1 - self.beta_1) * (g - m)
        v += (1 - self.beta_2) * (g * g - v)
        alpha = lr * sqrt(1 - self.beta_2**t) / (1 - self.beta_1**t)
        if self.amsgrad:
            v = np.maximum(slots["velocity_hat"], v, out=slots["velocity_hat"])
        root, step = np.sqrt(v), alpha * m  # in place from here: new arrays cost a tenth more
        root += self.epsilon
        step /= root
        w -= step
