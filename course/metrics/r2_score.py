"""How much of the variance of the targets the outputs explain."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks
from course.losses.weights import like_values
from course.metrics import pairs
from course.metrics.confusion import ratio
from course.metrics.metric import Metric


class R2Score(Metric):
    """Coefficient of determination of each column: R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)².

    1 is perfect, 0 as good as always answering the mean ȳ, below 0 worse.

    Parameters
    ----------
    class_aggregation : {'uniform_average', 'variance_weighted_average', None}
        The mean over the columns, plain (the default) or weighted by their variance; None
        gives an array of them.
    name : str, default 'r2_score'

    Raises
    ------
    ValueError
        If `class_aggregation` is none of these.

    Notes
    -----
    A constant column has no variance to explain: 1.0 where it is met exactly, else 0.0. Sums of
    squares about the mean are merged batch by batch, which loses no digits where targets are
    large and vary little.

    References
    ----------
    Chan, Golub and LeVeque (1983), Algorithms for computing the sample variance.
    """

    default_name = "r2_score"
    direction = "max"
    hyperparameters = ("class_aggregation",)

    def __init__(
        self, class_aggregation: str | None = "uniform_average", name: str | None = None
    ) -> None:
        if class_aggregation is not None:
            allowed = ("uniform_average", "variance_weighted_average")
            checks.one_of("class_aggregation", class_aggregation, allowed)
        self.class_aggregation = class_aggregation
        super().__init__(name)

    def reset_state(self) -> None:
        self._n = self._mean = self._residual = self._total = np.zeros(1)

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        y, p = (a.astype(float) for a in pairs.same_shape(y_true, y_pred))
        w = np.ones(y.shape) if sample_weight is None else like_values(sample_weight, y)
        y, p, w = (a.reshape(-1, a.shape[-1] if a.ndim > 1 else 1) for a in (y, p, w))
        n = w.sum(axis=0)
        mean = ratio((w * y).sum(axis=0), n)
        self._residual = self._residual + (w * (y - p) ** 2).sum(axis=0)
        shift = mean - self._mean
        self._total = (
            self._total
            + (w * (y - mean) ** 2).sum(axis=0)
            + shift**2 * ratio(self._n * n, self._n + n)
        )
        self._mean = self._mean + shift * ratio(n, self._n + n)
        self._n = self._n + n

    def result(self) -> float | np.ndarray:
        varies = self._total > 0
        r2 = np.where(varies, 1 - ratio(self._residual, self._total), self._residual == 0)
        if not self._n.any():
            r2 = np.zeros(1)
        if self.class_aggregation is None:
            return r2
        if self.class_aggregation == "variance_weighted_average" and varies.any():
            return float(np.average(r2, weights=self._total))
        return float(r2.mean())
