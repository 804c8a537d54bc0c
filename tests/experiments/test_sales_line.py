"""The line through sales: its path repeats, its curvatures and its cost are those of the data."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.sales_line import (
    degrees_off,
    descend,
    hessian,
    landscape,
    line_cost,
    lowest,
    sales_data,
    sales_line,
)


def test_standardized_budgets_have_mean_zero_and_spread_one() -> None:
    x, _ = sales_data(standardized=True)
    assert x.shape == (200, 1)
    assert x.mean() == pytest.approx(0, abs=1e-6)
    assert x.std() == pytest.approx(1, abs=1e-6)


def test_the_first_update_is_rate_times_gradient() -> None:
    x, y = sales_data()
    wide = x[:, 0].astype(float)
    path = descend(x, y, 1e-5, epochs=1)
    expected = [2e-5 * np.mean(wide * y), 2e-5 * np.mean(y)]
    np.testing.assert_allclose(path, [[0, 0], expected], rtol=1e-5)


@pytest.mark.parametrize(("batch_size", "updates"), [(None, 3), (200, 3), (32, 21), (1, 600)])
def test_the_path_has_a_point_for_each_update(batch_size: int | None, updates: int) -> None:
    assert descend(*sales_data(), 1e-6, batch_size=batch_size, epochs=3).shape == (updates + 1, 2)


def test_a_seed_repeats_and_another_differs() -> None:
    data = sales_data(standardized=True)
    one, again, other = (descend(*data, 0.1, batch_size=20, epochs=2, seed=s) for s in (3, 3, 4))
    np.testing.assert_array_equal(one, again)
    assert not np.allclose(one, other)


def test_it_starts_where_it_is_told() -> None:
    path = descend(*sales_data(), 1e-6, epochs=1, start=(0.25, -2.0))
    np.testing.assert_array_equal(path[0], [0.25, -2.0])


@pytest.mark.parametrize("standardized", [False, True])
def test_cost_and_curvatures_agree_with_the_model(standardized: bool) -> None:
    x, y = sales_data(standardized=standardized)
    model = sales_line(0.1, start=(0.5, 3.0))
    assert line_cost(x, y, 0.5, 3.0) == pytest.approx(model.evaluate(x, y, verbose=0), rel=1e-5)
    best, H = lowest(x, y), hessian(x)
    away = np.array([0.3, -0.7])  # the cost is a parabola: exact, not only near the minimum
    rise = line_cost(x, y, *(best + away)) - line_cost(x, y, *best)
    assert rise == pytest.approx(away @ H @ away / 2, rel=1e-6)


def test_curvatures_of_standardized_budgets_are_equal() -> None:
    np.testing.assert_allclose(np.linalg.eigvalsh(hessian(sales_data(standardized=True)[0])), 2)


@pytest.mark.parametrize("standardized", [False, True])
def test_the_lowest_cell_of_the_landscape_is_the_least_squares_line(standardized: bool) -> None:
    cost, w, b = landscape(standardized=standardized)
    row, column = np.unravel_index(np.argmin(cost), cost.shape)
    best = lowest(*sales_data(standardized=standardized))
    np.testing.assert_allclose([w[column], b[row]], best, rtol=1e-9)


def test_downhill_is_almost_across_on_raw_budgets() -> None:
    """The angle against the gradient that the package computes."""
    x, y = sales_data()
    found = sales_line(0.1, start=(0.02, 3.0)).gradients(x, y)
    downhill = -np.array([found["line/kernel"].item(), found["line/bias"].item()])
    way = lowest(x, y) - [0.02, 3.0]
    cosine = downhill @ way / np.linalg.norm(downhill) / np.linalg.norm(way)
    angle = np.degrees(np.arccos(cosine))
    assert degrees_off(x, y, 0.02, 3.0) == pytest.approx(angle, abs=1e-3)
    assert 85 < angle < 90


def test_downhill_leads_to_the_lowest_point_on_standardized_budgets() -> None:
    angles = degrees_off(*sales_data(standardized=True), [0.0, 5.0, -3.0], [[0.0], [20.0]])
    assert angles.shape == (2, 3)
    np.testing.assert_allclose(angles, 0, atol=1e-3)


def test_there_is_no_angle_at_the_lowest_point() -> None:
    data = sales_data()
    assert np.isnan(degrees_off(*data, *lowest(*data)))
