"""Digits at many rates: parts that share nothing, schedules as told, choice apart from judging."""

from __future__ import annotations

import numpy as np
import pytest

from course.datasets import load_digits
from course.experiments import Table
from course.experiments.digit_rates import (
    EPOCH,
    SCHEDULES,
    STEPS,
    accuracies,
    chosen,
    each_half,
    later,
    optimizer_named,
    rate_digits,
    trained,
)
from course.optimizers import Adam
from course.optimizers.schedules import LearningRateSchedule


def test_parts_share_nothing_and_the_last_is_always_the_same() -> None:
    parts, others = rate_digits(0), rate_digits(1)
    assert [len(x) for x, _ in parts] == [1000, 347, 450]
    np.testing.assert_array_equal(parts[2][0], others[2][0])
    assert not np.array_equal(parts[0][0], others[0][0])
    rows, all_rows = np.concatenate([x for x, _ in parts]), load_digits()[0]
    assert sorted(map(tuple, rows)) == sorted(map(tuple, all_rows))


@pytest.mark.parametrize("name", SCHEDULES)
def test_schedules_begin_and_end_as_told(name: str) -> None:
    schedule = SCHEDULES[name](0.8)
    if not isinstance(schedule, LearningRateSchedule):
        assert schedule == 0.8
        return
    line = schedule.curve(STEPS + 1)
    assert line.max() == pytest.approx(0.8)
    ends = {"cosine": 0, "warm-up, cosine": 0, "warm-up": 0.8}
    assert line[-2 if name == "step decay" else -1] == pytest.approx(ends.get(name, 0.05))
    assert (line[0] == 0) == ("warm-up" in name)
    assert line[EPOCH] == pytest.approx(0.8) or "warm-up" not in name


def test_a_good_rate_learns_and_too_small_or_too_large_does_not() -> None:
    good, small = (accuracies(trained("constant", rate), 0)[1] for rate in (0.1, 0.001))
    assert good > 0.85
    assert small < 0.3
    assert accuracies(trained("constant", 5.0), 0)[1] < 0.2


def test_a_plateau_halves_the_rate() -> None:
    model = trained("plateau", 0.7)
    rates = model.history.history["learning_rate"]
    assert rates[0] == pytest.approx(0.7)
    assert np.log2(rates[0] / rates[-1]) == pytest.approx(round(np.log2(rates[0] / rates[-1])))
    assert rates[-1] < rates[0]


def test_adam_is_trained_by_the_same_function() -> None:
    model = trained("constant", 0.01, optimizer=optimizer_named("Adam"))
    assert isinstance(model.optimizer, Adam)
    assert accuracies(model)[1] > 0.9


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ValueError, match="name must be one of"):
        trained("linear", 0.1)
    with pytest.raises(ValueError, match="must be one of"):
        optimizer_named("RMSprop")


def test_choice_uses_validation_of_lower_seeds_and_judges_by_test_of_the_others() -> None:
    rows = Table(
        {
            "learning_rate": [0.1] * 4 + [1.0] * 4,
            "seed": [3, 2, 1, 0] * 2,
            "validation": [0.9, 0.9, 0.5, 0.5, 0.1, 0.1, 0.6, 0.6],
            "test": [0.11, 0.12, 0.13, 0.14, 0.21, 0.22, 0.23, 0.24],
        }
    )
    rate, test = chosen(rows)
    assert rate == 1.0
    assert test.tolist() == [0.22, 0.21]
    assert later(rows, 0.1).tolist() == [0.12, 0.11]


def test_each_half_of_the_seeds_chooses_for_the_other() -> None:
    rows = Table(
        {
            "learning_rate": [0.1] * 4 + [1.0] * 4,
            "seed": [3, 2, 1, 0] * 2,
            "validation": [0.9, 0.9, 0.5, 0.5, 0.1, 0.1, 0.6, 0.6],
            "test": [0.11, 0.12, 0.13, 0.14, 0.21, 0.22, 0.23, 0.24],
        }
    )
    rates, test = each_half(rows)
    assert rates == (1.0, 0.1)
    assert test.tolist() == [0.14, 0.13, 0.22, 0.21]
