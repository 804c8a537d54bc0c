"""Lesson 11: what is special to its exercises and predictions."""

from __future__ import annotations

import numpy as np

from course.exercises import vanishing_gradients as lesson


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
