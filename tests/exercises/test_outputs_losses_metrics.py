"""Lesson 02: its solutions pass; its stubs and typical mistakes get their own message."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from course.exercises import Exercise
from course.exercises import outputs_losses_metrics as lesson

EXERCISES = [lesson.softmax_exercise, lesson.crossentropy_exercise, lesson.f1_exercise]
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


def test_the_textbook_form_fails_at_large_logits_and_only_there() -> None:
    def textbook(z: np.ndarray, c: int) -> float:
        with np.errstate(all="ignore"):
            return -np.log(np.exp(z[c]) / np.exp(z).sum())

    assert "overflows" in lesson.crossentropy_exercise.diagnose(textbook).message
    z = np.array([-3.44, 1.16, -0.81, 3.91])
    assert textbook(z, 0) == pytest.approx(lesson.crossentropy(z, 0))


def test_half_a_stub_is_not_attempted() -> None:
    def half(tp: int, fp: int, fn: int) -> float:
        if tp == 0:
            return 0.0
        precision = tp / (tp + fp)
        recall = ...
        return 2 * precision * recall / (precision + recall)

    assert lesson.f1_exercise.diagnose(half).status == "not attempted"


def test_everything_is_kept_under_a_key_of_this_lesson() -> None:
    predictions = [lesson.predict_no, lesson.predict_scale, lesson.predict_typo, lesson.vote_scale]
    keys = [task.key for task in (*EXERCISES, *predictions, *lesson.recall, *lesson.questions)]
    assert all(key.startswith("02.") for key in keys)
    assert len(set(keys)) == 13


def test_f1_by_one_fraction_is_right_too() -> None:
    assert (
        lesson.f1_exercise.diagnose(lambda tp, fp, fn: 2 * tp / (2 * tp + fp + fn)).status
        == "correct"
    )


def test_dividing_by_nothing_is_told() -> None:
    def divides(tp: int, fp: int, fn: int) -> float:
        p, r = tp / (tp + fp), tp / (tp + fn)
        return 2 * p * r / (p + r)

    assert "ZeroDivisionError" in lesson.f1_exercise.diagnose(divides).message


def test_predictions_can_be_revealed_in_the_words_of_the_lesson() -> None:
    assert "about 90 %" in lesson.predict_no.choices
    assert "accuracy stays, loss changes" in lesson.predict_scale.choices
    assert "the one with mean squared error" in lesson.predict_typo.choices


@pytest.mark.parametrize("quiz", [*lesson.recall, *lesson.questions])
def test_each_question_has_one_right_answer(quiz: object) -> None:
    assert sum(right for right, _ in quiz.choices.values()) == 1
