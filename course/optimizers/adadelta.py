"""Gradient descent whose step has the size that steps had lately."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks
from course.optimizers import arguments
from course.optimizers.optimizer import Optimizer, Rate


class Adadelta(Optimizer):
    """RMSprop with the recent size of the steps in the place of a learning rate::

        v ← ρ·v + (1 − ρ)·g²
        s = g·√(d + ε) / √(v + ε)             s has the unit of w, whatever that of g
        d ← ρ·d + (1 − ρ)·s²
        w ← w − lr·s

    d starts at 0, so that the first steps are about √ε long: it starts slowly.

    Parameters
    ----------
    learning_rate : float, schedule or callable, default 0.001
        A factor lr of the step. The paper has none: ``Adadelta(1.0)`` is its rule.
    rho : float, default 0.95
        ρ in [0, 1): how slowly the running means of g² and s² forget.
    epsilon : float, default 1e-7
        ε, which also sets the first step.
    **kwargs
        See :class:`Optimizer`.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.

    References
    ----------
    Zeiler (2012), ADADELTA: an adaptive learning rate method, algorithm 1.
    """

    hyperparameters = ("rho", "epsilon")

    def __init__(
        self,
        learning_rate: Rate = 0.001,
        rho: float = 0.95,
        epsilon: float | None = 1e-7,
        **kwargs: Any,
    ) -> None:
        super().__init__(learning_rate, **kwargs)
        self.rho = checks.number("rho", rho, 0, below=1)
        self.epsilon = arguments.epsilon(epsilon)

    def slots(self) -> dict[str, float]:
        return {"accumulated_grad": 0.0, "accumulated_delta_var": 0.0}

    def update(
        self, w: np.ndarray, g: np.ndarray, slots: dict[str, np.ndarray], lr: float, t: int
    ) -> None:
        rho, v, d = self.rho, slots["accumulated_grad"], slots["accumulated_delta_var"]
        v *= rho
        v += (1 - rho) * g * g
        s = g * np.sqrt(d + self.epsilon) / np.sqrt(v + self.epsilon)
        d *= rho
        d += (1 - rho) * s * s
        w -= lr * s
