"""Gradient descent, with momentum and Nesterov's form of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks
from course.constants import number
from course.optimizers.optimizer import Optimizer, Rate


class SGD(Optimizer):
    """Stochastic gradient descent::

        w ← w − lr·g                            momentum = 0
        m ← μ·m − lr·g,   w ← w + m             momentum μ
        m ← μ·m − lr·g,   w ← w + μ·m − lr·g    Nesterov, with the new m

    Parameters
    ----------
    learning_rate : float, schedule or callable, default 0.01
        Step size lr.
    momentum : float, default 0
        μ in [0, 1]: how much of the last step is taken again. In the long run a constant
        gradient moves the weights by ``lr / (1 − μ)`` a step.
    nesterov : bool, default False
        Look ahead: use the gradient where the momentum is about to lead.
    **kwargs
        See :class:`Optimizer`.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.

    References
    ----------
    Polyak (1964), Some methods of speeding up the convergence of iteration methods.
    Sutskever et al. (2013), On the importance of initialization and momentum in deep learning.
    """

    hyperparameters = ("momentum", "nesterov")

    def __init__(
        self,
        learning_rate: Rate = 0.01,
        momentum: float = 0.0,
        nesterov: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(learning_rate, **kwargs)
        self.momentum = checks.number("momentum", momentum, 0, 1)
        self.nesterov = checks.flag("nesterov", nesterov)

    def slots(self) -> dict[str, float]:
        return {"momentum": 0.0} if self.momentum else {}

    def update(
        self, w: np.ndarray, g: np.ndarray, slots: dict[str, np.ndarray], lr: float, t: int
    ) -> None:
        step = number(lr, g.dtype) * g
        if not self.momentum:
            w -= step
            return
        m = slots["momentum"]
        m *= self.momentum
        m -= step
        w += self.momentum * m - step if self.nesterov else m
