"""Lesson 05: its solutions pass; its stubs and typical mistakes get their own message."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from course.exercises import Exercise
from course.exercises import input_scaling as lesson

EXERCISES = [lesson.standardize_exercise, lesson.min_max_exercise, lesson.raw_exercise]
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


def test_half_filled_stubs_are_not_attempted_yet() -> None:
    def min_max(train: np.ndarray, x: np.ndarray) -> object:
        low = train.min(axis=0)
        high = ...
        return (x - low) / (high - low)

    assert lesson.min_max_exercise.diagnose(min_max).status == "not attempted"


def test_dividing_by_a_spread_of_zero_is_wrong() -> None:
    def careless(train: np.ndarray, x: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return (x - train.mean(axis=0)) / train.std(axis=0)

    status, said = lesson.standardize_exercise.diagnose(careless)
    assert status == "wrong"
    assert "expected 1" in said


def test_raw_weights_give_the_same_answers() -> None:
    rng = np.random.default_rng(0)
    x, w, b = rng.normal(5, 3, (20, 3)), rng.normal(size=3), 0.7
    mean, deviation = x.mean(0), x.std(0)
    w_raw, b_raw = lesson.raw_weights(w, b, mean, deviation)
    np.testing.assert_allclose(x @ w_raw + b_raw, (x - mean) / deviation @ w + b)


def test_predictions_can_be_revealed_in_the_words_of_the_lesson() -> None:
    assert "it diverges" in lesson.predict_unit.choices
    assert "about 50 %" in lesson.predict_sample.choices
    assert "every pixel in another unit" in lesson.predict_digits.choices


@pytest.mark.parametrize("quiz", [*lesson.recall, *lesson.questions])
def test_each_question_has_one_right_answer(quiz: object) -> None:
    assert sum(right for right, _ in quiz.choices.values()) == 1
