"""A hundred digits by heart: true labels are of use elsewhere, shuffled ones are not."""

from __future__ import annotations

from course.experiments.hundred_digits import learned_by_heart
from course.optimizers import SGD
from course.regularizers import L2


def test_true_labels_are_learned_and_help_with_new_digits() -> None:
    training, test = learned_by_heart(SGD(0.5), 0)
    assert training == 1
    assert 0.8 < test < 0.97


def test_shuffled_labels_are_learned_and_help_nowhere() -> None:
    training, test = learned_by_heart(SGD(0.5), 1, shuffled=True, epochs=100)
    assert training > 0.97
    assert test < 0.2


def test_a_penalty_keeps_it_from_learning_them() -> None:
    penalty = L2(0.02)
    training, _ = learned_by_heart(
        SGD(0.5), 1, shuffled=True, kernel_regularizer=penalty, epochs=100
    )
    assert training < 0.7


def test_the_same_part_is_the_same_training() -> None:
    assert learned_by_heart(SGD(0.1), 3, epochs=2) == learned_by_heart(SGD(0.1), 3, epochs=2)
