"""Lesson 06: its functions against the package, and its words for what is revealed."""

from __future__ import annotations

import numpy as np
import pytest

from course.exercises import learning_rate as lesson
from course.optimizers.schedules import CosineDecay, ExponentialDecay


def test_step_decay_is_that_of_the_package() -> None:
    package = ExponentialDecay(0.3, 7, 0.5, staircase=True)
    assert [lesson.step_decay(t, 0.3, 7) for t in range(50)] == pytest.approx(package.curve(50))


def test_a_cosine_with_warm_up_is_that_of_the_package() -> None:
    package = CosineDecay(0.0, 25, warmup_target=0.3, warmup_steps=5)
    by_hand = [lesson.warm_cosine(t, 0.3, 5, 30) for t in range(31)]
    np.testing.assert_allclose(by_hand, package.curve(31), atol=1e-12)


def test_half_filled_stubs_are_not_attempted_yet() -> None:
    def warm_cosine(step: int, top: float, warm: int, total: int) -> object:
        if step < warm:
            return top * step / warm
        done = ...
        return top * (1 + np.cos(np.pi * done)) / 2

    assert lesson.cosine_exercise.diagnose(warm_cosine).status == "not attempted"


def test_predictions_can_be_revealed_in_the_words_of_the_lesson() -> None:
    assert "below 30 %" in lesson.predict_small.choices
    assert "rise now and then, but come down" in lesson.predict_border.choices
    assert "every decay" in lesson.predict_schedule.choices
    assert "four or more" in lesson.predict_adam.choices
