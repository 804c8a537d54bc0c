"""The loss of a maximum-margin classifier."""

from __future__ import annotations

from typing import Any

import numpy as np

from course.losses import targets
from course.losses.loss import ElementwiseLoss


class Hinge(ElementwiseLoss):
    """Hinge loss of labels t = ±1, averaged over the k columns::

        ℓ = (1/k) Σⱼ max(0, 1 − tⱼŷⱼ)        ∂ℓ/∂ŷⱼ = −tⱼ/k where tⱼŷⱼ < 1, else 0

    Labels 0 and 1 are read as t = −1 and 1, as in Keras. It goes with a linear or tanh output.

    Parameters
    ----------
    reduction, name
        See :class:`Loss`.

    References
    ----------
    Hastie, Tibshirani and Friedman (2009), The Elements of Statistical Learning, section 12.3.2.
    """

    default_name = "hinge"

    def check_targets(
        self, y_true: Any, output_shape: targets.Shape, name: str = "y"
    ) -> np.ndarray:
        y = super().check_targets(y_true, output_shape, name)
        return targets.signs(name, y, self.name)

    def elements(self, y_true: np.ndarray, y_pred: np.ndarray) -> tuple[np.ndarray, Any]:
        t = np.where(y_true == 0, -1, y_true)
        slack = 1 - t * y_pred
        return np.maximum(slack, 0), (t, slack)

    def derivative(self, y_true: np.ndarray, y_pred: np.ndarray, cache: Any) -> np.ndarray:
        t, slack = cache
        return np.where(slack > 0, -t, 0)


def hinge(y_true: Any, y_pred: Any) -> np.ndarray:
    """Return the hinge loss of each sample; see :class:`Hinge`."""
    return Hinge().values(y_true, y_pred)
