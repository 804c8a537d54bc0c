"""scikit-learn as an independent judge."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn import metrics as judge

from course import metrics

RNG = np.random.default_rng(11)
N = 400
WEIGHT = RNG.integers(0, 4, N).astype(float)
LABELS = RNG.integers(0, 5, N)
SHARES = RNG.dirichlet(np.ones(5), N)
SHARES[np.arange(N), LABELS] += 0.2
SHARES /= SHARES.sum(axis=1, keepdims=True)
BEST = SHARES.argmax(axis=1)
YES = RNG.integers(0, 2, N)
CHANCE = np.clip(0.3 * YES + RNG.random(N) * 0.7, 0, 1)

weighting = pytest.mark.parametrize("w", [None, WEIGHT], ids=["plain", "weighted"])


@weighting
@pytest.mark.parametrize("threshold", [0.2, 0.5, 0.8])
def test_precision_recall_and_f1_of_one_column(threshold: float, w: np.ndarray | None) -> None:
    called = np.greater(CHANCE, threshold)
    for metric, expected in (
        (metrics.Precision(threshold), judge.precision_score),
        (metrics.Recall(threshold), judge.recall_score),
        (metrics.F1Score("macro", threshold), judge.f1_score),
    ):
        result = metric(YES, CHANCE[:, None], w)
        assert result == pytest.approx(expected(YES, called, sample_weight=w))


@weighting
@pytest.mark.parametrize("average", [None, "micro", "macro", "weighted"])
def test_f1_of_classes(average: str | None, w: np.ndarray | None) -> None:
    expected = judge.f1_score(LABELS, BEST, average=average, sample_weight=w)
    for y in (LABELS, LABELS[:, None], np.eye(5)[LABELS]):
        np.testing.assert_allclose(metrics.F1Score(average)(y, SHARES, w), expected)


@weighting
def test_precision_and_recall_of_one_class(w: np.ndarray | None) -> None:
    y, called = LABELS == 3, SHARES[:, 3] > 0.3
    for y_true in (LABELS, np.eye(5)[LABELS]):
        precision = metrics.Precision(0.3, class_id=3)(y_true, SHARES, w)
        assert precision == pytest.approx(judge.precision_score(y, called, sample_weight=w))
        recall = metrics.Recall(0.3, class_id=3)(y_true, SHARES, w)
        assert recall == pytest.approx(judge.recall_score(y, called, sample_weight=w))


@weighting
def test_auc_comes_near_the_exact_area(w: np.ndarray | None) -> None:
    exact = judge.roc_auc_score(YES, CHANCE, sample_weight=w)
    assert metrics.AUC()(YES, CHANCE, w) == pytest.approx(exact, abs=2e-3)
    assert metrics.AUC(20_000)(YES, CHANCE, w) == pytest.approx(exact, abs=5e-5)
    exact = judge.average_precision_score(YES, CHANCE, sample_weight=w)
    assert metrics.AUC(20_000, curve="PR")(YES, CHANCE, w) == pytest.approx(exact, abs=5e-3)


@weighting
@pytest.mark.parametrize("k", [1, 2, 5, 9])
def test_top_k(k: int, w: np.ndarray | None) -> None:
    expected = judge.top_k_accuracy_score(LABELS, SHARES, k=k, sample_weight=w) if k < 5 else 1
    sparse = metrics.SparseTopKCategoricalAccuracy(k)(LABELS, SHARES, w)
    dense = metrics.TopKCategoricalAccuracy(k)(np.eye(5)[LABELS], SHARES, w)
    assert sparse == dense == pytest.approx(expected)


@weighting
def test_accuracies_and_cross_entropies(w: np.ndarray | None) -> None:
    accuracy = judge.accuracy_score(LABELS, BEST, sample_weight=w)
    assert metrics.SparseCategoricalAccuracy()(LABELS, SHARES, w) == pytest.approx(accuracy)
    assert metrics.CategoricalAccuracy()(np.eye(5)[LABELS], SHARES, w) == pytest.approx(accuracy)
    assert metrics.Accuracy()(LABELS, BEST, w) == pytest.approx(accuracy)
    loss = judge.log_loss(LABELS, SHARES, sample_weight=w)
    assert metrics.SparseCategoricalCrossentropy()(LABELS, SHARES, w) == pytest.approx(loss)
    loss = judge.log_loss(YES, CHANCE, sample_weight=w)
    assert metrics.BinaryCrossentropy()(YES, CHANCE[:, None], w) == pytest.approx(loss)


@weighting
@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("uniform_average", "uniform_average"),
        ("variance_weighted_average", "variance_weighted"),
        (None, "raw_values"),
    ],
)
def test_r2(mine: str | None, theirs: str, w: np.ndarray | None) -> None:
    y = RNG.normal(size=(N, 3)) * [1, 5, 0.1] + 1e4
    p = y + RNG.normal(size=(N, 3))
    expected = judge.r2_score(y, p, sample_weight=w, multioutput=theirs)
    np.testing.assert_allclose(metrics.R2Score(mine)(y, p, w), expected)


def test_r2_of_constant_targets() -> None:
    for p in ([2.0, 2.0], [2.0, 3.0]):
        assert metrics.R2Score()([2.0, 2.0], p) == judge.r2_score([2.0, 2.0], p)


def test_confusion_matrix() -> None:
    expected = judge.confusion_matrix(LABELS, BEST)
    for p in (BEST, BEST[:, None], SHARES):
        np.testing.assert_array_equal(metrics.confusion_matrix(LABELS, p), expected)
