"""Accuracies by hand, and shapes they take or refuse."""

from __future__ import annotations

import numpy as np
import pytest

from course import metrics

P = [[0.2, 0.7, 0.1], [0.5, 0.3, 0.2], [0.1, 0.3, 0.6], [0.6, 0.3, 0.1]]
LABELS = [1, 0, 2, 2]


@pytest.mark.parametrize("y", [[0, 1, 1, 0], [[0], [1], [1], [0]]])
@pytest.mark.parametrize("p", [[0.2, 0.8, 0.4, 0.5], [[0.2], [0.8], [0.4], [0.5]]])
def test_binary(y: list, p: list) -> None:
    assert metrics.BinaryAccuracy()(y, p) == 0.75
    assert metrics.BinaryAccuracy(threshold=0.3)(y, p) == 0.75
    assert metrics.BinaryAccuracy()(y, p, [1, 1, 2, 0]) == 0.5


def test_binary_of_several_columns_counts_each_answer() -> None:
    assert metrics.BinaryAccuracy()([[1, 0], [1, 1]], [[0.9, 0.8], [0.9, 0.6]]) == 0.75


@pytest.mark.parametrize("kind", [bool, int, "int8", "float16", "float32", float])
def test_answers_of_any_type_meet_the_threshold(kind: object) -> None:
    y, p = np.array([1, 0, 1, 0]), np.array([1, 0, 0, 0], kind)
    assert metrics.BinaryAccuracy()(y, p) == 0.75
    assert metrics.BinaryAccuracy()(y.astype(bool), p) == 0.75
    assert metrics.BinaryAccuracy(threshold=-0.5)(y, p) == 0.5, "all of them mean 1"
    assert metrics.BinaryAccuracy(threshold=1)(y, p) == 0.5, "none does"


def test_categorical() -> None:
    assert metrics.SparseCategoricalAccuracy()(LABELS, P) == 0.75
    assert metrics.SparseCategoricalAccuracy()(np.array(LABELS)[:, None], P) == 0.75
    assert metrics.CategoricalAccuracy()(np.eye(3)[LABELS], P) == 0.75
    assert metrics.SparseCategoricalAccuracy()([LABELS], [P], [[0, 0, 1, 3]]) == 0.25


def test_top_k_counts_ties_as_hits() -> None:
    assert metrics.SparseTopKCategoricalAccuracy(2)(LABELS, P) == 0.75
    assert metrics.SparseTopKCategoricalAccuracy(1)([1], [[0.4, 0.4, 0.2]]) == 1


def test_labels_against_columns_are_refused_with_the_fix() -> None:
    with pytest.raises(ValueError, match=r"\(4,\) and y_pred has shape \(4, 3\).*'sparse_' metric"):
        metrics.CategoricalAccuracy()(LABELS, P)
    with pytest.raises(ValueError, match=r"shape \(4,\), .*got shape \(4, 3\).*np.argmax"):
        metrics.SparseCategoricalAccuracy()(np.eye(3)[LABELS], P)
    with pytest.raises(ValueError, match="element by element"):
        metrics.BinaryAccuracy()([0, 1, 1], [[0.1, 0.9]])


def test_k_is_at_least_one() -> None:
    with pytest.raises(ValueError, match="k must be at least 1, got 0"):
        metrics.TopKCategoricalAccuracy(k=0)
