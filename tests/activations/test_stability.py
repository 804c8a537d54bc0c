"""No activation overflows, and none loses its tails; warnings are errors here."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from course import activations
from course.activations import sigmoid, softmax
from course.activations.error_function import erfc

FUNCTIONS = list(dict.fromkeys([*activations.NAMES.values(), activations.GELU(approximate=True)]))
EXTREMES = [0.0, 1e-30, 1e-3, 1.0, 5.0, 17.0, 40.0, 87.0, 89.0, 100.0, 710.0, 1e4]
FINITE = npst.arrays(np.float64, (3, 4), elements=st.floats(-1e4, 1e4, width=64))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("f", [f for f in FUNCTIONS if f != activations.exponential], ids=repr)
def test_extreme_inputs_give_finite_values_without_a_warning(f, dtype):
    x = np.array([[-v for v in EXTREMES], EXTREMES], dtype)
    y = f.forward(x)
    dx = f.backward(np.ones_like(x), None if f.from_output else x, y)
    assert np.isfinite(y).all()
    assert np.isfinite(dx).all()


def test_gelu_stays_a_number_where_a_signal_has_exploded():
    x = np.array([-1e9, -1e5, 1e5, 1e9], np.float32)
    y = activations.gelu.forward(x)
    np.testing.assert_array_equal(y, [0, 0, 1e5, 1e9])
    np.testing.assert_array_equal(activations.gelu.backward(np.ones_like(x), x, y), [0, 0, 1, 1])


def test_exponential_is_infinite_beyond_the_largest_float():
    x = np.array([-1e4, 1.0, 1e4], np.float32)
    y = activations.exponential.forward(x)
    np.testing.assert_allclose(y, [0, math.e, np.inf], rtol=1e-6)
    np.testing.assert_allclose(activations.exponential.backward(2 * y, None, y)[2], np.inf)


def test_tails_keep_their_relative_precision_in_float32():
    x = np.array([-30.0], np.float32)
    tail = math.exp(-30)
    for f, expected in [
        (sigmoid, tail),
        (activations.softplus, tail),
        (activations.silu, -30 * tail),
        (activations.mish, -30 * tail),
    ]:
        np.testing.assert_allclose(f.forward(x), expected, rtol=1e-5)
    np.testing.assert_allclose(
        activations.gelu.forward(x / 3), -10 * math.erfc(10 / math.sqrt(2)) / 2, rtol=1e-4
    )


def test_log_softmax_reaches_where_softmax_is_zero():
    x = np.array([[0.0, 1e4]], np.float32)
    np.testing.assert_array_equal(activations.log_softmax.forward(x), [[-1e4, 0]])


@given(FINITE)
def test_softmax_sums_to_one_and_ignores_a_shift(x):
    y = softmax.forward(x)
    np.testing.assert_allclose(y.sum(axis=-1), 1)
    np.testing.assert_allclose(softmax.forward(x + 7), y, atol=1e-11)


@given(FINITE)
def test_log_softmax_is_the_log_of_softmax(x):
    np.testing.assert_allclose(np.exp(activations.log_softmax.forward(x)), softmax.forward(x))


@given(FINITE)
def test_sigmoid_is_symmetric(x):
    np.testing.assert_allclose(sigmoid.forward(-x), 1 - sigmoid.forward(x), atol=1e-15)


@given(FINITE)
def test_sigmoid_is_a_stretched_tanh(x):
    np.testing.assert_allclose(sigmoid.forward(x), (1 + np.tanh(x / 2)) / 2, atol=1e-15)


@given(FINITE)
def test_softplus_is_log_of_one_plus_exp(x):
    np.testing.assert_allclose(activations.softplus.forward(x), np.logaddexp(0, x), rtol=1e-13)


@given(FINITE, st.floats(0, 3))
def test_leaky_relu_and_relu_with_a_slope_agree(x, slope):
    leaky, bent = activations.LeakyReLU(slope), activations.ReLU(negative_slope=slope)
    np.testing.assert_array_equal(leaky.forward(x), bent.forward(x))


def test_error_function_is_that_of_the_standard_library():
    x = np.linspace(-8, 26, 5001)
    expected = np.array([math.erfc(v) for v in x])
    np.testing.assert_allclose(erfc(x), expected, rtol=3e-13, atol=0)
    near = abs(x) < 3
    np.testing.assert_allclose(erfc(x[near]), expected[near], rtol=5e-15)


def test_error_function_in_float32():
    x = np.linspace(-4, 4, 801, dtype=np.float32)
    expected = [math.erfc(v) for v in x.tolist()]
    assert erfc(x).dtype == np.float32
    np.testing.assert_allclose(erfc(x), expected, rtol=3e-6)


def test_error_function_in_float32_far_out():
    x = np.array([-1e4, -9, 9, 1e4], np.float32)
    np.testing.assert_allclose(erfc(x), [2, 2, math.erfc(9), 0], rtol=2e-5)
