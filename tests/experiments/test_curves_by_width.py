"""Curves from bends: built by hand against the formula, and fitted to noisy points."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.curves_by_width import (
    answers,
    built_curve,
    curve,
    errors,
    noisy_errors,
    noisy_fit,
    noisy_points,
    one_layer,
    through_knots,
    trained_curve,
)


def test_a_line_through_knots_is_numpys() -> None:
    rng = np.random.default_rng(0)
    x, y = np.sort(rng.uniform(-2, 2, 9)), rng.normal(size=9)
    grid = np.linspace(x[0], x[-1], 301)
    np.testing.assert_allclose(answers(through_knots(x, y), grid), np.interp(grid, x, y), atol=1e-4)


def test_beyond_the_knots_it_is_flat_on_the_left_and_goes_on_at_the_right() -> None:
    model = through_knots([0, 1, 2], [1, 3, 2])
    np.testing.assert_allclose(answers(model, [-5, 0, 4]), [1, 1, 0], atol=1e-6)


@pytest.mark.parametrize(
    ("x", "y"), [([0, 0], [1, 2]), ([0, 1], [1]), ([0], [1]), ([1, 0], [0, 1])]
)
def test_knots_that_make_no_line_are_refused(x: list, y: list) -> None:
    with pytest.raises(ValueError, match="strictly increasing"):
        through_knots(x, y)


@pytest.mark.parametrize("width", [8, 16, 32, 64])
def test_the_error_stays_below_the_bound_and_near_it(width: int) -> None:
    largest, rms = errors(built_curve(width))
    bound = np.pi**2 / 2 / width**2
    assert 0.9 * bound < largest < 1.001 * bound
    assert rms == pytest.approx(np.pi**2 * 4 / np.sqrt(240) / width**2, rel=0.02)


def test_training_reaches_something_inside_and_nothing_outside() -> None:
    model = trained_curve(16, 0.03)
    assert errors(model)[0] < 0.3
    assert errors(model, 1, 2)[0] > 1


def test_one_layer_has_three_numbers_a_unit() -> None:
    assert one_layer(10).count_params() == 31


def test_noisy_points_repeat_and_are_apart() -> None:
    x, y, x_new, y_new = noisy_points(3)
    assert (x.shape, y.shape, x_new.shape, y_new.shape) == ((20, 1), (20,), (1000, 1), (1000,))
    np.testing.assert_array_equal(x, noisy_points(3)[0])
    assert not np.isin(x, x_new).any()
    assert np.mean((y_new - curve(x_new[:, 0])) ** 2) == pytest.approx(0.09, rel=0.2)


def test_one_unit_underfits() -> None:
    one, many = (noisy_errors(noisy_fit(width, 0.01, 1), 1) for width in (1, 32))
    assert many[0] < one[0]
    assert many[1] < one[1]
    assert many[0] < many[1]
