"""The Gaussian process: scikit-learn's numbers, its gradient, and what it learns."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern

from course.tuners.gaussian_process import (
    GaussianProcess,
    cholesky,
    log_marginal_likelihood,
    log_prior,
    matern,
    require_scipy,
    squared_differences,
    standardised,
)

RNG = np.random.default_rng(0)
X, NEW = RNG.random((12, 3)), RNG.random((40, 3))
Y = 5 + 3 * np.sin(6 * X[:, 0]) + X[:, 1] ** 2
LENGTHS, SIGNAL, NOISE = np.array([0.3, 1.2, 5.0]), 1.7, 1e-3
NUMBERS = np.zeros(3, bool)


def sklearn_process(lengths: np.ndarray) -> GaussianProcessRegressor:
    kernel = ConstantKernel(SIGNAL) * Matern(length_scale=lengths, nu=2.5)
    return GaussianProcessRegressor(kernel, alpha=NOISE, optimizer=None, normalize_y=True)


def test_predictions_are_those_of_scikit_learn():
    mean, std = GaussianProcess(LENGTHS, SIGNAL, NOISE).fit(X, Y).predict(NEW)
    expected = sklearn_process(LENGTHS).fit(X, Y).predict(NEW, return_std=True)
    np.testing.assert_allclose(mean, expected[0], rtol=1e-8)
    np.testing.assert_allclose(std, expected[1], rtol=1e-8)


def test_the_evidence_is_that_of_scikit_learn():
    theta = np.log([*LENGTHS, SIGNAL, NOISE])
    squares = squared_differences(X, X, NUMBERS)
    value, _ = log_marginal_likelihood(theta, squares, standardised(Y)[0])
    expected = sklearn_process(LENGTHS).fit(X, Y).log_marginal_likelihood_value_
    assert value == pytest.approx(expected, rel=1e-8)


def test_a_categorical_input_is_a_one_hot_code():
    """One-hot codes of two categories are √2 apart: scaled by that, the kernels are equal."""
    place = np.array([1 / 6, 3 / 6, 5 / 6])
    drawn, asked = RNG.integers(3, size=12), RNG.integers(3, size=40)
    x, new = (np.column_stack([a[:, :1], place[c]]) for a, c in ((X, drawn), (NEW, asked)))
    hot, new_hot = (
        np.column_stack([a[:, :1], np.eye(3)[c]]) for a, c in ((X, drawn), (NEW, asked))
    )
    ours = GaussianProcess([0.3, 0.8], SIGNAL, NOISE, [False, True]).fit(x, Y)
    theirs = sklearn_process(np.array([0.3, *[0.8 * np.sqrt(2)] * 3])).fit(hot, Y)
    expected = theirs.predict(new_hot, return_std=True)
    for mine, other in zip(ours.predict(new), expected, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-8)


def test_the_correlation_by_hand():
    r = np.array([0.0, 1.0, 2.0])
    by_hand = [
        1.0,
        (1 + np.sqrt(5) + 5 / 3) * np.exp(-np.sqrt(5)),
        (1 + 2 * np.sqrt(5) + 20 / 3) * np.exp(-2 * np.sqrt(5)),
    ]
    np.testing.assert_allclose(matern(r**2), by_hand)
    assert by_hand[1] == pytest.approx(0.5239941)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(-2.5, 2.5), min_size=3, max_size=3), st.floats(-2, 2), st.floats(-7, 0))
def test_the_gradient_of_evidence_and_prior(lengths, signal, noise):
    theta = np.array([*lengths, signal, noise])
    x = np.column_stack([X[:, :2], X[:, 2] < 0.4])
    squares = squared_differences(x, x, np.array([False, False, True]))
    t = standardised(Y)[0]
    for function in (lambda th: log_marginal_likelihood(th, squares, t), log_prior):
        gradient = function(theta)[1]
        step = 1e-5 * np.eye(5)
        numeric = [(function(theta + h)[0] - function(theta - h)[0]) / 2e-5 for h in step]
        np.testing.assert_allclose(gradient, numeric, rtol=2e-4, atol=2e-4)


def test_it_goes_through_measurements_and_forgets_far_from_them():
    process = GaussianProcess([0.2], 1.0, 1e-12).fit(X[:4, :1], Y[:4])
    mean, std = process.predict(X[:4, :1])
    np.testing.assert_allclose(mean, Y[:4], rtol=1e-6)
    assert np.all(std < 1e-4 * Y[:4].std())
    mean, std = process.predict(np.array([[100.0]]))
    assert mean[0] == pytest.approx(Y[:4].mean())
    assert std[0] == pytest.approx(Y[:4].std())


def test_it_learns_which_input_matters_and_how_noisy_targets_are():
    x = np.random.default_rng(1).random((60, 2))
    noise = 0.2 * np.random.default_rng(2).standard_normal(60)
    y = np.sin(7 * x[:, 0]) + noise
    process = GaussianProcess.learn(x, y)
    assert process.lengths[0] < 1 < 3 < process.lengths[1]
    assert 0.1 < np.sqrt(process.noise) * process.scale < 0.3
    mean, _ = process.predict(np.array([[0.2, 0.9], [0.65, 0.1]]))
    np.testing.assert_allclose(mean, np.sin([1.4, 4.55]), atol=0.2)


def test_no_other_hyperparameters_are_likelier():
    process = GaussianProcess.learn(X, Y, least_noise=1e-4)
    squares, t = squared_differences(X, X, NUMBERS), standardised(Y)[0]

    def plausibility(theta: np.ndarray) -> float:
        return log_marginal_likelihood(theta, squares, t)[0] + log_prior(theta)[0]

    best = plausibility(np.log([*process.lengths, process.signal, process.noise]))
    low, high = np.log([*[0.03] * 3, 0.05, 1e-4]), np.log([*[30.0] * 3, 20.0, 1.0])
    others = RNG.uniform(low, high, (500, 5))
    assert max(plausibility(theta) for theta in others) < best


def test_the_same_seed_learns_the_same():
    first, second = (GaussianProcess.learn(X, Y, seed=3) for _ in range(2))
    np.testing.assert_array_equal(first.lengths, second.lengths)
    assert (first.signal, first.noise) == (second.signal, second.noise)


def test_what_is_believed_changes_no_mean_and_takes_the_doubt_away():
    process = GaussianProcess(LENGTHS, SIGNAL, 1e-6).fit(X, Y)
    after = process.believing(NEW[:2])
    np.testing.assert_allclose(after.predict(NEW)[0], process.predict(NEW)[0], rtol=1e-6)
    assert np.all(after.predict(NEW)[1] <= process.predict(NEW)[1] + 1e-9)
    assert np.all(after.predict(NEW[:2])[1] < 0.1 * process.predict(NEW[:2])[1])


def test_equal_points_and_equal_targets_break_nothing():
    x = np.repeat(X[:2], 3, axis=0)
    mean, std = GaussianProcess(LENGTHS, noise=0).fit(x, np.full(6, 4.0)).predict(NEW)
    np.testing.assert_allclose(mean, 4)
    assert np.all(np.isfinite(std))
    assert np.isfinite(GaussianProcess.learn(x, np.full(6, 4.0)).predict(NEW)).all()


def test_a_matrix_that_is_not_quite_positive_gets_jitter():
    singular = np.ones((3, 3)) - 1e-9 * np.eye(3)
    factor = cholesky(singular, 0)
    np.testing.assert_allclose(factor @ factor.T, singular, atol=1e-7)


def test_without_scipy_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr("course.tuners.gaussian_process.find_spec", lambda name: None)
    with pytest.raises(ImportError, match=r"A search needs SciPy\. .*pip install scipy"):
        require_scipy("A search")
    assert importlib.util.find_spec("scipy") is not None
