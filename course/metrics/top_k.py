"""The fraction of samples whose class is among the k likeliest."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks
from course.metrics import pairs
from course.metrics.accuracy import Accuracy


class SparseTopKCategoricalAccuracy(Accuracy):
    """Fraction of samples with fewer than k outputs larger than that of their class c::

        #{j : pⱼ > p_c} < k

    Targets are numbers of classes. Outputs that tie with p_c do not count against it.

    Parameters
    ----------
    k : int, default 5
        At least 1.
    name : str, default 'sparse_top_k_categorical_accuracy'

    Raises
    ------
    TypeError, ValueError
        If `k` is no whole number of at least 1.
    """

    default_name = "sparse_top_k_categorical_accuracy"
    hyperparameters = ("k",)

    def __init__(self, k: int = 5, name: str | None = None) -> None:
        super().__init__(name)
        self.k = checks.integer("k", k, 1)

    def correct(self, y_true: Any, y_pred: Any) -> np.ndarray:
        c, p = pairs.classes_and_columns(y_true, y_pred)
        p_c = np.take_along_axis(p, c[..., None], axis=-1)
        return np.count_nonzero(p > p_c, axis=-1) < self.k


class TopKCategoricalAccuracy(SparseTopKCategoricalAccuracy):
    """The same for targets with one column for each class.

    Parameters
    ----------
    k : int, default 5
        At least 1.
    name : str, default 'top_k_categorical_accuracy'
    """

    default_name = "top_k_categorical_accuracy"

    def correct(self, y_true: Any, y_pred: Any) -> np.ndarray:
        y, p = pairs.same_shape(y_true, y_pred)
        return super().correct(y.argmax(axis=-1), p)
