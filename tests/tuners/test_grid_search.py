"""The order of a grid, by hand, and that nothing is left out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.tuners import GridSearch, HyperParameters, Trial


def search(space: Callable[[HyperParameters], Any], folder: Path, **options: Any) -> GridSearch:
    """Search a grid whose trials only declare `space`."""

    class Grid(GridSearch):
        def run_trial(self, trial: Trial) -> float:
            space(trial.hyperparameters)
            return 0.0

    tuner = Grid(directory=folder, **options)
    tuner.search(verbose=0)
    return tuner


def order(tuner: GridSearch) -> list[tuple[Any, ...]]:
    """The values of the trials in their order."""
    return [tuple(t.values.values()) for t in tuner.oracle.ordered_trials()]


def test_the_last_one_changes_fastest_and_each_begins_with_its_default(tmp_path: Path) -> None:
    def space(hp: HyperParameters) -> None:
        hp.Choice("optimizer", ["sgd", "adam"])
        hp.Int("n", 1, 3, default=2)
        hp.Boolean("flag", default=True)

    assert order(search(space, tmp_path)) == [
        (optimizer, n, flag)
        for optimizer in ("sgd", "adam")
        for n in (2, 1, 3)
        for flag in (True, False)
    ]


def test_what_depends_on_others_is_varied_only_where_it_is_used(tmp_path: Path) -> None:
    def space(hp: HyperParameters) -> None:
        kind = hp.Choice("kind", ["mlp", "cnn"])
        with hp.conditional_scope("kind", ["mlp"]):
            hp.Choice("units", [8, 16])
        with hp.conditional_scope("kind", ["cnn"]):
            hp.Choice("filters", [2, 4])
            if kind == "cnn":
                hp.Boolean("pool")
        hp.Choice("rate", [0.1, 0.01])

    assert order(search(space, tmp_path)) == [
        ("mlp", 8, 0.1),
        ("mlp", 8, 0.01),
        ("mlp", 16, 0.1),
        ("mlp", 16, 0.01),
        ("cnn", 2, 0.1, False),
        ("cnn", 2, 0.1, True),
        ("cnn", 2, 0.01, False),
        ("cnn", 2, 0.01, True),
        ("cnn", 4, 0.1, False),
        ("cnn", 4, 0.1, True),
        ("cnn", 4, 0.01, False),
        ("cnn", 4, 0.01, True),
    ]


@pytest.mark.parametrize("default", [1, 2, 3])
def test_a_space_that_turns_up_while_building_is_covered(tmp_path: Path, default: int) -> None:
    def space(hp: HyperParameters) -> None:
        for i in range(hp.Int("n", 1, 3, default=default)):
            hp.Choice(f"units_{i}", [4, 8])

    tuner = search(space, tmp_path)
    tried = [
        tuple(sorted(values.items())) for values in (t.values for t in tuner.oracle.trials.values())
    ]
    assert len(tried) == len(set(tried)) == 2 + 4 + 8
    sizes = [t.values["n"] for t in tuner.oracle.ordered_trials()]
    assert sizes == [n for n in (default, *{1, 2, 3} - {default}) for _ in range(2**n)]


def test_a_range_without_step_has_its_default_and_ten_values(tmp_path: Path) -> None:
    tuner = search(lambda hp: hp.Float("x", 0, 1), tmp_path)
    assert order(tuner) == [(0.0,), *((pytest.approx(i / 10 + 0.05),) for i in range(10))]


def test_more_trials_go_on_where_fewer_ended(tmp_path: Path) -> None:
    def space(hp: HyperParameters) -> None:
        hp.Int("a", 0, 2)
        hp.Int("b", 0, 2)

    whole = [(a, b) for a in range(3) for b in range(3)]
    for max_trials, expected in ((2, whole[:2]), (5, whole[:5]), (5, whole[:5]), (None, whole)):
        assert order(search(space, tmp_path, max_trials=max_trials)) == expected


def test_an_exhausted_grid_says_so(tmp_path: Path, capsys: Any) -> None:
    class Grid(GridSearch):
        def run_trial(self, trial: Trial) -> float:
            return float(trial.hyperparameters.Int("a", 0, 1))

    tuner = Grid(directory=tmp_path, max_trials=5)
    tuner.search()
    assert "Every configuration was tried: 2 trials." in capsys.readouterr().out
    tuner.search()
    assert "Going on after 2 trials in" in capsys.readouterr().out
    assert len(tuner.oracle.trials) == 2


def test_nothing_to_search_is_one_trial(tmp_path: Path) -> None:
    assert order(search(lambda hp: hp.Fixed("a", 1), tmp_path)) == [(1,)]
    assert order(search(lambda hp: None, tmp_path / "b")) == [()]
