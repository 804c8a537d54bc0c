"""F1 by hand, and its corners."""

from __future__ import annotations

import numpy as np
import pytest

from course import metrics


def test_by_hand() -> None:
    y, p = [0, 0, 1], [[0.9, 0.1], [0.2, 0.8], [0.3, 0.7]]
    np.testing.assert_allclose(metrics.F1Score()(y, p), [2 / 3, 2 / 3])
    assert metrics.F1Score("macro")([1, 1, 0], p) == pytest.approx((0 + 0.5) / 2)


def test_one_column_is_decided_at_one_half() -> None:
    assert metrics.F1Score("macro")([1, 0, 1], [[0.9], [0.2], [0.4]]) == pytest.approx(2 / 3)


def test_a_row_of_zeros_answers_nothing() -> None:
    assert metrics.F1Score("micro")([0], [[0.0, 0.0]]) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"average": "mean"}, "average must be one of 'micro', 'macro', 'weighted', got 'mean'"),
        ({"threshold": 0}, "threshold must be above 0 and at most 1"),
        ({"threshold": 1.1}, "threshold must be above 0 and at most 1"),
    ],
)
def test_arguments(arguments: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        metrics.F1Score(**arguments)
