"""Kullback-Leibler divergence by hand, and at certain outputs."""

from __future__ import annotations

import numpy as np
import pytest

from course import losses


def test_by_hand() -> None:
    assert losses.kl_divergence([[0.5, 0.5]], [[0.25, 0.75]]) == pytest.approx(0.14384, abs=1e-5)
    assert losses.kl_divergence([[0.3, 0.7]], [[0.3, 0.7]]) == pytest.approx(0, abs=1e-6)


def test_certain_outputs_stay_finite_and_clipped_ones_have_no_gradient() -> None:
    loss, y, p = losses.KLDivergence(), np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]])
    values, cache = loss.forward(y, p)
    np.testing.assert_allclose(values, -np.log(1e-7), rtol=1e-5)
    np.testing.assert_allclose(loss.backward(y, p, cache), [[0, 0]], atol=1e-6)


def test_it_is_cross_entropy_less_the_entropy_of_the_targets() -> None:
    y, p = np.array([[0.2, 0.8]]), np.array([[0.6, 0.4]])
    entropy = -(y * np.log(y)).sum()
    cross_entropy = losses.categorical_crossentropy(y, p)
    assert losses.kl_divergence(y, p) == pytest.approx(cross_entropy - entropy, rel=1e-5)


def test_outputs_above_one_count_as_one_and_have_no_gradient() -> None:
    loss, y, p = losses.KLDivergence(), np.array([[0.5, 0.5]]), np.array([[1.5, 0.5]])
    values, cache = loss.forward(y, p)
    np.testing.assert_allclose(values, 0.5 * np.log(0.5), rtol=1e-6)
    np.testing.assert_allclose(loss.backward(y, p, cache), [[0, -1]])
