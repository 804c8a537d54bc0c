"""Lesson 09: answers that are right in another form, and words that the lesson reveals."""

from __future__ import annotations

import numpy as np

from course.exercises import width_and_depth as lesson
from course.experiments.curves_by_width import answers, one_layer


def test_a_fold_that_is_half_filled_is_not_attempted_yet() -> None:
    def fold(x: np.ndarray, folds: int) -> object:
        for _ in range(folds):
            h1 = np.maximum(x, 0)
            h2 = ...
            x = 2 * h1 - 4 * h2
        return x

    assert lesson.fold_exercise.diagnose(fold).status == "not attempted"


def test_a_tent_without_relu_is_right_on_its_interval() -> None:
    def fold(x: np.ndarray, folds: int) -> np.ndarray:
        for _ in range(folds):
            x = 1 - abs(1 - 2 * x)
        return x

    assert lesson.fold_exercise.diagnose(fold).status == "correct"


def test_a_hat_by_interpolation_is_right() -> None:
    def hat(x: np.ndarray, left: float, top: float, right: float) -> np.ndarray:
        return np.interp(x, [left, top, right], [0, 1, 0])

    assert lesson.hat_exercise.diagnose(hat).status == "correct"


def test_step_weights_make_a_step_in_a_network() -> None:
    biases, outputs = lesson.step_weights(-0.5, 4.0)
    model = one_layer(2)
    model.set_weights([np.ones((1, 2)), biases, outputs[:, None], np.zeros(1)])
    np.testing.assert_allclose(
        answers(model, [-2, -0.5, -0.375, -0.25, 3]), [0, 0, 0.5, 1, 1], atol=1e-6
    )


def test_predictions_can_be_revealed_in_the_words_of_the_lesson() -> None:
    assert "a quarter" in lesson.predict_width.choices
    assert "none" in lesson.predict_train.choices
    assert "about as before, within a third" in lesson.predict_noisy.choices
