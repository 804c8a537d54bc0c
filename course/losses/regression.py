"""Losses for numbers: squared, absolute and relative errors, averaged over the columns."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import config
from course.losses.loss import ElementwiseLoss


class MeanSquaredError(ElementwiseLoss):
    """Mean squared error over the k columns of a sample::

        ℓ = (1/k) Σⱼ (ŷⱼ − yⱼ)²        ∂ℓ/∂ŷⱼ = 2(ŷⱼ − yⱼ)/k

    No factor ½, as in Keras; texts that write ½(ŷ − y)² have half of this gradient.

    Parameters
    ----------
    reduction, name
        See :class:`Loss`.

    References
    ----------
    Goodfellow, Bengio and Courville (2016), Deep Learning, section 5.1.4.
    """

    default_name = "mean_squared_error"

    def elements(self, y_true: np.ndarray, y_pred: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        e = y_pred - y_true
        return e * e, e

    def derivative(self, y_true: np.ndarray, y_pred: np.ndarray, cache: np.ndarray) -> np.ndarray:
        e = cache
        return 2 * e


class MeanAbsoluteError(ElementwiseLoss):
    """Mean absolute error over the k columns of a sample::

        ℓ = (1/k) Σⱼ |ŷⱼ − yⱼ|        ∂ℓ/∂ŷⱼ = sign(ŷⱼ − yⱼ)/k

    At ŷ = y, where there is no derivative, 0 is taken.

    Parameters
    ----------
    reduction, name
        See :class:`Loss`.

    References
    ----------
    Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, section 10.6.
    """

    default_name = "mean_absolute_error"

    def elements(self, y_true: np.ndarray, y_pred: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        e = y_pred - y_true
        return np.abs(e), e

    def derivative(self, y_true: np.ndarray, y_pred: np.ndarray, cache: np.ndarray) -> np.ndarray:
        e = cache
        return np.sign(e)


class MeanAbsolutePercentageError(ElementwiseLoss):
    """Mean absolute error in percent of the target::

        ℓ = (100/k) Σⱼ |ŷⱼ − yⱼ| / max(|yⱼ|, ε)        ∂ℓ/∂ŷⱼ = (100/k) sign(ŷⱼ − yⱼ) / max(|yⱼ|, ε)

    ε = 1e-7 keeps the division finite; a target of 0 still makes the loss huge.

    Parameters
    ----------
    reduction, name
        See :class:`Loss`.

    References
    ----------
    Makridakis (1993), Accuracy measures: theoretical and practical concerns.
    """

    default_name = "mean_absolute_percentage_error"

    def elements(self, y_true: np.ndarray, y_pred: np.ndarray) -> tuple[np.ndarray, Any]:
        e = y_pred - y_true
        scale = 100 / np.maximum(np.abs(y_true), config.epsilon())
        return np.abs(e) * scale, (e, scale)

    def derivative(self, y_true: np.ndarray, y_pred: np.ndarray, cache: Any) -> np.ndarray:
        e, scale = cache
        return np.sign(e) * scale


def mean_squared_error(y_true: Any, y_pred: Any) -> np.ndarray:
    """Return the mean squared error of each sample; see :class:`MeanSquaredError`."""
    return MeanSquaredError().values(y_true, y_pred)


def mean_absolute_error(y_true: Any, y_pred: Any) -> np.ndarray:
    """Return the mean absolute error of each sample; see :class:`MeanAbsoluteError`."""
    return MeanAbsoluteError().values(y_true, y_pred)


def mean_absolute_percentage_error(y_true: Any, y_pred: Any) -> np.ndarray:
    """Return the error of each sample in percent; see :class:`MeanAbsolutePercentageError`."""
    return MeanAbsolutePercentageError().values(y_true, y_pred)
