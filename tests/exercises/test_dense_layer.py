"""Lesson 01: what is special to its exercises and predictions."""

from __future__ import annotations

import numpy as np
import pytest

from course.exercises import dense_layer as lesson
from course.layers import Conv2D, Dense, Flatten, Input
from course.models import Sequential

PREDICTIONS = [
    lesson.predict_scale,
    lesson.predict_count,
    lesson.predict_depth,
    lesson.predict_equal,
]


def test_half_filled_stubs_are_not_attempted_yet() -> None:
    def dense_relu(x: np.ndarray, W: np.ndarray, b: np.ndarray) -> object:
        z = x @ W + b
        return ... if z is not None else z

    def collapse(W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray) -> object:
        W = W1 @ W2
        b = ...
        return W, b

    assert lesson.dense_exercise.diagnose(dense_relu).status == "not attempted"
    assert lesson.collapse_exercise.diagnose(collapse).status == "not attempted"


def test_an_unknown_mistake_gets_the_first_difference() -> None:
    status, said = lesson.image_exercise.diagnose(lambda *_: 1600)
    assert status == "wrong"
    assert "expected 1658, got 1600" in said


@pytest.mark.parametrize("case", lesson.image_exercise.cases)
def test_the_package_counts_the_same(case: tuple[int, ...]) -> None:
    side, channels, window, filters, units = case
    model = Sequential(
        [
            Input(shape=(side, side, channels)),
            Conv2D(filters, window, padding="same"),
            Flatten(),
            Dense(units),
        ]
    )
    assert model.count_params() == lesson.image_parameters(*case)


def test_each_wrong_count_comes_from_a_typical_mistake() -> None:
    case = lesson.image_exercise.cases[0]
    made = {f"{wrong(*case):,}" for wrong in lesson.image_exercise.mistakes.values()}
    right = f"{lesson.image_parameters(*case):,}"
    assert set(lesson.predict_count.choices) - {right} < made
    assert right in lesson.predict_count.choices


def test_the_transfer_question_has_the_number_of_the_package() -> None:
    layer = Dense(64)
    assert layer(np.zeros((1, 100, 512))).shape == (1, 100, 64)
    right = next(answer for answer, (right, _) in lesson.transfer.choices.items() if right)
    assert right == f"{layer.count_params():,}"


def test_collapse_agrees_with_two_layers() -> None:
    W1, b1, W2, b2 = lesson.collapse_exercise.cases[0]
    W, b = lesson.collapse(W1, b1, W2, b2)
    x = np.array([[1.0, -2.0], [0.5, 3.0]])
    np.testing.assert_allclose(x @ W + b, (x @ W1 + b1) @ W2 + b2)


@pytest.mark.parametrize("prediction", PREDICTIONS, ids=lambda prediction: prediction.key)
def test_predictions_belong_to_this_lesson(prediction: object) -> None:
    assert prediction.key.startswith("01.")
