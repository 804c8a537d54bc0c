"""Every activation's backward against central differences, in float64."""

from __future__ import annotations

import numpy as np
import pytest

from course import activations
from course.activations import (
    CELU,
    ELU,
    GELU,
    Custom,
    LeakyReLU,
    LogSoftmax,
    ReLU,
    Softmax,
)

# Away from the bends of every variant: -3, -1, 0, 0.5, 1, 3, 4, 6.
X = np.array([[-8.1, -4.3, -2.2, -1.4, -0.7, -0.2], [0.3, 0.8, 1.7, 3.4, 5.2, 8.6]])

VARIANTS = [
    *dict.fromkeys(activations.NAMES.values()),
    ReLU(negative_slope=0.1),
    ReLU(negative_slope=1.5),
    ReLU(max_value=3),
    ReLU(threshold=0.5),
    ReLU(negative_slope=0.3, max_value=4, threshold=0.5),
    LeakyReLU(0.01),
    LeakyReLU(1.0),
    LeakyReLU(1.5),
    LeakyReLU(0.0),
    ELU(0.4),
    ELU(2.0),
    CELU(0.4),
    CELU(2.5),
    GELU(approximate=True),
    Softmax(axis=0),
    LogSoftmax(axis=0),
    Custom(np.sin, np.cos),
]


def numerical(f, dy, x, h=1e-6):
    """Return the gradient of sum(dy · f(x)) by central differences, one element at a time."""
    dx = np.empty_like(x)
    for i in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[i] = h
        up, down = f.forward(x + step), f.forward(x - step)
        dx[i] = np.sum(dy * (up - down)) / (2 * h)
    return dx


@pytest.mark.parametrize("f", VARIANTS, ids=repr)
def test_backward_agrees_with_central_differences(f):
    dy = np.random.default_rng(0).normal(size=X.shape)
    y = f.forward(X)
    dx = f.backward(dy, None if f.from_output else X, y)
    np.testing.assert_allclose(dx, numerical(f, dy, X), rtol=1e-6, atol=2e-7 * abs(y).max())


@pytest.mark.parametrize("f", VARIANTS, ids=repr)
def test_nothing_is_written_into_the_arguments(f):
    x, dy = X.copy(), np.ones_like(X)
    y = f.forward(x)
    kept = y.copy()
    f.backward(dy, None if f.from_output else x, y)
    np.testing.assert_array_equal(x, X)
    np.testing.assert_array_equal(dy, 1)
    np.testing.assert_array_equal(y, kept)


@pytest.mark.parametrize("f", VARIANTS, ids=repr)
def test_output_can_be_written_elsewhere(f):
    out = np.full_like(X, 99)
    assert f.forward(X, out=out) is out
    np.testing.assert_array_equal(out, f.forward(X))


@pytest.mark.parametrize("f", [f for f in VARIANTS if f.from_output], ids=repr)
def test_output_can_take_the_place_of_the_input(f):
    x = X.copy()
    assert f.forward(x, out=x) is x
    np.testing.assert_array_equal(x, f.forward(X))


@pytest.mark.parametrize("f", VARIANTS, ids=repr)
def test_float32_stays_float32(f):
    x = X.astype(np.float32)
    y = f.forward(x)
    dx = f.backward(np.ones_like(x), None if f.from_output else x, y)
    assert y.dtype == dx.dtype == np.float32


@pytest.mark.parametrize(
    ("f", "x", "slope"),
    [
        (ReLU(), 0, 0),
        (ReLU(negative_slope=0.1), 0, 0.1),
        (ReLU(max_value=2), 2, 0),
        (LeakyReLU(), 0, 0.2),
        (ELU(0.5), 0, 0.5),
        (activations.hard_sigmoid, 3, 0),
        (activations.hard_tanh, -1, 0),
    ],
)
def test_the_slope_at_a_bend_is_that_of_the_flatter_side(f, x, slope):
    y = f.forward(np.array([float(x)]))
    np.testing.assert_allclose(f.backward(np.ones(1), None, y), slope)
