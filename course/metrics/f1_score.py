"""Precision and recall in one number."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks
from course.losses.weights import like_values
from course.metrics import pairs
from course.metrics.confusion import ratio
from course.metrics.metric import Metric


class F1Score(Metric):
    """Harmonic mean of precision and recall of each class: F₁ = 2·TP / (2·TP + FP + FN).

    Parameters
    ----------
    average : {None, 'micro', 'macro', 'weighted'}, default None
        None: an array with one score for each class. 'macro': their mean. 'weighted': their
        mean weighted by the number of samples of each class. 'micro': the score of the counts
        of all classes together. As the name ``'f1_score'`` in `compile` it is 'macro', a single
        number that can be monitored.
    threshold : float, optional
        In (0, 1]; an output above it is a positive answer. By default the largest output of a
        sample is (all of them in a tie), and with a single column an output above 0.5.
    name : str, default 'f1_score'

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.

    Notes
    -----
    Targets may be one-hot columns or numbers of classes; Keras takes columns only. There, a
    single column without `threshold` is always answered positively; here 0.5 decides.

    References
    ----------
    van Rijsbergen (1979), Information Retrieval, chapter 7.
    """

    default_name = "f1_score"
    direction = "max"
    hyperparameters = ("average", "threshold")

    def __init__(
        self,
        average: str | None = None,
        threshold: float | None = None,
        name: str | None = None,
    ) -> None:
        if average is not None:
            checks.one_of("average", average, ("micro", "macro", "weighted"))
        if threshold is not None:
            threshold = checks.number("threshold", threshold, maximum=1, above=0)
        self.average = average
        self.threshold = threshold
        super().__init__(name)

    def reset_state(self) -> None:
        self._tp = self._called = self._positives = np.zeros(1)

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        y, p = pairs.one_hot_columns(y_true, y_pred)
        if p.ndim == 1:
            y, p = y[:, None], p[:, None]
        y = np.asarray(y, float)
        called = self._answers(p)
        weight = np.ones(p.shape) if sample_weight is None else like_values(sample_weight, y)
        axes = tuple(range(p.ndim - 1))
        self._tp = self._tp + (weight * y * called).sum(axis=axes)
        self._called = self._called + (weight * called).sum(axis=axes)
        self._positives = self._positives + (weight * y).sum(axis=axes)

    def _answers(self, p: np.ndarray) -> np.ndarray:
        if self.threshold is not None:
            return p > self.threshold
        if p.shape[-1] == 1:
            return p > 0.5
        return (p == p.max(axis=-1, keepdims=True)) & (p != 0)

    def result(self) -> float | np.ndarray:
        tp, called, positives = self._tp, self._called, self._positives
        if self.average == "micro":
            tp, called, positives = (np.atleast_1d(c.sum()) for c in (tp, called, positives))
        f1 = ratio(2 * tp, called + positives)
        if self.average is None:
            return f1
        if self.average == "weighted":
            return float(ratio(np.sum(f1 * positives), positives.sum()))
        return float(f1.mean())
