"""Small networks on two circles: they repeat, and the best line is the best of all lines."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.small_circles import (
    alike,
    best_line,
    eight,
    new_circles,
    small_circles,
)
from course.layers import Dense, Input
from course.models import Sequential


def _layers() -> list[Dense]:
    return [Dense(8, "tanh"), Dense(1, "sigmoid")]


def test_a_seed_repeats_and_another_differs() -> None:
    one, again, other = (small_circles(_layers(), "adam", seed) for seed in (3, 3, 4))
    for a, b in zip(one[0].get_weights(), again[0].get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    assert one[1] == again[1]
    assert not np.array_equal(one[0].get_weights()[0], other[0].get_weights()[0])


def test_accuracy_is_that_on_new_points() -> None:
    model, accuracy = small_circles(_layers(), "adam", seed=1)
    x, y = new_circles(1)
    assert accuracy == pytest.approx(np.mean((model.predict(x, verbose=0)[:, 0] > 0.5) == y))


@pytest.mark.parametrize("turn", [0.0, 90.0, 180.0, 300.0])
def test_a_line_that_separates_is_found(turn: float) -> None:
    x = np.random.default_rng(0).normal(size=(50, 2))
    y = (x @ [np.cos(np.radians(turn)), np.sin(np.radians(turn))] > 0.3).astype(int)
    assert best_line(x, y) == 1


def test_xor_is_right_on_three_of_four_points_at_most() -> None:
    x = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    assert best_line(x, np.array([0, 1, 1, 0])) == 0.75


def test_no_random_line_beats_the_best_one() -> None:
    x, y = new_circles(0)
    w, b = np.random.default_rng(0).normal(size=(2, 300)), np.linspace(-1, 1, 300)
    found = ((x @ w > b) == y[:, None]).mean(axis=0)
    assert found.max() <= best_line(x, y) + 0.02  # 120 directions miss the very best by little
    assert best_line(x, y) >= 0.5


def test_where_all_are_of_one_class_any_line_beside_them_is_right() -> None:
    x = np.random.default_rng(0).normal(size=(20, 2))
    assert best_line(x, np.ones(20, int)) == best_line(x, np.zeros(20, int)) == 1


def test_units_are_alike_if_weights_and_biases_are() -> None:
    model = Sequential([Input(shape=(2,)), Dense(4)])
    W = np.array([[1.0, 1.0, 1.0, 1.02], [2.0, 2.0, 2.0, 2.0]])
    model.set_weights([W, np.array([0.0, 0.005, 0.5, 0.0])])
    assert alike(model) == 2
    assert alike(model, within=0.03) == 3
    model.set_weights([np.ones((2, 4)), np.zeros(4)])
    assert alike(model) == 4


def test_eight_units_start_equal_unless_told_otherwise() -> None:
    equal = Sequential([Input(shape=(2,)), *eight()])
    assert alike(equal) == 8
    assert [set(w.ravel()) for w in equal.get_weights()] == [{0.5}, {0}, {0.5}, {0}]
    apart = Sequential([Input(shape=(2,)), *eight("glorot_uniform", "ones", "zeros", 0.2)])
    assert alike(apart) < 8
    assert [set(w.ravel()) for w in apart.get_weights()[1:]] == [{1}, {0}, {0}]
    assert apart.layers[1].rate == 0.2
