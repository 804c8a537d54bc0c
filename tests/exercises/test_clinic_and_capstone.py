"""Lesson 19: what is special to its exercises and predictions."""

from __future__ import annotations

import numpy as np
import pytest

from course.exercises import clinic_and_capstone as lesson
from course.experiments.intervals import wilson


def test_half_filled_stubs_are_not_attempted_yet() -> None:
    stub = (
        "def update_ratio(before, after):\n    step = ...\n    return ... / np.linalg.norm(before)"
    )
    space: dict = {"np": np}
    exec(stub, space)
    assert lesson.update_ratio_exercise.diagnose(space["update_ratio"]).status == "not attempted"


def test_the_solution_is_the_interval_of_the_package() -> None:
    for right, n in ((0, 5), (8, 10), (436, 450), (45, 45)):
        np.testing.assert_allclose(lesson.wilson(right, n), wilson(right, n), atol=1e-12)


def test_initial_loss_of_nothing_known_is_ln_of_the_classes() -> None:
    assert lesson.initial_loss(np.full((2, 7), 3.0), np.array([0, 6])) == pytest.approx(np.log(7))


def test_predictions_can_be_revealed_in_the_words_of_the_lesson() -> None:
    assert "above 20" in lesson.predict_raw.choices
    assert "one or none" in lesson.predict_bigger.choices
