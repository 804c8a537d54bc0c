"""Lesson 03: its solutions pass; its stubs and typical mistakes get their own message."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from course.exercises import Exercise
from course.exercises import evidence as lesson
from course.experiments import paired_difference
from course.experiments.best_of import ten_parts
from course.experiments.leaks import strongest

EXERCISES = [
    lesson.interval_exercise,
    lesson.paired_exercise,
    lesson.honest_exercise,
    lesson.prepare_exercise,
]
MISTAKES = [
    (exercise, wrong, message)
    for exercise in EXERCISES
    for message, wrong in exercise.mistakes.items()
]


@pytest.mark.parametrize("exercise", EXERCISES, ids=str)
def test_solution_is_correct(exercise: Exercise, capsys: pytest.CaptureFixture[str]) -> None:
    exercise.solution()
    space: dict = {"np": np, "strongest": strongest}
    exec("from __future__ import annotations\n" + capsys.readouterr().out, space)
    assert exercise.diagnose(space[exercise.name]).status == "correct"


@pytest.mark.parametrize("exercise", EXERCISES, ids=str)
def test_stub_is_not_attempted(exercise: Exercise) -> None:
    def stub(*_: object) -> object:
        return ...

    assert exercise.diagnose(stub).status == "not attempted"


def test_the_faded_stub_of_the_lesson_is_not_attempted() -> None:
    def paired_interval(a: np.ndarray, b: np.ndarray, t: float) -> tuple:
        d = ...
        half = ...
        return d.mean() - half, d.mean() + half

    assert lesson.paired_exercise.diagnose(paired_interval).status == "not attempted"


@pytest.mark.parametrize("exercise", EXERCISES, ids=str)
def test_three_typical_mistakes_are_known(exercise: Exercise) -> None:
    assert len(exercise.mistakes) >= 3
    assert len(exercise.hints) == 2


@pytest.mark.parametrize(("exercise", "wrong", "message"), MISTAKES)
def test_each_mistake_gets_its_own_message(
    exercise: Exercise, wrong: Callable, message: str
) -> None:
    status, said = exercise.diagnose(wrong)
    assert status == "wrong"
    assert message in said


def test_the_worked_interval_is_that_of_the_package() -> None:
    d = lesson.TEN
    expected = paired_difference(d, np.zeros(len(d)))
    np.testing.assert_allclose(lesson.interval(d, 2.262157), expected[1:], atol=1e-6)


def test_an_unknown_mistake_gets_the_first_difference() -> None:
    status, said = lesson.honest_exercise.diagnose(lambda validation, test: 2.0)
    assert status == "wrong"
    assert "expected 0.89, got 2" in said


def test_predictions_can_be_revealed_in_the_words_of_the_lesson() -> None:
    assert "1 to 10 points" in lesson.predict_spread.choices
    assert "about 89 %: most of the gain is luck" in lesson.predict_best.choices
    assert "about 80 %" in lesson.predict_leak.choices


@pytest.mark.parametrize("quiz", [*lesson.recall, *lesson.questions])
def test_each_question_has_one_right_answer(quiz: object) -> None:
    assert sum(right for right, _ in quiz.choices.values()) == 1


def test_the_intervals_of_the_question_are_measured() -> None:
    short, long = 100 * ten_parts("base"), 100 * ten_parts("epochs=40")
    for scores, said in ((short, "85.4 to 88.0"), (long, "86.6 to 88.8")):
        low, high = lesson.interval(scores, 2.262157)
        assert said == f"{low:.1f} to {high:.1f}"
        assert said in lesson.overlap.question
    assert np.sum(long > short) == 8
