"""The fraction of samples that are classified right."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks
from course.constants import number
from course.metrics import pairs
from course.metrics.metric import WeightedMean


class Accuracy(WeightedMean):
    """Fraction of elements of `y_pred` that equal `y_true`; for labels, not probabilities.

    Parameters
    ----------
    name : str, default 'accuracy'
    dtype : str, optional
        Accepted as in Keras.
    """

    default_name = "accuracy"
    direction = "max"

    def correct(self, y_true: Any, y_pred: Any) -> np.ndarray:
        """Return where `y_pred` is right, as booleans."""
        y, p = pairs.same_shape(y_true, y_pred)
        return p == y

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        correct = self.correct(y_true, y_pred)
        if sample_weight is None:
            self.total += int(np.count_nonzero(correct))
            self.count += correct.size
        else:
            self.add(correct.astype(float), sample_weight)


class BinaryAccuracy(Accuracy):
    """Fraction of elements on the right side of the threshold: [p > t] = y.

    Several columns count as so many yes-or-no answers.

    Parameters
    ----------
    name : str, default 'binary_accuracy'
    threshold : float, default 0.5
        t: above it an output means 1.

    Raises
    ------
    TypeError, ValueError
        If `threshold` is no finite number.
    """

    default_name = "binary_accuracy"
    hyperparameters = ("threshold",)

    def __init__(self, name: str | None = None, threshold: float = 0.5) -> None:
        super().__init__(name)
        self.threshold = checks.number("threshold", threshold)

    def correct(self, y_true: Any, y_pred: Any) -> np.ndarray:
        y, p = pairs.same_shape(y_true, y_pred)
        t = number(self.threshold, p.dtype) if p.dtype.kind == "f" else self.threshold
        # [p > t] as 0.0 and 1.0: booleans would be compared with floats far more slowly.
        return (p > t).astype(p.dtype) == y


class CategoricalAccuracy(Accuracy):
    """Fraction of samples whose largest output is the class: argmax p = argmax y.

    Targets have one column for each class, as for ``'categorical_crossentropy'``.

    Parameters
    ----------
    name : str, default 'categorical_accuracy'
    dtype : str, optional
        Accepted as in Keras.
    """

    default_name = "categorical_accuracy"

    def correct(self, y_true: Any, y_pred: Any) -> np.ndarray:
        y, p = pairs.same_shape(y_true, y_pred)
        return p.argmax(axis=-1) == y.argmax(axis=-1)


class SparseCategoricalAccuracy(Accuracy):
    """Fraction of samples whose largest output is the class: argmax p = y.

    Targets are numbers of classes, as for ``'sparse_categorical_crossentropy'``.

    Parameters
    ----------
    name : str, default 'sparse_categorical_accuracy'
    dtype : str, optional
        Accepted as in Keras.
    """

    default_name = "sparse_categorical_accuracy"

    def correct(self, y_true: Any, y_pred: Any) -> np.ndarray:
        y, p = pairs.labels_and_columns(y_true, y_pred)
        return p.argmax(axis=-1) == y
