"""Successive halving on the screen: numbers of its presets, its code, its ends."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.halving import drawn, halve, judged
from course.explorers.halving_curves import FACTORS, FULL, HalvingCurves


@pytest.fixture(scope="module")
def explorer() -> HalvingCurves:
    return HalvingCurves()


@pytest.mark.parametrize(
    ("preset", "regret", "spent"),
    [
        ("slow winner", 1.5, 81),
        ("wait 3 epochs", 0.0, 189),
        ("wait 9 epochs", 0.0, 405),
        ("no halving", 0.0, FULL),
        ("factor 27", 0.3, 53),
        ("quick winner", 0.0, 81),
    ],
)
def test_presets(explorer: HalvingCurves, preset: str, regret: float, spent: int) -> None:
    explorer.apply(preset)
    assert explorer.numbers()["regret"] == regret
    assert explorer.numbers()["spent"] == spent
    assert f"{spent} epochs spent of 729" in explorer.describe()


def test_the_slow_winner_is_fifteenth_and_dropped_at_once(explorer: HalvingCurves) -> None:
    explorer.reset()
    assert explorer.numbers()["rank"] == 15
    assert "dropped after epoch 1" in explorer.summary()
    assert explorer.end.get_xdata() == [1]
    explorer.set(first_budget=3)
    assert "the one that is left" in explorer.summary()
    assert len(explorer.end.get_xdata()) == 0


def test_other_seeds_judge_the_one_that_is_left_and_the_best(explorer: HalvingCurves) -> None:
    explorer.reset()
    halved, curves = halve(drawn(15)[1], 3, 1), drawn(15)[1]
    numbers = explorer.numbers()
    assert numbers["left"] == round(judged(15, halved.winner), 1)
    assert numbers["best"] == round(judged(15, int(curves[:, -1].argmax())), 1) != numbers["left"]
    explorer.apply("no halving")
    assert explorer.numbers()["left"] == explorer.numbers()["best"]
    assert "three other seeds" in explorer.summary()


def test_no_regret_leaves_the_picture(explorer: HalvingCurves) -> None:
    explorer.set(factor=9, first_budget=1, draw=0)
    assert explorer.numbers()["regret"] == 6.5
    (top,) = explorer.here.get_ydata()
    assert top == max(explorer.regrets.get_ydata()) == 3.0
    assert explorer.here.axes.get_ylim()[1] > 3.2


def test_the_picture_shows_only_what_was_trained(explorer: HalvingCurves) -> None:
    explorer.reset()
    halved = halve(drawn(15)[1], 3, 1)
    lengths = [len(segment) for segment in explorer.others.get_segments()]
    assert lengths == halved.epochs.tolist()
    assert len(explorer.regrets.get_xdata()) == 27


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("first_budget", [1, 14, 27])
def test_the_ends_hold(explorer: HalvingCurves, factor: int, first_budget: int) -> None:
    explorer.set(factor=factor, first_budget=first_budget, draw=39)
    assert 0 <= explorer.numbers()["regret"] < 100
    assert np.isfinite(explorer.left.get_ydata()).all()


def test_code_gives_the_numbers(
    explorer: HalvingCurves, capsys: pytest.CaptureFixture[str]
) -> None:
    explorer.apply("factor 27")
    exec(explorer.code(), {})
    assert "epochs: 53 regret in points: 0.3" in capsys.readouterr().out
