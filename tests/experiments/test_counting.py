"""Counting ones: the task, the network that may do it, and its gradient through time."""

from __future__ import annotations

import numpy as np
import pytest

from course import config
from course.experiments.counting import (
    bits,
    counted,
    elman,
    gradient_by_time,
    trained_counter,
)
from course.initializers import Orthogonal


def test_bits_are_counted() -> None:
    x, y = bits(50, 7, seed=3)
    assert x.shape == (50, 7, 1)
    assert set(np.unique(x)) == {0, 1}
    np.testing.assert_array_equal(x.sum(axis=(1, 2)), y[:, 0])


def test_a_perfect_counter_counts_at_every_length() -> None:
    model = elman("linear", units=1)
    model.set_weights([np.ones((1, 1)), np.ones((1, 1)), np.zeros(1), np.ones((1, 1)), np.zeros(1)])
    model.compile("sgd", "mse")
    assert counted(model, 5) == counted(model, 40) == 1
    x, y = bits(20, 9)
    assert not gradient_by_time(model, x, y).any()  # no error, no gradient
    np.testing.assert_allclose(gradient_by_time(model, x, y + 1), 2 / 20)  # each step counts alike


@pytest.mark.parametrize("gain", [0.5, 2.0])
def test_a_linear_gradient_grows_by_the_gain_with_each_step(gain: float) -> None:
    with config.seeded(0):
        model = elman("linear", units=1, recurrent=Orthogonal(gain=gain))
    model.compile("sgd", "mse")
    sizes = gradient_by_time(model, *bits(10, 6))
    np.testing.assert_allclose(sizes[:-1] / sizes[1:], gain, rtol=1e-5)


def test_training_teaches_to_count_at_the_length_that_was_learned() -> None:
    assert counted(trained_counter("relu", 0.01)) > 0.9


def test_there_are_two_activations() -> None:
    with pytest.raises(ValueError, match="activation must be one of"):
        trained_counter("gelu", 0.01)
