"""The area under the curve that a moving threshold draws."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config
from course.metrics.confusion import ThresholdCounts, ratio

MOST_THRESHOLDS = 100_000


class AUC(ThresholdCounts):
    """Area under the ROC or the precision-recall curve, from counts at fixed thresholds.

    ROC is recall TP/P over the false alarms FP/N, joined by straight lines. PR is precision
    TP/(TP + FP) over recall; between two thresholds a line in the (TP, FP) plane is followed,
    TP = a + s·(TP + FP), and the precision integrated along it::

        ∫ = s·(ΔTP + a·log((TP + FP)₁/(TP + FP)₀)) / P

    Parameters
    ----------
    num_thresholds : int, default 200
        From 2 to 100,000, evenly spaced from 0 to 1; the more, the nearer to the exact area.
    curve : {'ROC', 'PR'}, default 'ROC'
    name : str, default 'auc'

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range; in use, if an output lies
        outside [0, 1].

    References
    ----------
    Davis and Goadrich (2006), The relationship between precision-recall and ROC curves.
    """

    default_name = "auc"
    direction = "max"
    hyperparameters = ("num_thresholds", "curve")

    def __init__(
        self, num_thresholds: int = 200, curve: str = "ROC", name: str | None = None
    ) -> None:
        self.num_thresholds = checks.integer("num_thresholds", num_thresholds, 2)
        if self.num_thresholds > MOST_THRESHOLDS:
            raise ValueError(
                f"num_thresholds must be at most {MOST_THRESHOLDS}, got {num_thresholds}."
            )
        self.curve = checks.one_of("curve", curve, ("ROC", "PR"))
        grid = np.linspace(0, 1, self.num_thresholds)
        # Just outside [0, 1], so that at the ends everything is positive, and nothing.
        grid[0], grid[-1] = -config.epsilon(), 1 + config.epsilon()
        super().__init__(grid, name)

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        p = checks.numbers("y_pred", y_pred)
        if p.size and (p.min() < 0 or p.max() > 1):  # NaN, of a training that diverged, passes
            raise ValueError(
                f"AUC needs outputs between 0 and 1, got {p.min():g} to {p.max():g}. "
                "Give the last layer a sigmoid or softmax activation."
            )
        super().update_state(y_true, p, sample_weight)

    def result(self) -> float:
        tp, fp, fn, tn = self.counts()
        if self.curve == "ROC":
            recall, false_alarms = ratio(tp, tp + fn), ratio(fp, fp + tn)
            return float(np.sum(-np.diff(false_alarms) * (recall[:-1] + recall[1:]) / 2))
        called = tp + fp
        s = ratio(np.diff(tp), np.diff(called))
        a = tp[1:] - s * called[1:]
        both = (called[:-1] > 0) & (called[1:] > 0)
        log = np.log(np.divide(called[:-1], called[1:], out=np.ones_like(s), where=both))
        return float(np.sum(ratio(s * (a * log - np.diff(tp)), (tp + fn)[1:])))
