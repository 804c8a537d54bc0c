"""The area under a curve, at its ends."""

from __future__ import annotations

import pytest

from course import metrics


def test_auc_of_perfect_wrong_and_one_sided_answers() -> None:
    assert metrics.AUC()([0, 0, 1, 1], [0.1, 0.3, 0.6, 1.0]) == pytest.approx(1)
    assert metrics.AUC()([1, 1, 0, 0], [0.0, 0.3, 0.6, 1.0]) == pytest.approx(0)
    assert metrics.AUC(curve="PR")([0, 0, 1, 1], [0.1, 0.3, 0.6, 0.9]) == pytest.approx(1)
    assert metrics.AUC()([1, 1], [0.4, 0.6]) == metrics.AUC(curve="PR")([0, 0], [0.4, 0.6]) == 0


def test_auc_refuses_logits_and_unknown_curves() -> None:
    with pytest.raises(ValueError, match=r"between 0 and 1, got -2 to 3.*sigmoid"):
        metrics.AUC()([0, 1], [-2.0, 3.0])
    with pytest.raises(ValueError, match="curve must be one of 'ROC', 'PR', got 'roc'"):
        metrics.AUC(curve="roc")
    with pytest.raises(ValueError, match="num_thresholds must be at least 2"):
        metrics.AUC(1)
