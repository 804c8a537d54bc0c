"""The game: tries are counted, looked up, and set beside random searches."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.search_surface import accuracy, random_searches, surface
from course.explorers.search_game import TRIES, SearchGame


@pytest.fixture
def game() -> SearchGame:
    return SearchGame(optimizer="adam", activation="relu", layers=1)


def test_nothing_is_tried_by_moving_controls(game: SearchGame) -> None:
    game.set(units=64)
    assert game.numbers()["tries"] == 0
    assert "10 tries left" in game.summary()


def test_a_try_is_looked_up_and_the_best_stays(game: SearchGame) -> None:
    game.run(1)
    first = accuracy(**game.state._asdict())
    assert game.numbers()["best"] == first
    game.set(learning_rate=1e-4)
    game.run(1)
    assert game.numbers()["tries"] == 2
    assert game.numbers()["best"] == first
    np.testing.assert_array_equal(game.result.scores, [first, accuracy(**game.state._asdict())])


def test_the_same_network_costs_nothing_and_ten_are_all(game: SearchGame) -> None:
    game.run(3)
    assert game.numbers()["tries"] == 1
    for rate in (1e-4, 3e-4, 1e-3, 3e-3, 3e-2, 0.1, 0.3, 1.0):
        game.set(learning_rate=rate)
        game.run(1)
    for units in (8, 16, 64):
        game.set(units=units)
        game.run(1)
    assert game.numbers()["tries"] == TRIES


def test_it_is_compared_with_random_searches_of_as_many_trials(game: SearchGame) -> None:
    for units in (8, 16):
        game.set(units=units)
        game.run(1)
    others = random_searches(TRIES)[:, :2].max(1)
    best = game.numbers()["best"]
    assert game.numbers()["beaten"] == np.mean(others < best)
    assert game.numbers()["equal"] == np.mean(others == best)
    game.figure()
    (at,), (height,) = game.mark.get_data()
    assert (at, height) == (best, game.numbers()["beaten"])
    assert len(game.dots.get_xdata()) == 2


def test_the_best_network_of_all_can_be_found(game: SearchGame) -> None:
    game.set(optimizer="momentum", learning_rate=0.3, units=64)
    game.run(1)
    assert game.numbers()["best"] == surface().max()
    assert game.numbers()["beaten"] > 0.99


def test_a_preset_begins_a_new_game(game: SearchGame) -> None:
    game.run(1)
    game.apply("Adam, smallest rate")
    assert game.numbers()["tries"] == 0


def test_buttons_try_and_begin_anew(game: SearchGame) -> None:
    game.widget()
    row = game._panel._all_controls()[0]
    go, new = row.children
    go.click()
    game.wait()
    assert game.numbers()["tries"] == 1
    new.click()
    game.wait()
    assert game.numbers()["tries"] == 0


def test_says_the_numbers_and_the_code_agrees(
    game: SearchGame, capsys: pytest.CaptureFixture[str]
) -> None:
    game.run(1)
    game.set(learning_rate=0.001)
    game.run(1)
    exec(game.code(), {})
    said = capsys.readouterr().out.split()
    assert said == ["best", str(game.numbers()["best"]), "beats", str(game.numbers()["beaten"])]
    assert game.summary().startswith("2 of 10 tries: best 9")
    assert "diamond" in game.describe()
