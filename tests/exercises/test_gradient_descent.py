"""Lesson 04: what is special to its exercises and predictions."""

from __future__ import annotations

import numpy as np
import pytest

from course.exercises import gradient_descent as lesson
from course.experiments.sales_line import descend, hessian, lowest, sales_data, sales_line

EXERCISES = [
    lesson.update_exercise,
    lesson.gradient_exercise,
    lesson.updates_exercise,
    lesson.loop_exercise,
]
PREDICTIONS = [
    lesson.predict_iterations,
    lesson.predict_batches,
    lesson.predict_angle,
    lesson.predict_rate,
]


def test_half_filled_stubs_are_not_attempted_yet() -> None:
    def gradient(w: float, b: float, x: np.ndarray, y: np.ndarray) -> object:
        e = w * x + b - y
        dw = np.mean(2 * e * x)
        db = ...
        return dw, db

    assert lesson.gradient_exercise.diagnose(gradient).status == "not attempted"


def test_an_unknown_mistake_gets_the_first_difference() -> None:
    status, said = lesson.updates_exercise.diagnose(lambda *_: 11)
    assert status == "wrong"
    assert "expected 10, got 11" in said


def test_the_gradient_is_that_of_the_package() -> None:
    x, y = sales_data(standardized=True)
    found = sales_line(0.1, start=(1.5, -2.0)).gradients(x, y)
    by_hand = lesson.gradient(1.5, -2.0, x[:, 0].astype(float), y.astype(float))
    np.testing.assert_allclose(
        [found["line/kernel"].item(), found["line/bias"].item()], by_hand, rtol=1e-5
    )


@pytest.mark.parametrize("batch_size", [1, 32, 200])
def test_the_loop_is_that_of_the_package(batch_size: int) -> None:
    x, y = sales_data(standardized=True)
    model = sales_line(0.05)
    model.fit(x, y, batch_size=batch_size, shuffle=False, verbose=0)
    w, b = lesson.one_epoch(x[:, 0].astype(float), y.astype(float), 0.0, 0.0, 0.05, batch_size)
    np.testing.assert_allclose([p.item() for p in model.get_weights()], [w, b], rtol=1e-4)


def test_predictions_can_be_revealed_in_the_words_of_the_lesson() -> None:
    assert f"{lesson.updates(200, 32, 1)}" in lesson.predict_iterations.choices
    assert "all 200 at once" in lesson.predict_batches.choices
    assert "almost 90°" in lesson.predict_angle.choices
    assert "it shoots out of the picture" in lesson.predict_rate.choices


def test_the_answers_to_the_questions_are_measured() -> None:
    x, _ = sales_data()
    steepest = [np.linalg.eigvalsh(hessian(x.astype(float) * unit))[-1] for unit in (1, 1000)]
    assert steepest[1] / steepest[0] == pytest.approx(1e6, rel=1e-3)
    assert f"{steepest[0]:,.0f}" in lesson.too_large.choices[_right(lesson.too_large)][1]
    assert "1,000,000" in _right(lesson.transfer)


def test_a_smaller_rate_makes_the_cloud_smaller() -> None:
    """One by one: the mean distance to the lowest point, in the last of five epochs."""
    data = sales_data(standardized=True)

    def cloud(rate: float, seed: int) -> float:
        path = descend(*data, rate, batch_size=1, epochs=5, seed=seed)
        return float(np.linalg.norm(path[-200:] - lowest(*data), axis=1).mean())

    for seed in range(3):
        assert cloud(0.01, seed) < 0.7 * cloud(0.05, seed)
        assert 0.7 < cloud(0.05, seed) < 1.5


def _right(quiz: object) -> str:
    return next(answer for answer, (right, _) in quiz.choices.items() if right)


@pytest.mark.parametrize("task", [*PREDICTIONS, *EXERCISES, *lesson.recall, *lesson.questions])
def test_tasks_belong_to_this_lesson(task: object) -> None:
    assert task.key.startswith("04.")
