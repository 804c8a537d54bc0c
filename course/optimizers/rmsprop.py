"""Gradient descent with each component divided by its recent size."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks
from course.optimizers import arguments
from course.optimizers.optimizer import Optimizer, Rate


class RMSprop(Optimizer):
    """Divide each component of the gradient by a running root mean square::

        v ← ρ·v + (1 − ρ)·g²
        s = lr·g / √(v + ε)                                ε inside the root
        a ← ρ·a + (1 − ρ)·g,   s = lr·g / √(v − a² + ε)    centered
        w ← w − s,   or with momentum μ:  m ← μ·m + s,  w ← w − m

    Parameters
    ----------
    learning_rate : float, schedule or callable, default 0.001
        Step size lr.
    rho : float, default 0.9
        ρ in [0, 1): how slowly the running mean of g² forgets.
    momentum : float, default 0
        μ in [0, 1].
    epsilon : float, default 1e-7
        ε, which keeps the division finite.
    centered : bool, default False
        Divide by an estimate of the standard deviation instead of the root mean square.
    **kwargs
        See :class:`Optimizer`.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.

    References
    ----------
    Tieleman and Hinton (2012), Lecture 6.5: rmsprop. Graves (2013) for the centered form.
    """

    hyperparameters = ("rho", "momentum", "epsilon", "centered")

    def __init__(
        self,
        learning_rate: Rate = 0.001,
        rho: float = 0.9,
        momentum: float = 0.0,
        epsilon: float | None = 1e-7,
        centered: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(learning_rate, **kwargs)
        self.rho = checks.number("rho", rho, 0, below=1)
        self.momentum = checks.number("momentum", momentum, 0, 1)
        self.epsilon = arguments.epsilon(epsilon)
        self.centered = checks.flag("centered", centered)

    def slots(self) -> dict[str, float]:
        names = ["velocity"]
        names += ["momentum"] * bool(self.momentum) + ["average_gradient"] * self.centered
        return dict.fromkeys(names, 0.0)

    def slot_groups(self) -> list[list[str]]:
        return [[name] for name in self.slots()]

    def update(
        self, w: np.ndarray, g: np.ndarray, slots: dict[str, np.ndarray], lr: float, t: int
    ) -> None:
        rho, v = self.rho, slots["velocity"]
        v *= rho
        v += (1 - rho) * g * g
        variance = v + self.epsilon
        if self.centered:
            a = slots["average_gradient"]
            a *= rho
            a += (1 - rho) * g
            variance -= a * a
        s = lr * g / np.sqrt(variance)
        if self.momentum:
            m = slots["momentum"]
            m *= self.momentum
            m += s
            s = m
        w -= s
