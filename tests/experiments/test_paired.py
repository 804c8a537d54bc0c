"""Paired differences against the formula, and how often the interval holds the mean."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments import paired_difference


def test_formula() -> None:
    found = paired_difference([3.0, 5.0, 4.0], [1.0, 2.0, 3.0])  # differences 2, 3, 1
    half = 4.303 * 1 / np.sqrt(3)  # 4.303 from a table of Student's t
    assert found.mean == 2
    assert (found.low, found.high) == pytest.approx((2 - half, 2 + half), abs=1e-3)
    assert str(found) == f"+2.00 [{2 - half:+.2f}, {2 + half:+.2f}]"


def test_shared_noise_cancels() -> None:
    noise = np.random.default_rng(0).normal(size=10)
    found = paired_difference(noise + 0.1, noise)
    assert found.low == pytest.approx(found.high) == pytest.approx(0.1)


@pytest.mark.parametrize("n", [3, 10, 60])
def test_the_interval_holds_the_mean_in_95_percent(n: int) -> None:
    rng = np.random.default_rng(n)
    found = [paired_difference(rng.normal(1, 1, n), np.zeros(n)) for _ in range(4000)]
    assert 0.94 < np.mean([d.low <= 1 <= d.high for d in found]) < 0.96


@pytest.mark.parametrize(("a", "b"), [([1.0], [1.0]), ([1.0, 2.0], [1.0, 2.0, 3.0])])
def test_refuses_what_is_not_paired(a: list[float], b: list[float]) -> None:
    with pytest.raises(ValueError, match="equal length"):
        paired_difference(a, b)
