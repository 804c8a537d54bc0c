"""Killed before any line of the writing: the old file or the new one, whole, and it goes on."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from course.tuners import RandomSearch, Trial
from course.tuners.storage import Storage
from searches import Parabola, record
from stopped import killed
from writers import WRITERS

# How many lines lie between one kill and the next, where it is not 5.
STRIDES = {"course update": 29, "ModelCheckpoint": 13, "Progress": 1}

ALIKE = ("model.save, older", "model.save_weights")  # as model.save, with other bytes

pytestmark = pytest.mark.forks


@pytest.fixture(autouse=True)
def _unhurried_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda descriptor: None)


@pytest.mark.parametrize("name", [name for name in WRITERS if name not in ALIKE])
def test_a_kill_before_any_line_leaves_the_old_or_the_new(name: str, tmp_path: Path) -> None:
    ready, read, _, modules = WRITERS[name]
    (tmp_path / "old").mkdir()
    ready(tmp_path / "old", 1)()
    seen: list[int] = []
    for line in count(1, STRIDES.get(name, 5)):
        folder = tmp_path / str(line)
        copytree(tmp_path / "old", folder)
        write = ready(folder, 2)
        was_killed = killed(write, line, modules)
        seen.append(read(folder))
        if not was_killed:
            break
        begun = [path for path in folder.rglob("*") if path.name.endswith(".part")]
        assert len(begun) <= 1
        if seen[-1] == 1:
            write()
            assert read(folder) == 2
    assert len(seen) > 3
    assert seen == sorted(seen)
    assert set(seen) == {1, 2}


class Resumed(Parabola):
    """A search of three trials, of which the second fails."""

    def run_trial(self, trial: Trial) -> float:
        value = super().run_trial(trial)
        if trial.number == 1:
            raise ArithmeticError("unlucky")
        return value


def search(folder: Path, **options: Any) -> RandomSearch:
    tuner = Resumed(max_trials=3, seed=0, directory=folder, **options)
    tuner.search(verbose=0)
    return tuner


def results(tuner: RandomSearch) -> list[tuple[Any, ...]]:
    """What a search found, without its log."""
    return [trial[:5] for trial in record(tuner)]


def test_a_search_that_was_killed_before_any_line_ends_as_if_it_had_not_been(
    tmp_path: Path,
) -> None:
    expected = results(search(tmp_path / "whole"))
    modules = ("atomic.py", "storage.py", "tuners/search.py", "base_tuner.py")
    for line in count(1, 97):
        folder = tmp_path / str(line)
        was_killed = killed(lambda folder=folder: search(folder), line, modules)
        assert results(search(folder)) == expected
        if not was_killed:
            break
    assert line > 200


def test_what_a_kill_left_of_a_search_that_was_cleared_is_whole(tmp_path: Path) -> None:
    expected = results(search(tmp_path / "old"))
    for line in count(1, 4):
        folder = tmp_path / str(line)
        copytree(tmp_path / "old", folder)
        was_killed = killed(Storage(folder / "untitled_project").clear, line, ("storage.py",))
        left = results(Resumed(max_trials=3, seed=0, directory=folder))
        assert all(trial in expected for trial in left)
        if not was_killed:
            break
        assert results(search(folder, overwrite=True)) == expected
    assert left == []
    assert line > 20
