"""The range test: it grows by equal factors, smooths without a lag at first, and finds a rate."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.digit_rates import accuracies, trained
from course.experiments.range_of_rates import range_test


def test_a_range_test_grows_by_equal_factors_and_repeats() -> None:
    rates, losses = range_test(0.01, 1.0, steps=40)
    assert rates[0] == pytest.approx(0.01)
    np.testing.assert_allclose(rates[1:] / rates[:-1], 100 ** (1 / 40))
    np.testing.assert_array_equal(losses, range_test(0.01, 1.0, steps=40)[1])
    assert losses.shape == (40,)


def test_a_tenth_of_where_the_range_test_is_lowest_is_a_good_rate() -> None:
    rates, losses = range_test(seed=3)
    rate = rates[losses.argmin()] / 10
    assert 0.03 < rate < 0.3
    assert accuracies(trained("constant", rate, 3), 3)[1] > 0.88


def test_smoothing_starts_at_the_first_loss() -> None:
    raw = range_test(steps=5, memory=0.0)[1]
    smooth = range_test(steps=5, memory=0.5)[1]
    assert smooth[0] == pytest.approx(raw[0])
    assert smooth[1] == pytest.approx((raw[0] + 2 * raw[1]) / 3)
