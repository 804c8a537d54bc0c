"""Intervals: their equation, and how often they hold the truth."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.intervals import coverage, wald, wilson


@pytest.mark.parametrize(("right", "n"), [(0, 10), (8, 10), (436, 450), (45, 45)])
def test_wilson_ends_solve_its_equation(right: int, n: int) -> None:
    for p in wilson(right, n):
        assert abs(right / n - p) == pytest.approx(1.96 * np.sqrt(p * (1 - p) / n), abs=1e-9)


def test_wald_has_no_width_where_all_are_right() -> None:
    low, high = wald(45, 45)
    assert low == high == 1
    assert wilson(45, 45)[0] == pytest.approx(0.9213, abs=1e-4)


def test_coverage_against_simulation() -> None:
    right = np.random.default_rng(0).binomial(45, 0.97, 20_000)
    for way in (wald, wilson):
        low, high = way(right, 45)
        share = np.mean((low <= 0.97) & (high >= 0.97))
        assert coverage(way, 0.97, 45) == pytest.approx(share, abs=0.01)


def test_coverage_of_everything_is_one() -> None:
    assert coverage(lambda k, n: (0 * k, 0 * k + 1), 0.3, 30) == pytest.approx(1)
