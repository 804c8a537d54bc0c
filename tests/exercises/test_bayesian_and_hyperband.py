"""Lesson 16: what is special to its exercises and predictions."""

from __future__ import annotations

import numpy as np

from course.exercises import bayesian_and_hyperband as lesson
from course.tuners.acquisition import expected_improvement
from course.tuners.brackets import schedule


def test_half_filled_stubs_are_not_attempted_yet() -> None:
    def half(mean: np.ndarray, std: np.ndarray, best: float) -> object:
        z = (best - mean) / std
        explore = ...
        return (best - mean) * lesson.Phi(z) + explore

    assert lesson.improvement_exercise.diagnose(half).status == "not attempted"


def test_brackets_are_those_of_the_package() -> None:
    for R, eta, s_max in ((9, 3, 2), (27, 3, 3), (81, 3, 4), (16, 2, 4)):
        package = [[(r.size, r.epochs) for r in rounds] for rounds in schedule(R, eta)]
        assert [lesson.bracket(R, eta, s, s_max) for s in range(s_max, -1, -1)] == package


def test_expected_improvement_is_that_of_the_package() -> None:
    mean, std = np.array([2.0, 4.0, 6.0]), np.array([0.5, 2.0, 3.0])
    np.testing.assert_allclose(
        lesson.expected_improvement(mean, std, 3.0), expected_improvement(mean, std, 3.0)
    )


def test_predictions_can_be_revealed_in_the_words_of_the_lesson() -> None:
    assert "behind the 30th" in lesson.predict_rank.choices
    assert "none is ahead of random" in lesson.predict_race.choices
