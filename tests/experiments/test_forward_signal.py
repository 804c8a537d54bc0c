"""Signals of untrained networks: against formulas worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from course import activations, config
from course.experiments.forward_signal import (
    DEPTH,
    ROWS,
    WIDTH,
    flat,
    forward_signal,
    idle,
    slope,
)
from course.initializers import RandomNormal
from course.layers import Dense, Input
from course.models import Sequential


def test_sums_and_outputs_belong_together() -> None:
    signal = forward_signal("tanh", 2.0, 3, bias=0.5, depth=4)
    assert len(signal.sums) == len(signal.outputs) == 4
    assert signal.sums[0].shape == signal.outputs[-1].shape == (ROWS, WIDTH)
    for z, h in zip(signal.sums, signal.outputs, strict=True):
        np.testing.assert_allclose(np.tanh(z), h, atol=1e-5)


def test_a_network_of_dense_layers_with_such_weights_does_the_same() -> None:
    with config.seeded(0):
        wide = RandomNormal(0, 2 / WIDTH**0.5)
        layers = [Dense(WIDTH, "gelu", kernel_initializer=wide) for _ in range(DEPTH)]
        model = Sequential([Input(shape=(WIDTH,)), *layers])
    x = config.generator(0).normal(size=(ROWS, WIDTH))
    sizes = [np.sqrt(np.mean(h**2)) for h in model.activations(x).values()]
    ours = np.median([forward_signal("gelu", 2.0, seed).size for seed in range(5)], axis=0)
    np.testing.assert_allclose(sizes, ours, rtol=0.4)


def test_linear_layers_multiply_by_the_gain() -> None:
    one, two = (forward_signal("linear", gain, 1) for gain in (1.0, 2.0))
    assert len(one.size) == DEPTH
    np.testing.assert_allclose(two.size / one.size, 2.0 ** np.arange(1, DEPTH + 1), rtol=1e-3)
    np.testing.assert_allclose(one.size, 1, atol=0.15)


def test_the_gain_changes_the_size_of_relu_and_no_sign() -> None:
    small, large = (forward_signal("relu", gain, 2) for gain in (0.5, 5.0))
    for z, stretched in zip(small.sums, large.sums, strict=True):
        assert idle("relu", z) == pytest.approx(idle("relu", stretched), abs=0.02)


def test_size_counts_what_all_share_and_differences_do_not() -> None:
    signal = forward_signal("sigmoid", 1.0)
    h = signal.outputs[0].astype(float)
    assert signal.size[0] == pytest.approx(np.sqrt(np.mean(h**2)))
    assert signal.differences[0] == pytest.approx(np.sqrt(np.mean((h - h.mean(0)) ** 2)))
    assert signal.size[-1] > 0.4
    assert signal.differences[-1] < 1e-5
    assert signal.left == pytest.approx(signal.differences[-1] / signal.differences[0])


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "relu", "elu", "gelu", "mish"])
def test_slope_is_the_derivative(name: str) -> None:
    x, step = np.array([-2.0, -0.5, 0.3, 1.5]), 1e-2
    f = activations.get(name)
    by_steps = (f(x + step) - f(x - step)) / (2 * step)
    np.testing.assert_allclose(slope(name, x), by_steps, atol=1e-3)


def test_tanh_and_sigmoid_are_flat_where_their_slope_is_five_per_cent() -> None:
    edge = np.arctanh(np.sqrt(0.95))
    for name, at in (("tanh", edge), ("sigmoid", 2 * edge)):
        assert flat(name, [-at - 0.01, 1 - at, at - 0.01, at + 0.01]).tolist() == [
            True, False, False, True,
        ]  # fmt: skip


def test_two_sided_counts_values_one_sided_counts_units() -> None:
    z = np.array([[-9.0, -9.0, 1.0, 1.0], [-9.0, 9.0, 1.0, 0.0]])
    assert idle("tanh", z) == 0.5
    assert idle("relu", z) == 0.25
    assert idle("leaky_relu", z) == 0
    assert idle("elu", z) == 0.25
