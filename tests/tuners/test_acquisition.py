"""Acquisition functions: numbers by hand, Monte Carlo, and the search for their maximum."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from course.tuners.acquisition import confidence_bound, expected_improvement, maximise

NUMBERS = st.floats(-5, 5)


def improvement(mean: float, std: float, best: float) -> float:
    return float(expected_improvement(np.array([mean]), np.array([std]), best)[0])


@pytest.mark.parametrize(
    ("mean", "std", "best", "expected"),
    [
        (0, 1, 0, 1 / np.sqrt(2 * np.pi)),
        (1, 1, 0, norm.pdf(1) - norm.cdf(-1)),
        (0, 2, 1, norm.cdf(0.5) + 2 * norm.pdf(0.5)),
        (3, 0, 5, 2),
        (5, 0, 3, 0),
        (50, 1, 0, 0),
    ],
)
def test_expected_improvement_by_hand(mean, std, best, expected):
    assert improvement(mean, std, best) == pytest.approx(expected, abs=1e-12)


def test_expected_improvement_is_the_mean_of_improvements():
    mean, std, best = np.array([0.3, -1.0, 2.0]), np.array([0.5, 1.0, 1.5]), 0.1
    f = mean + std * np.random.default_rng(0).standard_normal((400_000, 3))
    np.testing.assert_allclose(
        expected_improvement(mean, std, best), np.maximum(best - f, 0).mean(0), rtol=0.01
    )


@given(NUMBERS, st.floats(0, 5), st.floats(0.01, 5), NUMBERS)
def test_doubt_and_a_lower_mean_promise_more(mean, std, more, best):
    now = improvement(mean, std, best)
    assert now >= max(best - mean, 0) - 1e-12
    assert improvement(mean, std + more, best) >= now - 1e-12
    assert improvement(mean - more, std, best) >= now - 1e-12


def test_the_confidence_bound_by_hand():
    mean, std = np.array([1.0, 0.0, -1.0]), np.array([0.5, 0.0, 2.0])
    np.testing.assert_allclose(confidence_bound(mean, std), [0.3, 0, 6.2])
    np.testing.assert_allclose(confidence_bound(mean, std, 0), -mean)


def test_the_search_closes_in_on_the_maximum():
    rng, top = np.random.default_rng(0), np.array([0.31, 0.77, 0.5])
    radii = []

    def hill(points: np.ndarray) -> np.ndarray:
        return -((points - top) ** 2).sum(axis=1)

    def near(points: np.ndarray, radius: float) -> np.ndarray:
        radii.append(radius)
        return np.repeat(points, 40, axis=0) + radius * rng.standard_normal((len(points) * 40, 3))

    candidates = rng.random((200, 3))
    found = maximise(hill, candidates, near)
    assert np.all(np.diff(hill(found)) <= 0)
    assert np.abs(found[0] - top).max() < 0.01 < np.abs(candidates - top).max(axis=1).min()
    np.testing.assert_allclose(radii, 0.2 * 0.4 ** np.arange(6))
    assert len(found) == 200 + 6 * 5 * 40


def test_without_rounds_the_candidates_are_sorted():
    points = np.array([[0.2], [0.9], [0.5], [0.9]])
    found = maximise(lambda p: p[:, 0], points, lambda p, r: p, rounds=0)
    np.testing.assert_array_equal(found.ravel(), [0.9, 0.9, 0.5, 0.2])
