"""Huber and log-cosh: by hand, near zero and far from it."""

from __future__ import annotations

import numpy as np
import pytest

from course import losses


def test_huber_by_hand() -> None:
    errors = [[0.0], [0.5], [-1.0], [-3.0]]
    np.testing.assert_allclose(losses.huber(np.zeros((4, 1)), errors), [0, 0.125, 0.5, 2.5])
    np.testing.assert_allclose(losses.huber([[0.0]], [[3.0]], delta=2.0), [4.0])
    assert losses.Huber()([[0.0]], [[3.0]]) == 2.5


@pytest.mark.parametrize("delta", [0, -1, np.nan])
def test_huber_needs_a_positive_delta(delta: float) -> None:
    with pytest.raises(ValueError, match=r"delta must be .*above 0, got"):
        losses.Huber(delta)


def test_log_cosh_keeps_small_errors_and_survives_large_ones() -> None:
    errors = np.array([[1e-3], [0.5], [-0.5], [1e4]])
    expected = [5e-7, 0.120115, 0.120115, 1e4 - np.log(2)]
    np.testing.assert_allclose(losses.log_cosh(np.zeros((4, 1)), errors), expected, rtol=1e-3)
