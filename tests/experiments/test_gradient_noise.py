"""The noise of a batch's gradient: by hand, by all batches there are, and by the formula."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from course import config
from course.experiments.batch_digits import batch_digits, batch_model
from course.experiments.gradient_noise import (
    expected_noise,
    flat_gradient,
    measured_noise,
    noise_scale,
    row_gradients,
    row_spread,
)


@pytest.mark.parametrize("batch_size", range(1, 7))
def test_the_formula_is_exact_over_all_batches(batch_size: int) -> None:
    rows = np.random.default_rng(0).normal(2, 3, (6, 4))
    batches = [rows[list(picked)].mean(0) for picked in combinations(range(6), batch_size)]
    squares = np.sum((np.array(batches) - rows.mean(0)) ** 2, axis=1)
    expected = expected_noise(row_spread(rows), batch_size, 6)
    assert np.sqrt(squares.mean()) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("batch_size", [1, 5, 30])
def test_draws_agree_with_the_formula(batch_size: int) -> None:
    rows = np.random.default_rng(1).normal(size=(40, 3))
    measured = measured_noise(rows, batch_size, draws=4000)
    assert measured == pytest.approx(expected_noise(row_spread(rows), batch_size, 40), rel=0.05)


def test_all_rows_have_no_noise() -> None:
    rows = np.random.default_rng(1).normal(size=(10, 3))
    assert measured_noise(rows, 10) == pytest.approx(0, abs=1e-7)
    assert expected_noise(3.0, 10, 10) == 0


@pytest.mark.parametrize("batch_size", [0, 11])
def test_a_batch_has_one_row_to_all(batch_size: int) -> None:
    with pytest.raises(ValueError, match="batch_size"):
        expected_noise(1.0, batch_size, 10)


def test_the_gradient_of_a_batch_is_the_mean_of_its_rows() -> None:
    x, y = batch_digits(0)[:2]
    with config.seeded(0):
        model = batch_model()
    rows = row_gradients(model, x[:20], y[:20])
    assert rows.shape == (20, 2410)
    np.testing.assert_allclose(flat_gradient(model, x[:20], y[:20]), rows.mean(0), atol=1e-6)


def test_noise_scale_by_hand() -> None:
    rows = np.array([[3.0, 0.0], [1.0, 0.0]])  # mean 2, distance 1 each
    assert row_spread(rows) == 1
    assert noise_scale(rows) == 0.25
