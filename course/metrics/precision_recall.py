"""Of what was called positive, how much is; of what is positive, how much was found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from course import checks
from course.metrics.confusion import ThresholdCounts, ratio

Thresholds = float | Sequence[float] | None


class _AtThresholds(ThresholdCounts):
    direction = "max"
    hyperparameters = ("thresholds", "top_k", "class_id")

    def __init__(
        self,
        thresholds: Thresholds = None,
        top_k: int | None = None,
        class_id: int | None = None,
        name: str | None = None,
    ) -> None:
        self.thresholds = thresholds
        if thresholds is None:
            thresholds = 0.5 if top_k is None else -np.finfo(np.float32).max
        else:
            for t in np.atleast_1d(thresholds).tolist():
                checks.number("thresholds", t, 0, 1)
        self._asked = np.atleast_1d(np.asarray(thresholds, float))
        super().__init__(np.unique(self._asked), name, top_k, class_id)

    def _at_asked(self, values: np.ndarray) -> float | np.ndarray:
        values = values[np.searchsorted(self._grid, self._asked)]
        return float(values[0]) if np.ndim(self.thresholds) == 0 else values


class Precision(_AtThresholds):
    """Fraction of the positive answers that are right: TP / (TP + FP).

    Parameters
    ----------
    thresholds : float or sequence of float, optional
        An output above it is a positive answer; in [0, 1]. By default 0.5, or, with `top_k`,
        any output among the k largest. A sequence gives an array of results.
    top_k : int, optional
        Only the k largest outputs of a sample can be positive.
    class_id : int, optional
        The class to look at; by default all columns are counted together.
    name : str, default 'precision'

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.

    Notes
    -----
    0.0 where nothing was called positive. Targets may be one-hot columns or, where there are
    several columns of outputs, numbers of classes.
    """

    default_name = "precision"

    def result(self) -> float | np.ndarray:
        tp, fp, _, _ = self.counts()
        return self._at_asked(ratio(tp, tp + fp))


class Recall(_AtThresholds):
    """Fraction of the positive samples that were found: TP / (TP + FN).

    Parameters
    ----------
    thresholds : float or sequence of float, optional
        An output above it is a positive answer; in [0, 1]. By default 0.5, or, with `top_k`,
        any output among the k largest. A sequence gives an array of results.
    top_k : int, optional
        Only the k largest outputs of a sample can be positive.
    class_id : int, optional
        The class to look at; by default all columns are counted together.
    name : str, default 'recall'

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.

    Notes
    -----
    0.0 where there are no positive samples. Targets may be one-hot columns or, where there are
    several columns of outputs, numbers of classes.
    """

    default_name = "recall"

    def result(self) -> float | np.ndarray:
        tp, _, fn, _ = self.counts()
        return self._at_asked(ratio(tp, tp + fn))
