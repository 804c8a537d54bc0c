"""The race on fresh ground: the judge has no say, and both searches meet the same digits."""

from __future__ import annotations

import numpy as np
import pytest

from course import tuners as kt
from course.experiments import fresh_race as fresh
from course.experiments import load_table


def test_the_three_parts_share_no_digit_and_the_judges_stay() -> None:
    parts, others = fresh.fresh_digits(1), fresh.fresh_digits(2)
    assert [len(x) for x, _ in parts] == [200, 400, 797]
    assert len({row.tobytes() for x, _ in parts for row in x}) == 1397
    np.testing.assert_array_equal(parts[2][0], others[2][0])
    assert not np.array_equal(parts[0][0], others[0][0])


def test_there_are_seven_hyperparameters() -> None:
    hp = kt.HyperParameters()
    fresh.build(hp)
    assert len(hp.space) == 7


def test_a_training_repeats_and_learns() -> None:
    hp = kt.HyperParameters()
    fresh.build(hp)
    hp.values |= {"learning_rate": 0.01, "units": 32}
    found = fresh.trained(hp, 3)
    assert found == fresh.trained(hp, 3) != fresh.trained(hp, 4)
    assert min(found) > 0.7


def test_the_leader_is_chosen_by_validation_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    given = iter([(0.5, 0.1), (0.7, 0.2), (0.6, 0.9)])
    monkeypatch.setattr(fresh, "trained", lambda *_: next(given))
    assert fresh.fresh_race("random", 0, trials=3).tolist() == [0.1, 0.2, 0.2]


def test_both_searches_begin_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[list[dict]] = []

    def trained(hp: kt.HyperParameters, seed: int) -> tuple[float, float]:
        seen[-1].append(dict(hp.values))
        return 0.5, 0.5

    monkeypatch.setattr(fresh, "trained", trained)
    for name in fresh.TUNERS:
        seen.append([])
        fresh.fresh_race(name, 0, trials=3)
    assert seen[0] == seen[1]


def test_an_unknown_tuner_is_refused() -> None:
    with pytest.raises(ValueError, match="name"):
        fresh.fresh_race("grid", 0)


def test_the_table_is_complete() -> None:
    for name in fresh.TUNERS:
        rows = load_table("bayesian_and_hyperband").where(space="fresh", tuner=name, mark=30)
        np.testing.assert_array_equal(rows["seed"], fresh.RACES)
