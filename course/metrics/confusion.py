"""Counts of right and wrong answers: by class, and at each of several thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from course import checks
from course.losses.weights import like_values
from course.metrics import pairs
from course.metrics.metric import Metric


def confusion_matrix(y_true: Any, y_pred: Any, num_classes: int | None = None) -> np.ndarray:
    """Count samples by their class and the predicted class: C[i, j] = #{y = i, ŷ = j}.

    Parameters
    ----------
    y_true, y_pred : array-like of shape (n,), (n, 1) or (n, classes)
        Numbers of classes; of several columns the largest names the class.
    num_classes : int, optional
        By default one more than the largest label.

    Returns
    -------
    array of int of shape (num_classes, num_classes)
        A row for each true class, a column for each predicted one.

    Raises
    ------
    TypeError, ValueError
        If they are no numbers, the lengths differ, or a label is no whole number from 0 to
        num_classes − 1.
    """
    y, p = _labels("y_true", y_true), _labels("y_pred", y_pred)
    if y.shape != p.shape:
        raise ValueError(f"y_true has {len(y)} labels and y_pred has {len(p)}.")
    largest = max(y.max(initial=-1), p.max(initial=-1))
    classes = (
        int(largest) + 1 if num_classes is None else checks.integer("num_classes", num_classes, 1)
    )
    if largest >= classes:
        raise ValueError(
            f"num_classes is {classes}, so labels are 0 to {classes - 1}; got the label {largest}."
        )
    return np.bincount(y * classes + p, minlength=classes**2).reshape(classes, classes)


def _labels(name: str, labels: Any) -> np.ndarray:
    labels = checks.numbers(name, labels)
    if labels.ndim == 2:
        labels = labels.argmax(axis=1) if labels.shape[1] > 1 else labels.reshape(-1)
    wrong = (labels < 0) | (labels != np.floor(labels)) | np.isinf(labels)
    if labels.ndim != 1 or wrong.any():
        raise ValueError(
            f"{name} must hold the numbers of classes, 0, 1, 2, ..., one a sample. For the "
            f"probabilities of one sigmoid unit give {name} > 0.5."
        )
    return labels.astype(np.intp)


class ThresholdCounts(Metric):
    """Base of the metrics that count, at each threshold t, which outputs p > t are positive.

    The state is two histograms over the intervals between the thresholds, one of the outputs
    whose label is 1 and one of the others, so batches add up and memory stays small.

    Parameters
    ----------
    thresholds : sequence of float
        In ascending order.
    name : str, optional
    top_k : int, optional
        Only the k largest outputs of a sample can be positive.
    class_id : int, optional
        Look at this column only.
    """

    def __init__(
        self,
        thresholds: Sequence[float],
        name: str | None,
        top_k: int | None = None,
        class_id: int | None = None,
    ) -> None:
        self._grid = np.asarray(thresholds, float)
        self.top_k = None if top_k is None else checks.integer("top_k", top_k, 1)
        self.class_id = None if class_id is None else checks.integer("class_id", class_id, 0)
        super().__init__(name)

    def reset_state(self) -> None:
        self._histogram = np.zeros((2, len(self._grid) + 1))

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        y, p = pairs.one_hot_columns(y_true, y_pred)
        if self.top_k is not None:
            p = _only_top(p, self.top_k)
        weight = None if sample_weight is None else like_values(sample_weight, p)
        if self.class_id is not None:
            y, p = self._column(y), self._column(p)
            weight = None if weight is None else self._column(weight)
        below = np.searchsorted(self._grid.astype(p.dtype), p.ravel())
        cell = below + (y.ravel() > 0) * self._histogram.shape[1]
        counts = np.bincount(cell, None if weight is None else weight.ravel(), self._histogram.size)
        self._histogram += counts.reshape(self._histogram.shape)

    def _column(self, a: np.ndarray) -> np.ndarray:
        if self.class_id >= a.shape[-1]:
            raise ValueError(
                f"class_id is {self.class_id}, but there are {a.shape[-1]} columns of outputs."
            )
        return a[..., self.class_id]

    def counts(self) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Return TP, FP, FN and TN, each with one number for each threshold."""
        above = self._histogram[:, ::-1].cumsum(axis=1)[:, ::-1]
        false_positive, true_positive = above[:, 1:]
        negatives, positives = above[:, 0]
        return (
            true_positive,
            false_positive,
            positives - true_positive,
            negatives - false_positive,
        )


def _only_top(p: np.ndarray, k: int) -> np.ndarray:
    """Return `p` with −∞ in place of all but the k largest outputs of each sample."""
    if k >= p.shape[-1]:
        return p
    order = np.argsort(-p, axis=-1, kind="stable")
    kept = np.full_like(p, -np.inf)
    top = order[..., :k]
    np.put_along_axis(kept, top, np.take_along_axis(p, top, axis=-1), axis=-1)
    return kept


def ratio(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return a/b, and 0 where b = 0."""
    return np.divide(a, b, out=np.zeros_like(b, dtype=float), where=b != 0)
