"""Killed at any moment and started again: nothing lost, no trial run twice; or refused by name."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from course import tuners as kt
from course.tuners import GridSearch, Hyperband, HyperParameters, RandomSearch, Trial
from searches import X, Y, build, record
from searching import OPTIONS, search

TESTS = Path(__file__).parents[1]


def killed(command: list[str], log: Path, trials: int) -> bool:
    """Run a search and kill it after so many more trials ended; return whether it had time to."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(TESTS), str(TESTS.parent)])}
    before = ended(log)
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if ended(log) >= before + trials:
            process.send_signal(signal.SIGKILL)
        time.sleep(0.002)
    error = process.communicate()[1]
    assert process.returncode in (0, -signal.SIGKILL), error
    return process.returncode != 0


def ended(log: Path) -> int:
    """How many trials were recorded."""
    return log.read_text().count("end") if log.exists() else 0


@pytest.mark.forks
@pytest.mark.parametrize("strategy", [name for name in OPTIONS if hasattr(kt, name)])
def test_killed_and_started_again(strategy: str, tmp_path: Path) -> None:
    log = tmp_path / "log"
    command = [sys.executable, str(TESTS / "searching.py"), strategy, str(tmp_path / "d"), str(log)]
    kills = sum(killed(command, log, trials) for trials in (1, 3))
    assert kills == 2
    tuner = search(strategy, str(tmp_path / "d"), str(log))
    whole = search(strategy, str(tmp_path / "whole"))
    assert record(tuner) == record(whole)
    events = Counter(log.read_text().splitlines())
    # a trial that was recorded is not begun again; killed after recording, before the log: once
    begun = [events[f"begin {t.number}"] for t in tuner.oracle.ordered_trials()]
    assert sum(begun) <= len(begun) + kills
    assert max(events.values()) <= 1 + kills
    best = tuner.get_best_models()[0]
    assert best.evaluate(X, Y) == whole.get_best_models()[0].evaluate(X, Y)


def declared(folder: Path, space: Any, kind: type = RandomSearch, **options: Any) -> Any:
    """A search with another space, strategy or objective in the same folder."""
    arguments = {"objective": "val_loss", "max_trials": 2, "seed": 0} | options

    def hypermodel(hp: HyperParameters) -> Any:
        space(hp)
        return build(HyperParameters())

    return kind(hypermodel, directory=folder, **arguments)


def original(hp: HyperParameters) -> None:
    """What was searched first."""
    hp.Int("units", 8, 64, step=8)
    if hp.Boolean("flag"):
        hp.Float("rate", 0, 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    tuner = declared(tmp_path, original, max_trials=4)
    tuner.search(X, Y, epochs=1, validation_data=(X, Y), verbose=0)
    assert {t.values["flag"] for t in tuner.oracle.trials.values()} == {True, False}
    return tmp_path


def test_a_changed_range_is_refused_by_name(folder: Path) -> None:
    def wider(hp: HyperParameters) -> None:
        hp.Int("units", 8, 128, step=8)
        hp.Boolean("flag")

    message = (
        r"has 'units' as Int\(min_value=8, max_value=64.*it is Int\(min_value=8, max_value=128"
        r".*Give overwrite=True to begin anew, or another project_name to keep both"
    )
    with pytest.raises(ValueError, match=message):
        declared(folder, wider)


def test_a_range_that_changed_where_only_some_trials_get(folder: Path) -> None:
    def deeper(hp: HyperParameters) -> None:
        hp.Int("units", 8, 64, step=8)
        if hp.Boolean("flag"):
            hp.Float("rate", 0, 2)

    with pytest.raises(ValueError, match=r"the model no longer asks for 'rate'|'rate' as Float"):
        declared(folder, deeper)


def test_names_that_came_or_went_are_refused(folder: Path) -> None:
    def more(hp: HyperParameters) -> None:
        original(hp)
        hp.Choice("activation", ["relu", "tanh"])

    def less(hp: HyperParameters) -> None:
        hp.Int("units", 8, 64, step=8)

    message = r"space of the search in .* changed.* trial 0000 the model asks for 'activation' now"
    with pytest.raises(ValueError, match=message):
        declared(folder, more)
    with pytest.raises(ValueError, match=r"the model no longer asks for 'flag'"):
        declared(folder, less)
    assert len(declared(folder, original).oracle.trials) == 4


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (dict(kind=GridSearch), "has strategy='RandomSearchOracle', this one 'GridSearchOracle'"),
        (dict(objective="val_accuracy"), "has objective='val_loss', this one 'val_accuracy'"),
        (dict(seed=1), "has seed=0, this one 1"),
    ],
)
def test_another_search_is_refused(folder: Path, options: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        declared(folder, original, **options)


def test_hyperband_with_other_epochs_is_refused(tmp_path: Path) -> None:
    arguments = dict(objective="val_loss", directory=tmp_path, seed=0)
    tuner = Hyperband(build, max_epochs=2, **arguments)
    tuner.search(X, Y, validation_data=(X, Y), verbose=0)
    with pytest.raises(ValueError, match="has max_epochs=2, this one 4"):
        Hyperband(build, max_epochs=4, **arguments)


def test_the_seed_that_was_drawn_is_kept(folder: Path, tmp_path: Path) -> None:
    first = declared(tmp_path / "b", original, seed=None)
    first.search(X, Y, epochs=1, validation_data=(X, Y), verbose=0)
    assert declared(tmp_path / "b", original, seed=None).oracle.seed == first.oracle.seed
    assert declared(folder, original, seed=None).oracle.seed == 0


class Counted(GridSearch):
    """A space that only running shows: how many there are decides which there are."""

    def run_trial(self, trial: Trial) -> float:
        hp = trial.hyperparameters
        return float(sum(hp.Choice(f"part_{i}", [1, 2]) for i in range(hp.Int("parts", 1, 3))))


def test_a_space_that_only_running_shows_goes_on(tmp_path: Path) -> None:
    for max_trials in (1, 3, 9, None):
        tuner = Counted(max_trials=max_trials, seed=0, directory=tmp_path)
        tuner.search(verbose=0)
    found = [tuple(trial.values.values()) for trial in tuner.oracle.ordered_trials()]
    assert len(found) == len(set(found)) == 2 + 4 + 8


class Interrupted(RandomSearch):
    """Stops in its first trial, before it has declared anything."""

    stops = True

    def run_trial(self, trial: Trial) -> float:
        if self.stops:
            raise KeyboardInterrupt
        return trial.hyperparameters.Float("x", 0, 1)


class Uninterrupted(Interrupted):
    stops = False


def test_what_an_interrupted_trial_had_not_declared_is_drawn_as_it_would_have_been(
    tmp_path: Path,
) -> None:
    with pytest.raises(KeyboardInterrupt):
        Interrupted(max_trials=2, seed=0, directory=tmp_path / "a").search(verbose=0)
    tuners = [Uninterrupted(max_trials=2, seed=0, directory=tmp_path / name) for name in "ab"]
    for tuner in tuners:
        tuner.search(verbose=0)
    assert record(tuners[0]) == record(tuners[1])
