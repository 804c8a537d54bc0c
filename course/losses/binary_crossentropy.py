"""The loss of yes-or-no outputs: minus the log-likelihood of a Bernoulli distribution."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config
from course.activations import Activation, Sigmoid
from course.constants import number
from course.losses import targets
from course.losses.loss import ElementwiseLoss


class BinaryCrossentropy(ElementwiseLoss):
    """Cross-entropy of yes-or-no outputs, averaged over the k columns of a sample.

    Over probabilities p = `y_pred`, first clipped to [ε, 1 − ε] with ε = 1e-7::

        ℓ = −(1/k) Σⱼ [yⱼ log pⱼ + (1 − yⱼ) log(1 − pⱼ)]
        ∂ℓ/∂pⱼ = (pⱼ − yⱼ) / (pⱼ(1 − pⱼ)) / k

    Over logits z, with p = sigmoid(z)::

        ℓ = (1/k) Σⱼ [log(1 + exp zⱼ) − yⱼzⱼ]
        ∂ℓ/∂zⱼ = (pⱼ − yⱼ)/k

    Parameters
    ----------
    from_logits : bool, default False
        Whether `y_pred` holds logits, from a linear output, rather than probabilities.
    label_smoothing : float, default 0.0
        s in [0, 1]: targets become y(1 − s) + s/2.
    reduction, name
        See :class:`Loss`.

    Raises
    ------
    TypeError, ValueError
        If `label_smoothing` is no number in [0, 1].

    Notes
    -----
    Outside [ε, 1 − ε] the clip is flat: the gradient over probabilities is 0 there, however
    wrong the output, so a network with |z| beyond about 16 stops learning. The form over
    logits has no clip and its gradient is right everywhere; a model whose output activation
    is sigmoid uses it by itself (:meth:`on_logits`).

    References
    ----------
    Bishop (2006), Pattern Recognition and Machine Learning, equation 4.90; label smoothing:
    Szegedy et al. (2016), Rethinking the Inception architecture, section 7.
    """

    default_name = "binary_crossentropy"
    hyperparameters = ("from_logits", "label_smoothing")

    def __init__(
        self,
        from_logits: bool = False,
        label_smoothing: float = 0.0,
        reduction: str | None = "sum_over_batch_size",
        name: str | None = None,
    ) -> None:
        super().__init__(reduction, name)
        self.from_logits = checks.flag("from_logits", from_logits)
        self.label_smoothing = checks.number("label_smoothing", label_smoothing, 0, 1)

    def on_logits(self, activation: Activation) -> BinaryCrossentropy | None:
        if self.from_logits or not isinstance(activation, Sigmoid):
            return None
        return type(self)(True, self.label_smoothing, self.reduction, self.name)

    def check_targets(
        self, y_true: Any, output_shape: targets.Shape, name: str = "y"
    ) -> np.ndarray:
        y = super().check_targets(y_true, output_shape, name)
        return targets.within(name, y, self.name, "Labels are 0 and 1.")

    def elements(self, y_true: np.ndarray, y_pred: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        y = self._smooth(y_true) if self.label_smoothing else y_true
        if self.from_logits:
            z = y_pred
            s = np.logaddexp(z, number(0.0, z.dtype))  # log(1 + eᶻ)
            return s - y * z, np.exp(z - s)  # p = eᶻ / (1 + eᶻ) = eᶻ⁻ˢ
        p = np.clip(y_pred, config.epsilon(), 1 - config.epsilon())
        return -(y * np.log(p) + (1 - y) * np.log1p(-p)), p

    def derivative(self, y_true: np.ndarray, y_pred: np.ndarray, cache: np.ndarray) -> np.ndarray:
        y, p = self._smooth(y_true) if self.label_smoothing else y_true, cache
        if self.from_logits:
            return p - y
        inside = p == y_pred
        return inside * (p - y) / (p * (1 - p))

    def _smooth(self, y: np.ndarray) -> np.ndarray:
        s = self.label_smoothing
        return y * (1 - s) + s / 2


def binary_crossentropy(
    y_true: Any, y_pred: Any, from_logits: bool = False, label_smoothing: float = 0.0
) -> np.ndarray:
    """Return the cross-entropy of each sample; see :class:`BinaryCrossentropy`.

    Parameters
    ----------
    y_true : array-like of shape (n, ..., k)
        0 or 1, or between.
    y_pred : array-like of shape (n, ..., k)
        Probabilities, or logits.
    from_logits, label_smoothing
        See :class:`BinaryCrossentropy`.

    Returns
    -------
    array of shape (n, ...)
        Averaged over the k columns.
    """
    return BinaryCrossentropy(from_logits, label_smoothing).values(y_true, y_pred)
