"""The race: equal epochs, scores from one seed, a judge from the others."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments import load_table
from course.experiments.digit_curves import DROPOUTS, RATES, UNITS, place, recorded
from course.experiments.tuner_race import (
    BUDGET,
    MARKS,
    TUNERS,
    at_marks,
    coarse,
    judged,
    looked_up,
    race,
)

SETTING = {"learning_rate": 0.1, "units": 64, "dropout": 0.0}


def test_a_score_is_that_of_the_last_epoch_and_of_the_own_seed() -> None:
    row = recorded(1).validation[place(*SETTING.values())]
    assert looked_up(SETTING, 5) == row[26]
    assert looked_up(SETTING | {"tuner/epochs": 3}, 5) == row[2]


def test_the_judge_saw_other_trainings() -> None:
    at = place(*SETTING.values())
    assert judged(SETTING, 5) == pytest.approx(np.mean([recorded(s).test[at] for s in (0, 2, 3)]))


@pytest.mark.parametrize(
    ("name", "spent"), [("grid", 324), ("random", 351), ("Bayesian", 351), ("Hyperband", BUDGET)]
)
def test_nobody_spends_more_than_the_budget(name: str, spent: int) -> None:
    epochs, test = race(name, 0)
    assert epochs[-1] == spent
    rows = load_table("bayesian_and_hyperband").where(space="three", tuner=name, seed=0)
    assert rows["mark"].tolist() == list(MARKS)
    if name != "Bayesian":  # whose proposals depend on the last bits
        np.testing.assert_allclose(rows["accuracy"], at_marks(epochs, test), atol=6e-5)


def test_the_grid_lies_within_the_space() -> None:
    grids = [coarse(seed) for seed in range(20)]
    assert {tuple(map(len, axes)) for axes in grids} == {(3, 2, 2)}
    for axes in grids:
        for values, space in zip(axes, (RATES, UNITS, DROPOUTS), strict=True):
            assert set(values) <= set(space)
    assert len(set(grids)) > 10


def test_an_unknown_tuner_is_refused() -> None:
    with pytest.raises(ValueError, match="name"):
        race("genetic", 0)
    assert "genetic" not in TUNERS
