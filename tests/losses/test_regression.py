"""Squared, absolute and relative errors by hand."""

from __future__ import annotations

import numpy as np
import pytest

from course import losses

Y, P = [[1.0, -2.0], [4.0, 0.0]], [[2.0, -4.0], [4.0, 1.0]]


def test_by_hand() -> None:
    np.testing.assert_allclose(losses.mean_squared_error(Y, P), [2.5, 0.5])
    np.testing.assert_allclose(losses.mean_absolute_error(Y, P), [1.5, 0.5])


def test_percentages_of_a_target_of_zero_are_huge_but_finite() -> None:
    values = losses.mean_absolute_percentage_error(Y, P)
    np.testing.assert_allclose(values, [100, 100 / 1e-7 / 2], rtol=1e-6)


def test_one_axis_is_one_sample() -> None:
    assert losses.mean_squared_error([0, 1], [1.0, 3.0]) == pytest.approx(2.5)


def test_no_error_has_no_gradient() -> None:
    for name in ("mse", "mae", "mape"):
        loss, y = losses.get(name), np.ones((2, 2), "float32")
        values, cache = loss.forward(y, y)
        assert not values.any()
        assert not loss.backward(y, y, cache).any()
