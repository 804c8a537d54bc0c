"""Learning rates by hand, against Keras, and how schedules are found."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
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

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "f1a.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "config", "rates"), GOLDEN["schedules"])
def test_rates_and_configs_are_those_of_keras(name, config, rates):
    schedule = schedules.get({"class_name": name, "config": config})
    np.testing.assert_allclose(schedule.curve(len(rates)), rates, rtol=2e-5, atol=1e-8)
    assert schedule.get_config() == config


@pytest.mark.parametrize(
    ("schedule", "rates"),
    [
        (ExponentialDecay(0.8, 2, 0.25), {0: 0.8, 1: 0.4, 2: 0.2, 4: 0.05}),
        (ExponentialDecay(0.8, 10, 0.5, staircase=True), {9: 0.8, 10: 0.4, 19: 0.4, 20: 0.2}),
        (InverseTimeDecay(0.9, 1, 0.5), {0: 0.9, 2: 0.45, 4: 0.3}),
        (InverseTimeDecay(0.9, 4, 2, staircase=True), {3: 0.9, 4: 0.3, 7: 0.3}),
        (PiecewiseConstantDecay([3, 5], [1, 0.5, 0.1]), {0: 1, 3: 1, 4: 0.5, 5: 0.5, 6: 0.1}),
        (PiecewiseConstantDecay([], [0.3]), {0: 0.3, 99: 0.3}),
        (PolynomialDecay(1, 10, 0.5), {0: 1, 5: 0.75, 10: 0.5, 99: 0.5}),
        (PolynomialDecay(1, 10, 0, power=2), {5: 0.25}),
        (PolynomialDecay(1, 10, 0, cycle=True), {0: 1, 10: 0, 11: 0.45, 20: 0, 21: 0.3}),
        (CosineDecay(1, 10), {0: 1, 5: 0.5, 10: 0, 99: 0}),
        (CosineDecay(1, 10, alpha=0.2), {5: 0.6, 10: 0.2}),
        (CosineDecay(0, 10, warmup_target=1, warmup_steps=4), {0: 0, 2: 0.5, 4: 1, 9: 0.5, 14: 0}),
        (CosineDecayRestarts(1, 4), {0: 1, 2: 0.5, 4: 1, 8: 0.5, 12: 1, 20: 0.5, 28: 1}),
        (CosineDecayRestarts(1, 4, t_mul=1, m_mul=0.5), {2: 0.5, 4: 0.5, 6: 0.25, 4000: 0}),
        (CosineDecayRestarts(1, 4, alpha=0.1), {2: 0.55}),
        (OneCycle(1, 101, 0.3, 10, 100), {0: 0.1, 15: 0.55, 30: 1, 65: 0.5005, 100: 1e-3}),
    ],
    ids=lambda value: type(value).__name__,
)  # fmt: skip
def test_rates_by_hand(schedule, rates):
    for step, rate in rates.items():
        assert schedule(step) == pytest.approx(rate, abs=1e-12)
        assert type(schedule(step)) is float


SCHEDULES = [
    ExponentialDecay(0.1, 7, 0.5),
    InverseTimeDecay(0.1, 7, 0.5, staircase=True),
    PiecewiseConstantDecay((3, 9), (0.1, 0.2, 0.3)),
    PolynomialDecay(0.1, 7, cycle=True),
    CosineDecay(0.1, 7, warmup_target=0.2, warmup_steps=3),
    CosineDecayRestarts(0.1, 7),
    OneCycle(0.1, 20),
]


@pytest.mark.parametrize("schedule", SCHEDULES, ids=repr)
def test_configs_come_back(schedule):
    kept = json.loads(json.dumps(schedules.serialize(schedule)))
    assert schedules.get(kept) == schedule
    assert schedules.get(schedule) is schedule
    assert type(schedule).from_config(schedule.get_config()) == schedule
    assert replace(schedule, name=None).name == type(schedule).name


@pytest.mark.parametrize("schedule", SCHEDULES, ids=repr)
def test_a_curve_is_the_rate_at_each_step(schedule):
    curve = schedule.curve(30)
    assert curve.shape == (30,)
    np.testing.assert_array_equal(curve, [schedule(step) for step in range(30)])
    np.testing.assert_array_equal(schedule.curve(np.array([0, 10, 29])), curve[[0, 10, 29]])


@given(st.sampled_from(SCHEDULES), st.integers(0, 10**9))
def test_rates_stay_within_their_range(schedule, step):
    assert 0 <= schedule(step) <= 0.3


def test_numpy_numbers_can_be_written_to_a_file():
    schedule = ExponentialDecay(np.float32(0.5), np.int64(10), np.float64(0.5))
    assert json.loads(json.dumps(schedule.get_config()))["decay_steps"] == 10
    assert schedule(10) == 0.25


def test_steps_may_be_a_fraction():
    assert ExponentialDecay(1, 2.5, 0.5)(5) == 0.25


def test_a_class_of_ones_own():
    class SquareRoot(LearningRateSchedule):
        def __init__(self, rate):
            self.rate = rate

        def __call__(self, step):
            return self.rate / (1 + step) ** 0.5

    schedule = schedules.get(SquareRoot(0.1))
    np.testing.assert_allclose(schedule.curve(4), [0.1, 0.1 / 2**0.5, 0.1 / 3**0.5, 0.05])

    class Whole(LearningRateSchedule):
        def __call__(self, step):
            return step

    assert Whole().curve(3).dtype == np.float64
    assert Whole().curve(0).shape == (0,)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: schedules.get("CosineDecay"), TypeError, "schedule must be an instance such as"),
        (lambda: schedules.get(CosineDecay), TypeError, "says nothing of its rates"),
        (lambda: schedules.get(0.1), TypeError, "schedule must be a name such as 'Exp"),
        (lambda: schedules.get({"class_name": "CosineDcay"}), ValueError, "Did you mean 'CosineD"),
        (lambda: ExponentialDecay("0.1", 1, 1), TypeError, "initial_learning_rate must be a numb"),
        (lambda: ExponentialDecay(-1, 1, 1), ValueError, "initial_learning_rate must be at least"),
        (lambda: ExponentialDecay(0.1, 0, 1), ValueError, "decay_steps must be above 0, got 0"),
        (lambda: ExponentialDecay(0.1, 1, 0), ValueError, "decay_rate must be above 0"),
        (lambda: InverseTimeDecay(-1, 1, 1), ValueError, "initial_learning_rate must be at least"),
        (lambda: InverseTimeDecay(0.1, -1, 1), ValueError, "decay_steps must be above 0"),
        (lambda: InverseTimeDecay(0.1, 1, -1), ValueError, "decay_rate must be at least 0"),
        (
            lambda: PiecewiseConstantDecay([1, 2], [0.1, 0.2]),
            ValueError,
            "values must have one element more than boundaries, got 2 values and 2 boundaries",
        ),
        (
            lambda: PiecewiseConstantDecay([2, 2], [1, 2, 3]),
            ValueError,
            r"boundaries must rise from each to the next, got \[2, 2\]",
        ),
        (lambda: PiecewiseConstantDecay(["1"], [1, 2]), TypeError, "boundaries must be a number"),
        (lambda: PiecewiseConstantDecay([1], [1, -2]), ValueError, "values must be at least 0"),
        (lambda: PolynomialDecay(-1, 1), ValueError, "initial_learning_rate must be at least 0"),
        (lambda: PolynomialDecay(0.1, 0), ValueError, "decay_steps must be above 0"),
        (lambda: PolynomialDecay(0.1, 1, -1), ValueError, "end_learning_rate must be at least 0"),
        (lambda: PolynomialDecay(0.1, 1, power=0), ValueError, "power must be above 0"),
        (lambda: CosineDecay(-1, 1), ValueError, "initial_learning_rate must be at least 0"),
        (lambda: CosineDecay(0.1, 0), ValueError, "decay_steps must be above 0"),
        (lambda: CosineDecay(0.1, 1, 2), ValueError, "alpha must be at least 0 and at most 1"),
        (lambda: CosineDecay(0.1, 1, warmup_target=-1), ValueError, "warmup_target must be at lea"),
        (lambda: CosineDecay(0.1, 1, warmup_steps=-1), ValueError, "warmup_steps must be at least"),
        (lambda: CosineDecay(0.1, 1, warmup_steps=5), ValueError, "=5 needs warmup_target"),
        (lambda: CosineDecayRestarts(-1, 1), ValueError, "initial_learning_rate must be at least"),
        (lambda: CosineDecayRestarts(0.1, 0), ValueError, "first_decay_steps must be above 0"),
        (lambda: CosineDecayRestarts(0.1, 1, 0.5), ValueError, "t_mul must be at least 1"),
        (lambda: CosineDecayRestarts(0.1, 1, m_mul=0), ValueError, "m_mul must be above 0"),
        (lambda: CosineDecayRestarts(0.1, 1, alpha=-1), ValueError, "alpha must be at least 0"),
        (lambda: CosineDecayRestarts(0.1, 1, alpha=2), ValueError, "and at most 1, got 2"),
        (lambda: OneCycle(-1, 9), ValueError, "max_learning_rate must be at least 0"),
        (lambda: OneCycle(0.1, 1), ValueError, "total_steps must be at least 2"),
        (lambda: OneCycle(0.1, 9.5), TypeError, "total_steps must be a whole number"),
        (lambda: OneCycle(0.1, 9, 1), ValueError, "warmup_fraction must be above 0 and below 1"),
        (lambda: OneCycle(0.1, 9, 0.3, 0.5), ValueError, "initial_divisor must be at least 1"),
        (lambda: OneCycle(0.1, 9, final_divisor=0), ValueError, "final_divisor must be at least 1"),
        (lambda: OneCycle(0.1, 9).curve(-1), ValueError, "^steps must be at least 0, got -1"),
        (lambda: OneCycle(0.1, 9).curve(2.5), TypeError, "^steps must be a whole number"),
        (lambda: OneCycle(0.1, 9).curve(["a"]), TypeError, "^steps must hold real numbers"),
        (lambda: LearningRateSchedule()(0), NotImplementedError, r"Schedule must define __call__"),
    ],
)
def test_wrong_use_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
