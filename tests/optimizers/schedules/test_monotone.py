"""Every schedule, whatever its numbers: where it falls, where it rises, and that it comes back."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from course.optimizers import schedules
from course.optimizers.schedules import (
    CosineDecay,
    CosineDecayRestarts,
    ExponentialDecay,
    InverseTimeDecay,
    LearningRateSchedule,
    OneCycle,
    PiecewiseConstantDecay,
    PolynomialDecay,
)

EXAMPLES = settings(max_examples=25)
RATES = st.floats(0, 10)
SOME = st.floats(0.001, 10)
SHARES = st.floats(0, 1)
COUNTS = st.one_of(st.integers(1, 10**6), st.floats(0.25, 1e4))
FACTORS = st.floats(0.01, 1)
STEPS = st.lists(st.integers(0, 2 * 10**6), min_size=2).map(sorted)


@st.composite
def warm_up(draw: Any, **fixed: Any) -> CosineDecay:
    """Draw a cosine that begins with a line."""
    top = fixed.get("warmup_target", draw(RATES))
    return CosineDecay(draw(RATES), draw(COUNTS), draw(SHARES), "c", top, draw(st.integers(0, 999)))


@st.composite
def pieces(draw: Any) -> PiecewiseConstantDecay:
    """Draw rates that fall from piece to piece."""
    boundaries = sorted(draw(st.sets(st.integers(0, 10**6), max_size=5)))
    count = len(boundaries) + 1
    values = draw(st.lists(RATES, min_size=count, max_size=count))
    return PiecewiseConstantDecay(boundaries, sorted(values, reverse=True))


def to_lower(rate: float, *arguments: Any) -> PolynomialDecay:
    """Make a polynomial that ends below its beginning."""
    count, share, power = arguments
    return PolynomialDecay(rate, count, rate * share, power)


CYCLES = st.builds(
    OneCycle,
    RATES,
    st.integers(2, 10**6),
    st.floats(0.001, 0.999),
    st.floats(1, 100),
    st.floats(1, 1e5),
)
RESTARTS = st.builds(
    CosineDecayRestarts, RATES, COUNTS, st.one_of(st.just(1.0), st.floats(1.1, 4)), FACTORS, SHARES
)
FALLING = {
    "exponential": st.builds(ExponentialDecay, RATES, COUNTS, FACTORS, st.booleans()),
    "inverse time": st.builds(InverseTimeDecay, RATES, COUNTS, RATES, st.booleans()),
    "piecewise": pieces(),
    "polynomial": st.builds(to_lower, RATES, COUNTS, SHARES, st.floats(0.1, 5)),
    "cosine": st.builds(CosineDecay, RATES, COUNTS, SHARES),
}
ALL = st.one_of(
    *FALLING.values(),
    CYCLES,
    RESTARTS,
    warm_up(),
    st.builds(ExponentialDecay, SOME, COUNTS, st.floats(1, 1e3), st.booleans()),
    st.builds(PolynomialDecay, RATES, COUNTS, RATES, st.floats(0.1, 5), st.booleans()),
    st.builds(CosineDecayRestarts, SOME, COUNTS, st.just(1.0), st.floats(1, 10), st.floats(0, 0.9)),
)


def assert_falls(schedule: Callable[[int], float], steps: list[int]) -> None:
    """See that no rate is above the one before, by more than the last digits."""
    for earlier, later in pairwise(map(schedule, steps)):
        assert later <= earlier or math.isclose(later, earlier, rel_tol=1e-12, abs_tol=1e-15)


@pytest.mark.parametrize("name", FALLING)
@EXAMPLES
@given(st.data(), STEPS)
def test_what_decays_never_rises(name: str, data: st.DataObject, steps: list[int]) -> None:
    schedule = data.draw(FALLING[name])
    assert_falls(schedule, [0, *steps])
    assert schedule(steps[-1]) >= 0


@EXAMPLES
@given(st.integers(1, 10**4), st.floats(1, 2), st.booleans(), STEPS)
def test_a_factor_above_one_never_falls(
    count: int, factor: float, staircase: bool, steps: list[int]
) -> None:
    schedule = ExponentialDecay(0.1, count, factor, staircase)
    assert_falls(lambda step: -schedule(step), steps)


@EXAMPLES
@given(CYCLES, STEPS)
def test_one_cycle_rises_to_its_peak_and_falls(cycle: OneCycle, steps: list[int]) -> None:
    peak = cycle.warmup_fraction * (cycle.total_steps - 1)
    assert_falls(lambda step: -cycle(step), [s for s in steps if s <= peak])
    assert_falls(cycle, [s for s in steps if s >= peak])
    assert max(map(cycle, steps)) <= cycle.max_learning_rate * (1 + 1e-12)


@EXAMPLES
@given(warm_up(), STEPS)
def test_a_warm_up_goes_along_a_line_then_the_rate_falls(
    schedule: CosineDecay, steps: list[int]
) -> None:
    W, start, top = schedule.warmup_steps, schedule.initial_learning_rate, schedule.warmup_target
    sign = 1 if start > top else -1
    assert_falls(lambda step: sign * schedule(step), sorted(s % W for s in steps if W))
    assert_falls(schedule, [W, *(W + s for s in steps)])
    assert schedule(W) == pytest.approx(top)


@EXAMPLES
@given(RESTARTS, st.integers(0, 6), st.lists(SHARES).map(sorted))
def test_each_restart_falls_from_no_higher(
    schedule: CosineDecayRestarts, restart: int, shares: list[float]
) -> None:
    lengths = [schedule.first_decay_steps * schedule.t_mul**i for i in range(restart + 1)]
    first, length = sum(lengths[:-1]), lengths[-1]
    within = [first + length * (0.001 + 0.998 * share) for share in shares]
    assert_falls(schedule, within)
    assert all(schedule(step) <= schedule(0) * (1 + 1e-12) for step in within)


@example(CosineDecayRestarts(0.1, 1, 1.0, 2.0), 5000)  # 2⁵⁰⁰⁰ is no float
@example(ExponentialDecay(0.1, 1, 2.0), 5000)
@EXAMPLES
@given(ALL, st.one_of(st.integers(0, 100), st.integers(0, 10**15)))
def test_every_rate_is_a_number_of_at_least_zero(schedule: LearningRateSchedule, step: int) -> None:
    rate = schedule(step)
    assert type(rate) is float
    assert rate >= 0
    grows = getattr(schedule, "decay_rate", getattr(schedule, "m_mul", 1)) > 1
    assert math.isfinite(rate) or grows


@EXAMPLES
@given(ALL, st.integers(0, 10**6))
def test_what_a_file_holds_is_the_same_schedule(schedule: LearningRateSchedule, step: int) -> None:
    kept = json.loads(json.dumps(schedules.serialize(schedule)))
    for again in (
        schedules.deserialize(kept),
        type(schedule).from_config(json.loads(json.dumps(schedule.get_config()))),
    ):
        assert again == schedule
        assert again(step) == schedule(step)
