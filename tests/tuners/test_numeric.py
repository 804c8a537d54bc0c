"""Numbers in a range: exact values, sampling, and what is refused."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from course.tuners.numeric import Float, Int

UNIT = st.floats(0, 1)


@pytest.mark.parametrize(
    ("parameter", "values"),
    [
        (Float("f", 0, 0.5, step=0.1), (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)),
        (Float("f", 0.1, 0.75, step=0.2), (0.1, 0.3, 0.5, 0.7)),
        (Float("f", 0.001, 10, step=10, sampling="log"), (0.001, 0.01, 0.1, 1.0, 10.0)),
        (Float("f", 1, 8, step=2, sampling="reverse_log"), (1.0, 5.0, 7.0, 8.0)),
        (Float("f", 1, 10, step=10**0.5, sampling="log"), (1.0, 10**0.5, 10.0)),
        (Float("f", 1, 10, step=10**0.5, sampling="reverse_log"), (1.0, 7.837722339831621, 10.0)),
        (Float("f", 0, 2, step=2 / 3), (0.0, 2 / 3, 4 / 3, 2.0)),
        (Float("f", 2, 2), (2.0,)),
        (Int("i", 1e1, 3e1, step=1e1), (10, 20, 30)),
        (Int("i", 6, 13, step=3), (6, 9, 12)),
        (Int("i", 2, 32, step=2, sampling="log"), (2, 4, 8, 16, 32)),
        (Int("i", 1, 243, step=3, sampling="log"), (1, 3, 9, 27, 81, 243)),
        (Int("i", 3, 5), (3, 4, 5)),
        (Int("i", 3, 5, sampling="log"), (3, 4, 5)),
        (Int("i", 2, 5, sampling=None), (2, 3, 4, 5)),
    ],
)
def test_values_are_exact(parameter: Any, values: tuple) -> None:
    assert parameter.values == values
    assert parameter.size == len(values)
    assert {type(v) for v in parameter.values} == {type(values[0])}
    drawn = {parameter.from_unit(u) for u in np.linspace(0, 1, 500)}
    assert drawn == set(values)


def test_a_range_without_step_is_continuous_and_has_eleven_values_in_a_grid() -> None:
    rate = Float("rate", 0, 1, default=0.5)
    assert rate.size == math.inf
    assert rate.grid == (0.5, *(pytest.approx(i / 10 + 0.05) for i in range(10)))
    assert Float("rate", 1, 100, sampling="log").grid[1] == pytest.approx(100**0.05)
    with pytest.raises(NotImplementedError, match="Float 'rate' has no list of its values"):
        _ = rate.values


@pytest.mark.parametrize(
    ("kind", "given", "error", "message"),
    [
        (Int, (5, 1), ValueError, "Int 'n': min_value=5 is above max_value=1"),
        (Int, (1.5, 3), TypeError, "Int 'n': min_value must be a whole number, got 1.5"),
        (Int, (1, 3, 0), ValueError, "Int 'n': step must be above 0, got 0"),
        (Int, (1, 3, 0.5), TypeError, "Int 'n': step must be a whole number"),
        (Float, (0, 1, -0.1), ValueError, "Float 'n': step must be above 0, got -0.1"),
        (Float, (1, 9, 1, "log"), ValueError, "Float 'n': step must be above 1, got 1"),
        (Float, (0, 1, None, "log"), ValueError, "needs min_value above 0, got 0"),
        (Float, (-1, 1, None, "reverse_log"), ValueError, "needs min_value above 0, got -1"),
        (Float, (0, 1, None, "lin"), ValueError, "sampling must be one of .*Did you mean 'linear'"),
        (Float, (0, math.inf), ValueError, "Float 'n': max_value must be finite, got inf"),
        (Float, ("0", 1), TypeError, "Float 'n': min_value must be a number, got '0'"),
        (Float, (0, 1, None, "linear", 2), ValueError, r"default=2.0 lies outside \[0.0, 1.0\]"),
        (Int, (0, 9, 3, "linear", 4), ValueError, "default=4 is no step of 3 from 0.*value is 3"),
        (Int, (2, 32, 2, "log", 9), ValueError, "default=9 is no step.*nearest value is 8"),
    ],
)
def test_ranges_that_cannot_be(kind: type, given: tuple, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        kind("n", *given)


@given(UNIT)
def test_samples_stay_in_range_and_come_back(u: float) -> None:
    for sampling in ("linear", "log", "reverse_log"):
        real = Float("f", 0.01, 5, sampling=sampling)
        value = real.from_unit(u)
        assert type(value) is float
        assert 0.01 <= value <= 5
        assert real.from_unit(real.to_unit(value)) == pytest.approx(value)
        whole = Int("i", 1, 50, sampling=sampling)
        assert type(whole.from_unit(u)) is int
        assert whole.from_unit(whole.to_unit(whole.from_unit(u))) == whole.from_unit(u)


def test_numpy_numbers_become_python_numbers() -> None:
    real = Float("f", np.float32(0.5), np.int64(2), default=np.float64(1))
    assert type(real.from_unit(np.float64(0.3))) is float
    assert type(real.default) is float
    assert type(Int("i", np.int32(1), 3).from_unit(np.float32(0.5))) is int


def draws(parameter: Any, n: int = 4000) -> np.ndarray:
    """Values of n uniform numbers."""
    return np.array([parameter.from_unit(u) for u in np.random.default_rng(5).random(n)])


@pytest.mark.parametrize(
    ("sampling", "law"),
    [
        ("linear", stats.uniform(0.1, 9.9)),
        ("log", stats.loguniform(0.1, 10)),
    ],
)
def test_random_values_follow_the_law_of_their_sampling(sampling: str, law: Any) -> None:
    values = draws(Float("f", 0.1, 10, sampling=sampling))
    assert stats.kstest(values, law.cdf).pvalue > 0.01


def test_reverse_log_is_log_seen_from_the_other_end() -> None:
    values = 0.1 + 10 - draws(Float("f", 0.1, 10, sampling="reverse_log"))
    assert stats.kstest(values, stats.loguniform(0.1, 10).cdf).pvalue > 0.01


def test_whole_numbers_and_steps_are_equally_likely() -> None:
    for parameter in (Int("i", 1, 8), Float("f", 0, 0.7, step=0.1)):
        _, counts = np.unique(draws(parameter), return_counts=True)
        assert len(counts) == 8
        assert stats.chisquare(counts).pvalue > 0.01


def test_whole_numbers_in_logarithms_have_the_share_of_their_piece() -> None:
    values, counts = np.unique(draws(Int("i", 1, 7, sampling="log")), return_counts=True)
    share = np.log((values + 1) / values) / np.log(8)
    assert stats.chisquare(counts, share * counts.sum()).pvalue > 0.01


def test_a_range_of_one_value_lies_in_the_middle() -> None:
    assert Float("f", 3, 3).to_unit(3.0) == 0.5
    assert Float("f", 3, 3).grid == (3.0,)


@pytest.mark.parametrize("sampling", ["log", "reverse_log"])
@pytest.mark.parametrize(("low", "high", "step"), [(1e-3, 1, 10), (0.5, 7, 1.5), (1, 1.01, 1.001)])
def test_the_nearest_step_is_found_without_looking_at_all(
    sampling: str, low: float, high: float, step: float
) -> None:
    rate = Float("rate", low, high, step=step, sampling=sampling)
    values = rate.values
    for value in np.linspace(low, high, 101):
        nearest = min(range(len(values)), key=lambda i: abs(values[i] - value))
        assert rate.to_unit(value) == (nearest + 0.5) / len(values)


@pytest.mark.parametrize(
    ("parameter", "good", "bad"),
    [
        (Int("n", 2, 9), [2, 9], [1, 10, 2.0, True, "2", None]),
        (Int("n", 1, 64, step=2, sampling="log"), [1, 5, 64], [0, 65, 1.5]),
        (Float("x", 0, 1, step=0.25), [0, 0.0, 0.3, 1.0], [-0.1, 1.1, float("nan"), False, "0"]),
    ],
)
def test_what_a_file_may_say_of_a_value(parameter: Any, good: list, bad: list) -> None:
    assert all(map(parameter.takes, good))
    assert not any(map(parameter.takes, bad))


def test_steps_that_nobody_could_list() -> None:
    for sampling, step in (("log", 1.0000001), ("reverse_log", 1.0000000000000002)):
        with pytest.raises(ValueError, match=r"makes more than 100,000 values. Give a larger one"):
            Float("rate", 1e-9, 1, step=step, sampling=sampling)
    with pytest.raises(ValueError, match=r"step=1e-300 makes more than 9,007,199,254,740,992"):
        Float("rate", 0, 1, step=1e-300)
    with pytest.raises(ValueError, match=r"max_value must be at most 2\*\*53"):
        Int("n", 0, 10**30)
    many = Int("n", 0, 10**9)
    assert many.size == 10**9 + 1
    with pytest.raises(ValueError, match="Int 'n': step=1 makes more than 100,000 values"):
        _ = many.grid
