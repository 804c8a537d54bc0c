"""Lesson 15: what is special to its exercises and predictions."""

from __future__ import annotations

import numpy as np

from course.exercises import grid_and_random_search as lesson


def test_half_filled_stubs_are_not_attempted_yet() -> None:
    def log_uniform(u: np.ndarray, low: float, high: float) -> object:
        start = np.log10(low)
        end = ...
        return 10 ** (start + u * (end - start))

    assert lesson.log_uniform_exercise.diagnose(log_uniform).status == "not attempted"


def test_the_other_logarithm_is_right_too() -> None:
    def log_uniform(u: np.ndarray, low: float, high: float) -> np.ndarray:
        return low * (high / low) ** u

    assert lesson.log_uniform_exercise.diagnose(log_uniform).status == "correct"


def test_fifty_nine_trials() -> None:
    assert lesson.chance(0.05, 59) >= 0.95 > lesson.chance(0.05, 58)


def test_predictions_can_be_revealed_in_the_words_of_the_lesson() -> None:
    for prediction, measured in (
        (lesson.predict_hand, "about 70 %"),
        (lesson.predict_irrelevant, "about 70 %"),
        (lesson.predict_both, "about 35 %"),
        (lesson.predict_folds, "45 trials, 1 fold each"),
    ):
        assert measured in prediction.choices
