"""Lesson 07: its exercises against the package, its predictions in the words of the lesson."""

from __future__ import annotations

import numpy as np
import pytest

from course.exercises import optimizers as lesson
from course.experiments.update_rules import follow
from course.optimizers import SGD, Adam, RMSprop

GRADIENTS = np.random.default_rng(0).normal(size=20)


def test_solutions_take_the_steps_of_the_package() -> None:
    w = np.ones(3)  # of momentum, RMSprop and Adam
    m = v = m2 = v2 = 0.0
    rules = SGD(0.1, momentum=0.8), RMSprop(0.1, 0.7, epsilon=0.1), Adam(0.1, 0.8, 0.9, 0.05)
    paths = np.column_stack([follow(rule, GRADIENTS) for rule in rules])
    for t, g in enumerate(GRADIENTS, 1):
        w[0], m = lesson.momentum_step(w[0], m, g, 0.1, 0.8)
        w[1], v = lesson.rmsprop_step(w[1], v, g, 0.1, 0.7, 0.1)
        w[2], m2, v2 = lesson.adam_step(w[2], m2, v2, g, t, 0.1, 0.8, 0.9, 0.05)
        np.testing.assert_allclose(w, paths[t])


def test_half_filled_stubs_are_not_attempted_yet() -> None:
    def rmsprop_step(w, v, g, learning_rate, rho, epsilon):
        v = rho * v + (1 - rho) * g**2
        w = ...
        return w, v

    assert lesson.rmsprop_exercise.diagnose(rmsprop_step).status == "not attempted"


def test_other_ways_to_write_the_same_are_right() -> None:
    def momentum_step(w, m, g, learning_rate, beta):
        push = learning_rate * g
        return w + beta * m - push, beta * m - push

    def adam_step(w, m, v, g, t, learning_rate, beta_1, beta_2, epsilon):
        m, v = m + (1 - beta_1) * (g - m), v + (1 - beta_2) * (g * g - v)
        rate = learning_rate * (1 - beta_2**t) ** 0.5 / (1 - beta_1**t)
        return w - rate * m / (v**0.5 + epsilon), m, v

    assert lesson.momentum_exercise.diagnose(momentum_step).status == "correct"
    assert lesson.adam_exercise.diagnose(adam_step).status == "correct"


@pytest.mark.parametrize(
    ("prediction", "measured"),
    [
        (lesson.predict_form, "0.01"),
        (lesson.predict_effective, "about 420: nearly the same"),
        (lesson.predict_epsilon, "about 30 times smaller"),
        (lesson.predict_rates, "below 30 %"),
    ],
)
def test_predictions_can_be_revealed_in_the_words_of_the_lesson(
    prediction: object, measured: str
) -> None:
    assert measured in prediction.choices
