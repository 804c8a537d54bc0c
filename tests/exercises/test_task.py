"""What is kept of predictions, quizzes, exercises and votes, and how the table shows it."""

from __future__ import annotations

import json
import re

import pytest
from ipywidgets import HTML, Button, HBox

from course.exercises import Exercise, Prediction, Progress, Quiz, Vote
from course.exercises.catalogue import Row, rows, table, tasks
from course.exercises.progress import FOLDER

CHOICES = {"four": (True, "Two and two."), "five": (False, "Count again.")}


def double(x):
    return 2 * x


@pytest.fixture
def progress(tmp_path) -> Progress:
    return Progress(tmp_path)


def kept(progress: Progress, key: str) -> dict:
    return json.loads((progress.folder / f"{key}.json").read_text("utf-8"))


def test_a_quiz_counts_tries_until_it_is_right(progress, capsys):
    quiz = Quiz("2 + 2?", CHOICES, "01.sum", progress=progress)
    for answer, tries, said in (("b", 1, "✗ not yet (1 try)"), ("a", 2, "✓ correct (2 tries)")):
        quiz.answer(answer)
        assert kept(progress, "01.sum")["tries"] == tries
        assert quiz.outcome(quiz.kept) == said
    quiz.answer("b")
    assert "Count again" in capsys.readouterr().out
    assert kept(progress, "01.sum") == {"answer": "four", "correct": True, "tries": 2}


def test_the_buttons_of_a_quiz_are_kept_too(progress):
    quiz = Quiz("2 + 2?", CHOICES, "01.sum", progress=progress)
    _, buttons, response = quiz.parts()
    buttons.value = "five"
    assert "Count again" in response.value
    assert kept(progress, "01.sum")["answer"] == "five"


def test_without_a_key_nothing_is_kept(progress, capsys):
    Quiz("2 + 2?", CHOICES, progress=progress).answer("a")
    assert progress.keys() == []


def test_an_exercise_once_correct_stays_so(progress, capsys):
    exercise = Exercise("double", double, [(2,)], key="01.double", progress=progress)

    def stub(x):
        return ...

    exercise.check(stub)
    assert progress.keys() == []
    for attempt, status in ((lambda x: x, "wrong"), (double, "correct"), (lambda x: x, "correct")):
        exercise.check(attempt)
        assert kept(progress, "01.double") == {"status": status}
    assert exercise.outcome({"status": "wrong"}) == "✗ not yet"
    assert exercise.outcome(exercise.kept) == "✓ correct"


def test_the_buttons_of_an_exercise(progress, monkeypatch):
    space = {}
    shell = type("Shell", (), {"user_ns": space})()
    monkeypatch.setattr("course.exercises.exercise.get_ipython", lambda: shell)
    exercise = Exercise("double", double, [(2,)], hints=("x + x",), progress=progress)
    title, row, words = exercise.parts()
    assert isinstance(title, HTML)
    assert isinstance(row, HBox)
    check, hint, solution = row.children
    assert isinstance(check, Button)
    said = []
    for button in (check, hint, hint, solution):
        button.click()
        said.append(words.value)
    space["double"] = double
    check.click()
    expected = ["no function called double yet", "Hint 1 of 1: x + x", "no more hints", "return 2"]
    assert all(part in text for part, text in zip(expected, said, strict=True))
    assert "double: correct" in words.value


def test_an_exercise_on_paper_says_what_to_call():
    exercise = Exercise("double", double, [(2,)])
    assert ".check(double)" in exercise.text()
    assert exercise._repr_mimebundle_()["text/plain"] == exercise.text()


def test_hands_are_kept(progress, capsys):
    vote = Vote("Which?", ["a", "b"], (0.5, 0.5), "01.which", progress=progress)
    vote.count(3, 9)
    assert kept(progress, "01.which") == {"hands": [3, 9]}
    assert vote.outcome(vote.kept) == "hands: 3, 9"


def test_a_prediction_stays_revealed_after_a_restart(progress, capsys):
    def prediction() -> Prediction:
        return Prediction("?", "01.p", ["yes", "no"], progress=Progress(progress.folder))

    first = prediction()
    first.record("yes", "so")
    assert first.outcome(first.kept) == "predicted: yes"
    first.reveal("no")
    again = prediction()
    assert again.outcome(again.kept) == "✗ predicted: yes; measured: no"
    with pytest.raises(ValueError, match="has been revealed"):
        again.record("no", "I knew it")


def test_an_answer_that_is_no_choice_any_more_does_no_harm(progress):
    progress.record("01.p", {"answer": "perhaps", "reason": "so"})
    prediction = Prediction("?", "01.p", ["yes", "no"], progress=progress)
    assert prediction.parts()[1].value is None


def test_the_table_has_a_line_for_every_task(progress, capsys):
    assert {row.status for row in rows(progress)} == {"not attempted yet"}
    progress.record("11.gain_exercise", {"status": "correct"})
    progress.record("11.twenty", {"answer": "it guesses", "reason": "so"})
    found = {row.task: row for row in rows(progress, "11")}
    assert found["gain_exercise"] == Row("11", "exercise", "gain_exercise", "✓ correct")
    assert found["twenty"].status == "predicted: it guesses"
    lines = table(progress, "11").splitlines()
    assert lines[0].split() == ["lesson", "kind", "task", "status"]
    assert lines[-1] == f"2 of {len(found)} attempted"
    assert len(lines) == len(found) + 2


def test_every_task_of_a_lesson_has_a_key_of_its_lesson():
    numbers = {task.key.partition(".")[0] for task in tasks()}
    assert {"00", "11"} <= numbers
    assert all(re.fullmatch(r"\d\d\.\w[\w.-]*", task.key) for task in tasks())
    keys = [task.key for task in tasks()]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(("variable", "there", "kept"), [
    (None, False, None), (None, True, "progress"), ("", True, None), ("mine", True, "mine"),
])  # fmt: skip
def test_where_progress_is_kept(tmp_path, monkeypatch, variable, there, kept):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(FOLDER, raising=False)
    if variable is not None:
        monkeypatch.setenv(FOLDER, variable)
    if there:
        (tmp_path / ".course").mkdir()
    folder = Progress().folder
    assert (folder and folder.name) == kept
    if kept:
        Progress().record("01.a", 1)
        Progress().record("00.b", 2)
        assert Progress().keys() == ["00.b", "01.a"]
