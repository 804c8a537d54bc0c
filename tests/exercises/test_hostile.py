"""Answers in a file that is damaged or made up: refused by its name when the task is made."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.exercises import Exercise, Prediction, Progress, Quiz, Vote
from course.exercises.task import Task

CHOICES = {"four": (True, "Two and two."), "five": (False, "Count again.")}
Make = Callable[[Progress], Task]


def quiz(progress: Progress) -> Task:
    return Quiz("2 + 2?", CHOICES, "01.a", progress=progress)


def choice(progress: Progress) -> Task:
    return Prediction("2 + 2?", "01.a", list(CHOICES), progress=progress)


def number(progress: Progress) -> Task:
    return Prediction("How much?", "01.a", progress=progress)


def exercise(progress: Progress) -> Task:
    return Exercise("double", lambda x: 2 * x, [(2,)], key="01.a", progress=progress)


def vote(progress: Progress) -> Task:
    return Vote("2 + 2?", list(CHOICES), [0.5, 0.5], "01.a", progress=progress)


FILES: list[tuple[Make, Any, str]] = [
    (quiz, ["four"], r"outcome of this quiz \(list\)"),
    (quiz, 0, r"outcome of this quiz \(int\)"),
    (quiz, {"tries": "many"}, r"\(tries\)"),
    (quiz, {"tries": -1}, r"\(tries\)"),
    (quiz, {"tries": True}, r"\(tries\)"),
    (choice, "four", r"outcome of this prediction \(str\)"),
    (choice, {"answer": 4}, r"\(answer\)"),
    (choice, {"answer": {"a": 1}, "reason": 3}, r"\((answer, reason|reason, answer)\)"),
    (choice, {"answer": "four", "measured": 5}, r"\(measured\)"),
    (number, {"answer": "a lot"}, r"\(answer\)"),
    (number, {"answer": 10**400}, r"\(answer\)"),
    (number, {"answer": float("nan")}, r"\(answer\)"),
    (exercise, {"status": "<script>"}, r"outcome of this exercise \(status\)"),
    (exercise, {"status": [1]}, r"\(status\)"),
    (vote, {"hands": None}, r"\(hands\)"),
    (vote, {"hands": 3}, r"outcome of this vote \(hands\)"),
]


@pytest.mark.parametrize(("make", "kept", "match"), FILES)
def test_what_is_no_outcome(make: Make, kept: Any, match: str, tmp_path: Path) -> None:
    (tmp_path / "01.a.json").write_text(json.dumps(kept))
    with pytest.raises(
        ValueError, match=rf"kept in .*01\.a\.json is no .*{match}; delete the file"
    ):
        make(Progress(tmp_path))


@pytest.mark.parametrize("content", [b"[" * 200_000, b"\xff", b"9" * 10_000, b" " * (9 * 2**20)])
def test_what_is_no_json(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "01.a.json").write_bytes(content)
    with pytest.raises(ValueError, match=r"01\.a\.json cannot be read .*; delete the file"):
        quiz(Progress(tmp_path))


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "01.a.json")
    else:
        (tmp_path / "01.a.json").mkdir()
    with pytest.raises(ValueError, match=r"01\.a\.json cannot be read \(it is no file\)"):
        quiz(Progress(tmp_path))


def test_what_is_kept_is_shown_as_text(tmp_path: Path) -> None:
    kept = {"answer": "four", "reason": "<img src=x onerror=alert(1)>"}
    (tmp_path / "01.a.json").write_text(json.dumps(kept))
    *_, status = choice(Progress(tmp_path)).parts()
    assert "&lt;img" in status.value
    assert "<img" not in status.value


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "01.a.json").symlink_to(tmp_path / "precious")
    with pytest.raises(PermissionError, match=r"a link leads to .*precious.*remove the link"):
        Progress(tmp_path / "answers").record("01.a", 1)
    assert not (tmp_path / "precious").exists()
