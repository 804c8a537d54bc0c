"""Lesson 11: its solutions pass; its stubs and typical mistakes get their own message."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from course.exercises import Exercise
from course.exercises import vanishing_gradients as lesson

EXERCISES = [lesson.gain_exercise, lesson.step_exercise, lesson.balance_exercise]
MISTAKES = [
    (exercise, wrong, message)
    for exercise in EXERCISES
    for message, wrong in exercise.mistakes.items()
]


@pytest.mark.parametrize("exercise", EXERCISES, ids=str)
def test_solution_is_correct(exercise: Exercise, capsys: pytest.CaptureFixture[str]) -> None:
    exercise.solution()
    space: dict = {"np": np}
    exec("from __future__ import annotations\n" + capsys.readouterr().out, space)
    assert exercise.diagnose(space[exercise.name]).status == "correct"


@pytest.mark.parametrize("exercise", EXERCISES, ids=str)
def test_stub_is_not_attempted(exercise: Exercise) -> None:
    assert exercise.diagnose(_stub).status == "not attempted"


def _stub(*_: object) -> object:
    return ...


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


def test_a_step_that_changes_its_arguments_is_told_so() -> None:
    def in_place(delta: np.ndarray, W: np.ndarray, h: np.ndarray) -> np.ndarray:
        delta *= 1 - h**2
        return delta @ W.T

    assert "changes its own arguments" in lesson.step_exercise.diagnose(in_place).message


def test_an_unknown_mistake_gets_the_first_difference() -> None:
    status, said = lesson.balance_exercise.diagnose(lambda width: 2.0)
    assert status == "wrong"
    assert "expected 0.5, got 2" in said


def test_predictions_can_be_revealed_in_the_words_of_the_lesson() -> None:
    assert "it guesses" in lesson.predict_twenty.choices
    assert "only with a small learning rate" in lesson.predict_width.choices


@pytest.mark.parametrize("quiz", [*lesson.recall, *lesson.questions])
def test_each_question_has_one_right_answer(quiz: object) -> None:
    assert sum(right for right, _ in quiz.choices.values()) == 1
