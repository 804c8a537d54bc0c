"""Batch after batch gives what all samples at once give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course import metrics


def regression(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    return 1e3 + rng.normal(size=(n, 2)), 1e3 + rng.normal(size=(n, 2))


def binary(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    return rng.integers(0, 2, (n, 1)).astype(float), rng.random((n, 1))


def columns(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    return np.eye(4)[rng.integers(0, 4, n)], rng.dirichlet(np.ones(4), n)


def labels(rng: np.random.Generator, n: int) -> tuple[np.ndarray, np.ndarray]:
    return rng.integers(0, 4, n), rng.dirichlet(np.ones(4), n)


CASES = [
    *[
        (metric, regression)
        for metric in (
            metrics.MeanSquaredError(),
            metrics.RootMeanSquaredError(),
            metrics.MeanAbsoluteError(),
            metrics.MeanAbsolutePercentageError(),
            metrics.LogCoshError(),
            metrics.R2Score(),
            metrics.R2Score("variance_weighted_average"),
        )
    ],
    *[
        (metric, binary)
        for metric in (
            metrics.BinaryCrossentropy(),
            metrics.Hinge(),
            metrics.BinaryAccuracy(),
            metrics.Precision(),
            metrics.Recall([0.3, 0.6]),
            metrics.F1Score("macro"),
            metrics.AUC(),
            metrics.AUC(curve="PR"),
        )
    ],
    *[
        (metric, columns)
        for metric in (
            metrics.CategoricalCrossentropy(),
            metrics.KLDivergence(),
            metrics.CategoricalAccuracy(),
            metrics.TopKCategoricalAccuracy(2),
            metrics.F1Score(),
            metrics.F1Score("weighted"),
            metrics.Precision(top_k=2, class_id=1),
        )
    ],
    *[
        (metric, labels)
        for metric in (
            metrics.SparseCategoricalCrossentropy(),
            metrics.SparseCategoricalAccuracy(),
            metrics.SparseTopKCategoricalAccuracy(3),
            metrics.F1Score("micro"),
            metrics.AUC(),
        )
    ],
]


def title(value) -> str:
    """Return the name of a metric, or of a function that makes data."""
    return value.name if isinstance(value, metrics.Metric) else value.__name__


@pytest.mark.parametrize(("metric", "make"), CASES, ids=title)
@settings(max_examples=15, deadline=None)
@given(
    seed=st.integers(0, 2**32 - 1),
    sizes=st.lists(st.integers(1, 9), min_size=1, max_size=5),
    weighted=st.booleans(),
)
def test_batches_add_up(metric, make, seed: int, sizes: list[int], weighted: bool) -> None:
    rng = np.random.default_rng(seed)
    n = sum(sizes)
    y, p = make(rng, n)
    w = rng.integers(0, 3, n).astype(float) if weighted else None
    metric.reset_state()
    metric.update_state(y, p, w)
    at_once = metric.result()
    metric.reset_state()
    start = 0
    for size in sizes:
        part = slice(start, start + size)
        metric.update_state(y[part], p[part], None if w is None else w[part])
        start += size
    np.testing.assert_allclose(metric.result(), at_once, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize(("metric", "make"), CASES, ids=title)
def test_reset_forgets_and_weights_repeat_samples(metric, make) -> None:
    y, p = make(np.random.default_rng(1), 6)
    w = np.array([1, 0, 2, 3, 1, 0])
    metric.reset_state()
    metric.update_state(y, p, w)
    weighted = metric.result()
    metric.reset_state()
    assert not np.any(metric.result())
    metric.update_state(np.repeat(y, w, axis=0), np.repeat(p, w, axis=0))
    np.testing.assert_allclose(weighted, metric.result(), rtol=1e-5, atol=1e-7)
