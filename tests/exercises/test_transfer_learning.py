"""Lesson 18: what is special to its exercises and predictions."""

from __future__ import annotations

import numpy as np

from course.exercises import transfer_learning as lesson
from course.experiments import transfer_table, transferred_digits


def test_half_filled_stubs_are_not_attempted_yet() -> None:
    def transplant(source: list, fresh: list) -> object:
        features = source[:-2]
        head = ...
        return [*features, *head]

    assert lesson.transplant_exercise.diagnose(transplant).status == "not attempted"


def test_the_count_is_that_of_the_model() -> None:
    model = transferred_digits.beginning("new digits", "frozen", 0.01)
    learned = sum(weight.size for weight in model.trainable_weights)
    assert lesson.trainable_parameters((64, 64, 64, 5), 2) == learned
    assert lesson.trainable_parameters((64, 64, 64, 5), 0) == model.count_params()


def test_transplanted_weights_fit_the_new_network() -> None:
    source, fresh = (transferred_digits.hidden_64_64(classes) for classes in (10, 2))
    weights = lesson.transplant(source.get_weights(), fresh.get_weights())
    fresh.set_weights(weights)
    np.testing.assert_array_equal(fresh.get_weights()[2], source.get_weights()[2])


def test_the_crossover_is_that_of_the_explorer() -> None:
    rng = np.random.default_rng(0)
    for _ in range(50):
        a, b = rng.integers(0, 4, (2, 5))
        counts = (5, 10, 20, 50, 100)
        assert lesson.crossover(counts, a, b) == transfer_table.crossover(counts, a, b)
