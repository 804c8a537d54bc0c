"""Losses for numbers that are quadratic near the target and linear far from it."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks
from course.losses.loss import ElementwiseLoss


class Huber(ElementwiseLoss):
    """Quadratic up to an error of δ, linear beyond, averaged over the k columns::

        e = ŷ − y        c = e clipped to [−δ, δ]
        ℓ = (1/k) Σⱼ cⱼ(eⱼ − cⱼ/2)        ∂ℓ/∂ŷⱼ = cⱼ/k

    which is e²/2 where |e| ≤ δ, and δ|e| − δ²/2 elsewhere.

    Parameters
    ----------
    delta : float, default 1.0
        δ, above 0: the largest slope.
    reduction, name
        See :class:`Loss`.

    Raises
    ------
    TypeError, ValueError
        If `delta` is no number above 0.

    References
    ----------
    Huber (1964), Robust estimation of a location parameter.
    """

    default_name = "huber_loss"
    hyperparameters = ("delta",)

    def __init__(
        self,
        delta: float = 1.0,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = None,
    ) -> None:
        super().__init__(reduction, name)
        self.delta = checks.number("delta", delta, above=0)

    def elements(self, y_true: np.ndarray, y_pred: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        e = y_pred - y_true
        c = np.clip(e, -self.delta, self.delta)
        return c * (e - c / 2), c

    def derivative(self, y_true: np.ndarray, y_pred: np.ndarray, cache: np.ndarray) -> np.ndarray:
        c = cache
        return c.copy()


class LogCosh(ElementwiseLoss):
    """Logarithm of the hyperbolic cosine of the error, averaged over the k columns::

        e = ŷ − y
        ℓ = (1/k) Σⱼ log cosh eⱼ        ∂ℓ/∂ŷⱼ = tanh(eⱼ)/k

    About e²/2 near 0 and |e| − log 2 far from it. With a = |e| it is computed as
    a + log(1 + (e⁻²ᵃ − 1)/2), which neither overflows nor loses small errors.

    Parameters
    ----------
    reduction, name
        See :class:`Loss`.

    References
    ----------
    Green (1990), Bayesian reconstructions from emission tomography data using a modified EM
    algorithm.
    """

    default_name = "log_cosh"

    def elements(self, y_true: np.ndarray, y_pred: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        e = y_pred - y_true
        a = np.abs(e)
        return a + np.log1p(np.expm1(-2 * a) / 2), e

    def derivative(self, y_true: np.ndarray, y_pred: np.ndarray, cache: np.ndarray) -> np.ndarray:
        e = cache
        return np.tanh(e)


def huber(y_true: Any, y_pred: Any, delta: float = 1.0) -> np.ndarray:
    """Return the Huber loss of each sample; see :class:`Huber`.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n, ..., k)
    delta : float, default 1.0
        See :class:`Huber`.

    Returns
    -------
    array of shape (n, ...)
        Averaged over the k columns.
    """
    return Huber(delta).values(y_true, y_pred)


def log_cosh(y_true: Any, y_pred: Any) -> np.ndarray:
    """Return the log-cosh loss of each sample; see :class:`LogCosh`."""
    return LogCosh().values(y_true, y_pred)
