"""Grid or random: its numbers against a plain loop, its presets against their names."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.hills import LANDSCAPES, ground
from course.explorers.grid_or_random import SIDES, GridOrRandom


@pytest.fixture(scope="module")
def explorer() -> GridOrRandom:
    return GridOrRandom()


@pytest.fixture(autouse=True)
def _start(explorer: GridOrRandom) -> None:
    explorer.reset()


@pytest.mark.parametrize(("importance", "trials"), [(0.0, 4), (0.35, 9), (1.0, 16)])
def test_numbers_are_those_of_a_plain_loop(
    explorer: GridOrRandom, importance: float, trials: int
) -> None:
    explorer.set(importance=importance, trials=trials)
    here, wins = ground(SIDES[trials]), 0
    centres = [curve.tops for curve in here.curves]
    for k in range(LANDSCAPES):

        def score(points: np.ndarray, k: int = k) -> float:
            f, g = (np.exp(-((points[:, i] - centres[i][k]) ** 2) / 0.08) for i in (0, 1))
            return float((f + importance * g).max())

        wins += score(here.random[k]) > score(here.grid)
    assert explorer.numbers()["random wins"] == wins / LANDSCAPES


def test_the_three_moves_of_the_lesson(explorer: GridOrRandom) -> None:
    assert explorer.numbers()["random wins"] > 0.65
    explorer.apply("y matters a little")
    assert explorer.numbers()["random wins"] < 0.5
    explorer.apply("both matter")
    both = explorer.numbers()
    assert both["random wins"] < 0.4
    assert both["grid"] > both["random"]
    explorer.apply("both, grid with the ends")
    assert explorer.numbers()["random wins"] > 0.55


def test_more_trials_make_both_ends_no_closer(explorer: GridOrRandom) -> None:
    explorer.apply("25 trials, y irrelevant")
    assert explorer.numbers()["random wins"] > 0.78
    explorer.apply("25 trials, both matter")
    assert explorer.numbers()["random wins"] < 0.42


def test_the_picture_shows_the_winner_and_the_share(explorer: GridOrRandom) -> None:
    explorer.figure()
    for landscape in range(20):
        explorer.set(landscape=landscape, importance=0.3)
        here = ground()
        grid, random = (
            (f[landscape] + 0.3 * g[landscape]).max() for f, g in (here.on_grid, here.at_random)
        )
        expected = "here random wins" if random > grid else "here the grid wins"
        assert explorer.words.get_text() == expected
        (at,), (height,) = explorer.mark.get_data()
        assert (at, height) == (0.3, explorer.numbers()["random wins"])
        assert explorer.curve.get_ydata()[6] == height


def test_a_landscape_of_one_hill_is_darkest_at_its_tops(explorer: GridOrRandom) -> None:
    explorer.set(importance=1.0, landscape=3)
    row, column = np.unravel_index(explorer.result.landscape.argmax(), (61, 61))
    tops = [curve.tops[3] for curve in ground().curves]
    np.testing.assert_allclose((column / 60, row / 60), tops, atol=1 / 100)


def test_says_the_numbers(explorer: GridOrRandom) -> None:
    assert explorer.summary() == (
        "random wins on 69% of 2,000 landscapes (95 % interval ±2 points)\n"
        "best found, in % of the most there is: grid 89, random 94"
    )
    assert "squares" in explorer.describe()


def test_code_gives_the_numbers(explorer: GridOrRandom, capsys: pytest.CaptureFixture[str]) -> None:
    explorer.set(importance=0.45, trials=16, grid="with the ends", shape="wiggly")
    exec(explorer.code(), {})
    said = capsys.readouterr().out
    assert f"random wins: {explorer.numbers()['random wins']} " in said


def test_can_be_shared_after_it_was_drawn(explorer: GridOrRandom) -> None:
    explorer.figure()
    explorer.set(importance=0.25)
    assert "importance=0.25" in explorer.share() == repr(explorer)
