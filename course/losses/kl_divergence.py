"""How far a distribution is from the one that it should be."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import config
from course.losses import targets
from course.losses.loss import Loss


class KLDivergence(Loss):
    """Kullback-Leibler divergence of distributions over C classes::

        ℓ = Σⱼ yⱼ log(yⱼ/pⱼ)        ∂ℓ/∂pⱼ = −yⱼ/pⱼ

    with y and p = `y_pred` first clipped to [ε, 1], ε = 1e-7; p is not renormalised. Outside
    that interval the clip is flat and the gradient is 0.

    Parameters
    ----------
    reduction, name
        See :class:`Loss`.

    Notes
    -----
    It differs from :class:`CategoricalCrossentropy` by the entropy of the targets alone,
    so for fixed targets both pull a softmax output the same way.

    References
    ----------
    Kullback and Leibler (1951), On information and sufficiency.
    """

    default_name = "kl_divergence"

    def check_targets(
        self, y_true: Any, output_shape: targets.Shape, name: str = "y"
    ) -> np.ndarray:
        return targets.distributions(name, y_true, output_shape, self.name)

    def forward(self, y_true: np.ndarray, y_pred: np.ndarray) -> tuple[np.ndarray, Any]:
        y = np.clip(y_true, config.epsilon(), 1)
        p = np.clip(y_pred, config.epsilon(), 1)
        return np.add.reduce(y * np.log(y / p), axis=-1), (y, p)

    def backward(self, y_true: np.ndarray, y_pred: np.ndarray, cache: Any) -> np.ndarray:
        y, p = cache
        inside = p == y_pred
        return inside * -y / p


def kl_divergence(y_true: Any, y_pred: Any) -> np.ndarray:
    """Return the Kullback-Leibler divergence of each sample; see :class:`KLDivergence`."""
    return KLDivergence().values(y_true, y_pred)
