"""What layers make of points: a plane through them, and networks that part classes."""

from __future__ import annotations

import numpy as np

from course.datasets import circles, xor
from course.experiments.layer_features import (
    circles_network,
    linear_share,
    new_spirals,
    shares_by_layer,
    spirals_network,
)
from course.experiments.small_circles import best_line


def test_a_plane_parts_what_it_can() -> None:
    x = np.random.default_rng(0).normal(size=(200, 3))
    y = (x @ [1, -2, 0.5] > 0.2).astype(int)
    assert linear_share(x[:100], y[:100], x[100:], y[100:]) > 0.9


def test_no_plane_parts_a_cross() -> None:
    x, y = xor(400, 0.0)
    assert linear_share(x[:200], y[:200], x[200:], y[200:]) < 0.65


def test_a_unit_that_is_always_zero_does_no_harm() -> None:
    x = np.column_stack([np.linspace(-1, 1, 50), np.zeros(50)])
    y = (x[:, 0] > 0).astype(int)
    assert linear_share(x, y, x, y) == 1


def test_circles_are_parted_by_a_line_in_the_layer_of_two() -> None:
    x, y = circles(200, 0.05, 0)
    assert best_line(x, y) < 0.8
    assert best_line(circles_network(0).activations(x)["two"], y) > 0.97


def test_spirals_are_parted_more_with_each_layer() -> None:
    shares = shares_by_layer(spirals_network(2))
    assert len(shares) == 3
    assert shares[0] < shares[1] < shares[2]


def test_new_spirals_are_new() -> None:
    assert not np.array_equal(new_spirals(0)[0], new_spirals(1)[0])
