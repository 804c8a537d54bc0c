"""Lesson 03: what is special to its exercises and predictions."""

from __future__ import annotations

import numpy as np

from course.exercises import evidence as lesson
from course.experiments import paired_difference
from course.experiments.best_of import ten_parts


def test_the_faded_stub_of_the_lesson_is_not_attempted() -> None:
    def paired_interval(a: np.ndarray, b: np.ndarray, t: float) -> tuple:
        d = ...
        half = ...
        return d.mean() - half, d.mean() + half

    assert lesson.paired_exercise.diagnose(paired_interval).status == "not attempted"


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


def test_the_intervals_of_the_question_are_measured() -> None:
    short, long = 100 * ten_parts("base"), 100 * ten_parts("epochs=40")
    for scores, said in ((short, "85.4 to 88.0"), (long, "86.6 to 88.8")):
        low, high = lesson.interval(scores, 2.262157)
        assert said == f"{low:.1f} to {high:.1f}"
        assert said in lesson.overlap.question
    assert np.sum(long > short) == 8
