"""Lesson 05: what is special to its exercises and predictions."""

from __future__ import annotations

import numpy as np

from course.exercises import input_scaling as lesson


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
