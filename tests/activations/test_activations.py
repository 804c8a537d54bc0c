"""How activations are found, called and written down."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pytest

from course import activations
from course.activations import Activation, Custom, LeakyReLU, ReLU, Softmax


@pytest.mark.parametrize("name", activations.NAMES)
def test_a_name_a_class_and_what_was_serialized_are_found(name):
    f = activations.get(name)
    assert f is getattr(activations, name)
    assert activations.get(f) is f
    assert isinstance(activations.get(type(f)), type(f))
    assert activations.get(activations.serialize(f)) == f
    assert type(f).from_config(f.get_config()) == f


def test_none_is_linear_and_swish_is_silu():
    assert activations.get(None) is activations.linear
    assert activations.get("Swish") is activations.silu


@pytest.mark.parametrize(
    "f", [ReLU(negative_slope=0.1, max_value=3), LeakyReLU(0.01), Softmax(axis=1)]
)
def test_parameters_survive_a_file(f):
    kept = json.loads(json.dumps(activations.serialize(f)))
    assert kept["class_name"] == type(f).__name__
    assert activations.get(kept) == f


def test_what_has_a_name_is_written_by_its_name():
    assert activations.serialize(ReLU()) == "relu"
    assert activations.serialize(ReLU(max_value=6)) == "relu6"
    assert activations.serialize(activations.swish) == "silu"


@pytest.mark.parametrize("x", [-2, [-2.0], [[1, -2]], np.zeros((0, 3)), np.ones((2, 3, 4))])
def test_anything_that_holds_numbers_is_welcome(x):
    for f in activations.NAMES.values():
        y = f(x)
        assert y.shape == np.shape(x)
        assert y.dtype == np.float32


def test_options_hold_for_one_call():
    np.testing.assert_allclose(activations.leaky_relu([-1.0], negative_slope=0.5), [-0.5])
    np.testing.assert_allclose(activations.leaky_relu([-1.0], 0.5), [-0.5])
    np.testing.assert_allclose(activations.leaky_relu([-1.0]), [-0.2])
    np.testing.assert_allclose(activations.relu([-1.0, 9.0], 0.1, 4), [-0.1, 4])


def test_numpy_numbers_as_parameters_leave_float32_alone():
    f = LeakyReLU(np.float64(0.3))
    assert f.forward(np.ones(2, np.float32)).dtype == np.float32


def test_calling_leaves_the_input_alone():
    x = np.array([-1.0, 2.0], np.float32)
    for f in activations.NAMES.values():
        f(x)
    np.testing.assert_array_equal(x, [-1, 2])


def test_custom_is_used_like_any_other():
    f = activations.get(Custom(lambda x: x * x, lambda x: 2 * x))
    x = np.array([1.0, 3.0])
    np.testing.assert_array_equal(f.forward(x), [1, 9])
    np.testing.assert_array_equal(f.backward(np.array([1.0, 10.0]), x, f.forward(x)), [2, 60])


def test_a_class_of_ones_own():
    @dataclass(frozen=True)
    class Scaled(Activation):
        factor: float = 2.0

        def forward(self, x, out=None):
            return np.multiply(x, self.factor, out=out)

    f = activations.get(Scaled)
    np.testing.assert_array_equal(f([1, 2], factor=3), [3, 6])
    assert activations.serialize(f) == {
        "module": __name__,
        "class_name": "Scaled",
        "config": {"factor": 2.0},
        "registered_name": "Scaled",
    }
    with pytest.raises(NotImplementedError, match=r"Scaled must define backward\(dy, x, y\)"):
        f.backward(np.ones(1), None, np.ones(1))
    with pytest.raises(NotImplementedError, match=r"Activation must define forward\(x"):
        Activation().forward(np.ones(1))


@pytest.mark.parametrize(
    ("identifier", "error", "message"),
    [
        ("rleu", ValueError, r"Unknown activation 'rleu'\. Did you mean 'relu'\?"),
        (3, TypeError, "activation must be a name such as 'Linear' or an instance"),
        (np.tanh, TypeError, r"function tanh, .* activations\.Custom\(tanh, derivative\)"),
        (int, TypeError, "activation must be a name"),
        ({"class_name": "ReLu7"}, ValueError, "Did you mean 'ReLU'"),
    ],
)
def test_what_cannot_be_found_is_refused(identifier, error, message):
    with pytest.raises(error, match=message):
        activations.get(identifier)


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda: ReLU(negative_slope=-1), ValueError, "negative_slope must be at least 0, got -1"),
        (lambda: ReLU(max_value=-1), ValueError, "max_value must be at least 0"),
        (lambda: ReLU(threshold=-1), ValueError, "threshold must be at least 0"),
        (lambda: LeakyReLU("0.1"), TypeError, "negative_slope must be a number, got '0.1'"),
        (lambda: LeakyReLU(-0.1), ValueError, "negative_slope must be at least 0"),
        (lambda: activations.elu([1.0], alpha=-1), ValueError, "alpha must be at least 0"),
        (lambda: activations.celu([1.0], alpha=0), ValueError, "alpha must be above 0"),
        (lambda: Softmax(axis=0.5), TypeError, "axis must be a whole number, got 0.5"),
        (lambda: Custom(3, np.cos), TypeError, "function must be a function of an array, got 3"),
        (lambda: Custom(np.sin, None), TypeError, "derivative must be a function"),
        (
            lambda: activations.relu([1.0], negativ_slope=1),
            TypeError,
            "ReLU has no argument 'negativ_slope'. Did you mean 'negative_slope'",
        ),
        (lambda: activations.tanh([1.0], 2), TypeError, r"Tanh takes \(x\), got 2 arguments"),
        (lambda: activations.relu("one"), TypeError, "x must be a number or an array"),
        (lambda: activations.relu([object()]), TypeError, "x must be a number or an array"),
        (
            lambda: Custom(np.sum, np.cos)([1.0, 2.0]),
            ValueError,
            r"The function of a Custom activation must return .* \(2,\), got \(\)",
        ),
        (
            lambda: Custom(np.sin, np.sum).backward(np.ones(2), np.ones(2), np.ones(2)),
            ValueError,
            "The derivative of a Custom activation",
        ),
        (lambda: Custom(np.sin, np.cos).get_config(), TypeError, "cannot be written to a file"),
    ],
)
def test_wrong_use_is_refused(call, error, message):
    with pytest.raises(error, match=message):
        call()
