"""Lesson 02: what is special to its exercises and predictions."""

from __future__ import annotations

import numpy as np
import pytest

from course.exercises import outputs_losses_metrics as lesson

EXERCISES = [lesson.softmax_exercise, lesson.crossentropy_exercise, lesson.f1_exercise]


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
