"""Gradient descent with each component divided by the root of all its squares so far."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks
from course.optimizers import arguments
from course.optimizers.optimizer import Optimizer, Rate


class Adagrad(Optimizer):
    """Steps that shrink, weight by weight, with what was already moved::

        a ← a + g²                            a starts at 0.1
        w ← w − lr·g / √(a + ε)               ε inside the root

    Weights whose gradient is rarely other than 0 keep long steps. As a never falls, neither
    does a step ever grow again.

    Parameters
    ----------
    learning_rate : float, schedule or callable, default 0.001
        Step size lr; the paper's is larger, up to 1.
    initial_accumulator_value : float, default 0.1
        The start of a, at least 0.
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
    Duchi, Hazan and Singer (2011), Adaptive subgradient methods for online learning and
    stochastic optimization.
    """

    hyperparameters = ("initial_accumulator_value", "epsilon")

    def __init__(
        self,
        learning_rate: Rate = 0.001,
        initial_accumulator_value: float = 0.1,
        epsilon: float | None = 1e-7,
        **kwargs: Any,
    ) -> None:
        super().__init__(learning_rate, **kwargs)
        self.initial_accumulator_value = checks.number(
            "initial_accumulator_value", initial_accumulator_value, 0
        )
        self.epsilon = arguments.epsilon(epsilon)

    def slots(self) -> dict[str, float]:
        return {"accumulator": self.initial_accumulator_value}

    def update(
        self, w: np.ndarray, g: np.ndarray, slots: dict[str, np.ndarray], lr: float, t: int
    ) -> None:
        a = slots["accumulator"]
        a += g * g
        w -= lr * g / np.sqrt(a + self.epsilon)
