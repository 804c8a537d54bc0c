"""Scale and curvature: worked by hand, against finite differences, and against real trainings."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.input_scaling import (
    best_rate,
    condition,
    curvatures,
    min_max,
    per_feature,
    per_sample,
    reached,
    temperatures,
    updates_needed,
    way_left,
)
from course.experiments.sales_line import descend, lowest, sales_data


def test_curvatures_of_two_points_by_hand() -> None:
    np.testing.assert_allclose(curvatures(np.array([[-1.0], [1.0]])), [2, 2])
    np.testing.assert_allclose(curvatures(np.array([[-3.0], [3.0]])), [2, 18])
    assert condition(np.array([[-3.0], [3.0]])) == pytest.approx(9)
    assert best_rate(np.array([[-3.0], [3.0]])) == pytest.approx(0.1)


def test_condition_of_two_features_is_that_of_numpy() -> None:
    x = np.random.default_rng(0).normal(3, (1, 20), (50, 2))
    X = np.column_stack([x, np.ones(50)])
    assert condition(x) == pytest.approx(np.linalg.cond(X) ** 2)


@pytest.mark.parametrize("unit", [1e5, 2e5, 1e6])
def test_the_best_rate_needs_as_many_updates_as_the_formula_says(unit: float) -> None:
    x, y = sales_data()
    x = x * 1000 / np.float32(unit)
    needed = updates_needed(condition(x))
    left = way_left(x, y, descend(x, y, best_rate(x), epochs=needed + 2))
    assert reached(left) == needed
    kappa = condition(x)
    np.testing.assert_allclose(left[5], ((kappa - 1) / (kappa + 1)) ** 5, rtol=1e-3)


def test_one_update_is_enough_where_all_curvatures_are_equal() -> None:
    assert updates_needed(1.0) == 1
    assert updates_needed(1.0 + 1e-8) == 1
    assert updates_needed(3.0) == 7  # each halves: 2⁷ = 128
    assert updates_needed(3.0, share=0.5) == 1


def test_a_condition_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="condition"):
        updates_needed(0.5)


def test_what_is_not_reached_is_none() -> None:
    assert reached([1, 0.5, 0.02]) is None
    assert reached([1, 0.5, 0.01, 0.001]) == 2


def test_the_way_begins_with_one_and_ends_with_nothing() -> None:
    x, y = sales_data()
    path = np.array([[0, 0], lowest(x, y)])
    np.testing.assert_allclose(way_left(x, y, path), [1, 0], atol=1e-12)


def test_temperatures_differ_by_a_fever() -> None:
    x, y = temperatures(0, 2000)
    assert x.shape == (2000, 2)
    assert y.sum() == 1000
    np.testing.assert_allclose(x[y == 1].mean(0) - x[y == 0].mean(0), 1.5, atol=0.08)
    np.testing.assert_allclose(x[y == 0].mean(0), (36.4, 36.8), atol=0.08)


def test_per_feature_takes_its_numbers_from_the_first() -> None:
    train = np.array([[1.0, 5.0], [3.0, 5.0]])
    (z,) = per_feature(train, np.array([[2.0, 6.0], [5.0, 5.0]]))
    np.testing.assert_allclose(z, [[0, 1], [3, 0]])


def test_min_max_takes_its_limits_from_the_first() -> None:
    train = np.array([[1.0, 5.0], [3.0, 5.0]])
    (z,) = min_max(train, np.array([[2.0, 6.0], [5.0, 5.0]]))
    np.testing.assert_allclose(z, [[0.5, 1], [2, 0]])


def test_per_sample_forgets_level_and_contrast() -> None:
    row = np.array([[1.0, 2.0, 6.0]])
    here, there = per_sample(row, 7 * row + 3)
    np.testing.assert_allclose(here, there)
    assert here.mean() == pytest.approx(0)
    assert here.std() == pytest.approx(1)
