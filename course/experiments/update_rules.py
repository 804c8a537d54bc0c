"""Weights, given gradients: what an optimizer of the package makes of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from course.engine import Parameters, Variable
from course.optimizers import Adam


def follow(
    optimizer: Any, gradients: Iterable[Any], start: Any = 1.0, *, regularizer: Any = None
) -> np.ndarray:
    """Give an optimizer one gradient after the other, whatever the weights are, in float64.

    Parameters
    ----------
    optimizer : Optimizer
        A fresh one: it remembers earlier steps.
    gradients : iterable
        One gradient a step, a number or an array of shape (weights,).
    start : float or array of shape (weights,), default 1.0
        The weights before the first step.
    regularizer : Regularizer, optional
        Its gradient is added to each of `gradients`, as that of a penalty in the loss is.

    Returns
    -------
    array of shape (steps + 1, weights)
        The weights, the start first.
    """
    variable = Variable(np.array(start, float).reshape(-1), "w", regularizer=regularizer)
    parameters = Parameters(lambda: ([variable], [variable]), optimizer)
    path = [np.array(variable.value)]
    for gradient in gradients:
        variable.grad = np.broadcast_to(np.asarray(gradient, float), variable.shape)
        parameters.penalty(add_gradient=True)
        parameters.step()
        path.append(np.array(variable.value))
    return np.array(path)


def share_of_rate(optimizer: Any, gradient: Any, steps: int) -> np.ndarray:
    """Return the size of the last of `steps` under an unchanging gradient, over the rate.

    Parameters
    ----------
    optimizer : Optimizer
    gradient : float or array of shape (weights,)
    steps : int
        At least 1.

    Returns
    -------
    array of shape (weights,)
        One number for each gradient.
    """
    path = follow(optimizer, [gradient] * steps, np.zeros(np.size(gradient)))
    return np.abs(path[-1] - path[-2]) / optimizer.learning_rate


class _Misplaced(Adam):
    """Adam up to its step, which a subclass takes."""

    def update(
        self, w: np.ndarray, g: np.ndarray, slots: dict[str, np.ndarray], lr: float, t: int
    ) -> None:
        m, v = slots["momentum"], slots["velocity"]
        m += (1 - self.beta_1) * (g - m)
        v += (1 - self.beta_2) * (g * g - v)
        alpha = lr * np.sqrt(1 - self.beta_2**t) / (1 - self.beta_1**t)
        with np.errstate(invalid="ignore"):  # 0/0 is what there is to see
            w -= alpha * self.direction(m, v)


class EpsilonInside(_Misplaced):
    """Adam with ε inside the root, m / √(v + ε), where it does not belong."""

    def direction(self, m: np.ndarray, v: np.ndarray) -> np.ndarray:
        """Return what the step size is multiplied by, of the shape (n,) of `m` and `v`."""
        return m / np.sqrt(v + self.epsilon)


class EpsilonBehind(_Misplaced):
    """Adam with ε behind the fraction, m / √v + ε, where it protects nothing."""

    def direction(self, m: np.ndarray, v: np.ndarray) -> np.ndarray:
        """Return what the step size is multiplied by, of the shape (n,) of `m` and `v`."""
        return m / np.sqrt(v) + self.epsilon
