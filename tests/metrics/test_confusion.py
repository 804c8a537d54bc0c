"""The confusion matrix, and counts at thresholds."""

from __future__ import annotations

import numpy as np
import pytest

from course import metrics


def test_rows_are_true_and_columns_predicted() -> None:
    matrix = metrics.confusion_matrix([0, 0, 2], [0, 1, 2])
    np.testing.assert_array_equal(matrix, [[1, 1, 0], [0, 0, 0], [0, 0, 1]])
    assert metrics.confusion_matrix([0], [0], num_classes=4).shape == (4, 4)
    assert metrics.confusion_matrix([], []).shape == (0, 0)


@pytest.mark.parametrize(
    ("y", "p", "classes", "message"),
    [
        ([0, 1], [0], None, "y_true has 2 labels and y_pred has 1"),
        ([0, 3], [0, 1], 3, "num_classes is 3, so labels are 0 to 2; got the label 3"),
        ([0, -1], [0, 1], None, "y_true must hold the numbers of classes"),
        ([0, 1], [[0.2], [0.9]], None, "y_pred must hold .* give y_pred > 0.5"),
        ([0], [0], 0, "num_classes must be at least 1"),
    ],
)
def test_wrong_labels(y, p, classes: int | None, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        metrics.confusion_matrix(y, p, classes)


def test_precision_and_recall_by_hand() -> None:
    y, p = [0, 1, 1, 1], [0.6, 0.2, 0.9, 0.5]
    assert metrics.Precision()(y, p) == 0.5
    assert metrics.Recall()(y, p) == pytest.approx(1 / 3)
    np.testing.assert_allclose(metrics.Recall([0.55, 0.1, 0.2])(y, p), [1 / 3, 1, 2 / 3])


def test_nothing_called_positive_is_zero() -> None:
    assert metrics.Precision()([0, 1], [0.1, 0.2]) == 0
    assert metrics.Recall()([0, 0], [0.9, 0.2]) == 0


def test_top_k_of_all_columns_is_all_of_them() -> None:
    y, p = [[0, 1]], [[0.5, 0.5]]
    assert metrics.Precision(top_k=2)(y, p) == metrics.Precision(top_k=5)(y, p) == 0.5
    assert metrics.Recall(top_k=1)(y, p) == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"thresholds": 1.5}, "thresholds must be at least 0 and at most 1"),
        ({"thresholds": [0.5, -1]}, "thresholds must be"),
        ({"top_k": 0}, "top_k must be at least 1"),
        ({"class_id": -1}, "class_id must be at least 0"),
    ],
)
def test_arguments(arguments: dict, message: str) -> None:
    for metric in (metrics.Precision, metrics.Recall):
        with pytest.raises(ValueError, match=message):
            metric(**arguments)


def test_a_class_or_label_without_a_column_is_named() -> None:
    with pytest.raises(ValueError, match="class_id is 4, but there are 2 columns"):
        metrics.Precision(class_id=4)([[0, 1]], [[0.2, 0.8]])
    with pytest.raises(ValueError, match="label 2 in row 1; y_pred has 2 columns"):
        metrics.Precision()([0, 2], [[0.2, 0.8], [0.2, 0.8]])
