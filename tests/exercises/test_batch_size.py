"""Lesson 08: what is special to it; the table-driven test has the rest."""

from __future__ import annotations

import numpy as np

from course.exercises import batch_size as lesson
from course.experiments.batch_digits import SIZES, budget
from course.experiments.gradient_noise import expected_noise


def test_half_filled_stubs_are_not_attempted_yet() -> None:
    def noise(sigma: float, batch_size: int, n: int) -> object:
        mean_of_batch = sigma / np.sqrt(batch_size)
        not_twice = ...
        return mean_of_batch * not_twice

    assert lesson.noise_exercise.diagnose(noise).status == "not attempted"


def test_the_noise_of_the_exercise_is_that_of_the_package() -> None:
    for size in SIZES:
        np.testing.assert_allclose(
            lesson.noise(4.1, size, 512), expected_noise(4.1, size, 512), atol=1e-12
        )


def test_the_epochs_of_the_exercise_are_those_of_the_explorer() -> None:
    for size in SIZES:
        assert lesson.epochs_needed(budget(size, "updates"), 512, size) == size


def test_predictions_can_be_revealed_in_the_words_of_the_lesson() -> None:
    assert "falls by more" in lesson.predict_epochs.choices
    assert "8 times as much" in lesson.predict_rule.choices
    assert "all within two points" in lesson.predict_unseen.choices
