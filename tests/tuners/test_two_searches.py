"""Several searches in one folder: one at a time, and never two different ones in it."""

from __future__ import annotations

import os
import time
import traceback
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from course import config
from course.tuners import GridSearch, HyperParameters, RandomSearch, Trial
from course.tuners.storage import Storage
from searches import record


class Sum(RandomSearch):
    """Adds up its hyperparameters."""

    def run_trial(self, trial: Trial) -> float:
        hp = trial.hyperparameters
        return hp.Float("x", 0, 1) + hp.Int("n", 1, 3)


class Wider(RandomSearch):
    """The same over a wider space."""

    def run_trial(self, trial: Trial) -> float:
        hp = trial.hyperparameters
        return hp.Float("x", 0, 1) + hp.Int("n", 1, 4)


def space(hp: HyperParameters) -> None:
    hp.Float("x", 0, 1)
    hp.Int("n", 1, 3)


def make(folder: Path, kind: Any = Sum, **options: Any) -> Any:
    return kind(**{"max_trials": 3, "seed": 0, "directory": folder} | options)


def is_free(lock: Path) -> bool:
    """Whether another process could take the lock."""
    import fcntl

    child = os.fork()
    if child == 0:
        try:
            with lock.open("a+") as file:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


@pytest.mark.forks
def test_a_refused_search_does_not_open_the_door_to_other_processes(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    with storage.locked():
        assert not is_free(tmp_path / "lock")
        with (
            pytest.raises(RuntimeError, match="Another search is writing into"),
            Storage(tmp_path).locked(),
        ):
            pass
        assert not is_free(tmp_path / "lock")
    assert is_free(tmp_path / "lock")


@pytest.mark.forks
def test_processes_that_all_search_in_one_folder_share_the_work(tmp_path: Path) -> None:
    folder, log = tmp_path / "search", tmp_path / "log"

    class Logged(Sum):
        def run_trial(self, trial: Trial) -> float:
            with log.open("a") as file:
                file.write(f"{trial.number}\n")
            time.sleep(0.002)
            return super().run_trial(trial)

    def search() -> None:
        for trials in range(1, 7):
            while True:
                try:
                    make(folder, Logged, max_trials=trials).search(verbose=0)
                    break
                except RuntimeError as error:
                    if "Another search is writing into" not in str(error):
                        raise
                    time.sleep(0.001)

    children = []
    for _ in range(3):
        child = os.fork()
        if child == 0:
            status = 1
            try:
                search()
                status = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(status)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    alone = make(tmp_path / "alone", max_trials=6)
    alone.search(verbose=0)
    assert record(make(folder, max_trials=6)) == record(alone)
    assert Counter(log.read_text().split()) == dict.fromkeys("012345", 1)


def test_one_that_is_made_while_another_one_records_sees_all_of_one_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = make(tmp_path)
    first.save()
    load, meanwhile = Storage.load_search, iter([lambda: first.search(verbose=0)])

    def slowly(storage: Storage) -> dict[str, Any]:
        read = load(storage)
        for search in meanwhile:  # once
            search()
        return read

    monkeypatch.setattr(Storage, "load_search", slowly)
    assert record(make(tmp_path)) == record(first)


def test_a_search_that_was_made_before_another_one_ran_takes_over_its_trials(
    tmp_path: Path,
) -> None:
    first, second = make(tmp_path, max_trials=2), make(tmp_path)
    first.search(verbose=0)
    second.search(verbose=0)
    alone = make(tmp_path / "alone")
    alone.search(verbose=0)
    assert record(second) == record(alone)
    first.oracle.max_trials = 5
    first.search(verbose=0)
    assert [t.seed for t in first.oracle.ordered_trials()[:3]] == [
        t.seed for t in second.oracle.ordered_trials()
    ]
    assert len(first.oracle.trials) == 5


def test_one_without_a_seed_takes_over_that_of_the_one_that_ran(tmp_path: Path) -> None:
    with config.seeded(1):
        first, second = make(tmp_path, seed=None), make(tmp_path, seed=None, max_trials=5)
    assert first.oracle.seed != second.oracle.seed
    first.search(verbose=0)
    second.search(verbose=0)
    assert second.oracle.seed == first.oracle.seed
    alone = make(tmp_path / "alone", seed=first.oracle.seed, max_trials=5)
    alone.search(verbose=0)
    assert record(second) == record(alone)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (dict(seed=1), "has seed=0, this one 1"),
        (dict(kind=type("Sum", (GridSearch,), {"run_trial": Sum.run_trial})), "has strategy="),
        (dict(objective="val_loss"), "has objective="),
        (dict(hypermodel=lambda hp: hp.Int("n", 1, 4)), r"has 'n' as Int.*it is Int"),
        (dict(kind=Wider), r"'n' was declared as Int|has 'n' as Int"),
    ],
)
def test_a_different_one_that_was_made_before_is_refused_and_changes_nothing(
    options: dict[str, Any], message: str, tmp_path: Path
) -> None:
    first, other = make(tmp_path), make(tmp_path, **{"max_trials": 5} | options)
    first.search(verbose=0)
    files = {path: path.read_bytes() for path in tmp_path.rglob("*.json")}
    with pytest.raises((ValueError, RuntimeError), match=message):
        other.search(verbose=0)
    now = {path: path.read_bytes() for path in tmp_path.rglob("*.json")}
    assert {path: now[path] for path in files} == files
    first = make(tmp_path)
    assert [t.status for t in first.oracle.ordered_trials()[:3]] == ["COMPLETED"] * 3


def test_one_whose_folder_was_cleared_begins_anew(tmp_path: Path) -> None:
    first = make(tmp_path, hypermodel=space)
    first.search(verbose=0)
    before = record(first)
    make(tmp_path, hypermodel=space, overwrite=True)
    first.search(verbose=0)
    assert record(first) == before
    assert record(make(tmp_path, hypermodel=space)) == before
