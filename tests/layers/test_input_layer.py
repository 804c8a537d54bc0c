"""Where data enters."""

from __future__ import annotations

import numpy as np
import pytest

from course import Input, Model
from course.layers import Add, Dense, Flatten, InputLayer, Reshape


def test_input_is_a_symbolic_tensor() -> None:
    x = Input(shape=(28, 28, 1), name="image")
    assert (x.shape, x.name) == ((None, 28, 28, 1), "image")
    assert isinstance(x.node.layer, InputLayer)
    assert x.node.layer.built
    assert Input((None, 3)).shape == (None, None, 3)
    assert Input([2]).shape == (None, 2)


def test_it_hands_on_what_it_is_given() -> None:
    x = Input((2,))
    data = np.array([[1.0, 2.0]], "float32")
    np.testing.assert_array_equal(Model(x, x).predict(data), data)
    layer = x.node.layer
    assert layer.backward(data, layer.forward(data)[1]) is data


def test_batch_size_and_dtype_as_in_keras() -> None:
    assert Input((3,), 8).shape == (8, 3)
    assert Input(batch_shape=(None, 3)).shape == (None, 3)
    assert Input(batch_shape=[4, None, 3]).shape == (4, None, 3)
    assert Input((3,), dtype="int32").node.layer.dtype == "int32"
    assert Input((3,), dtype=np.float64).node.layer.dtype == "float64"
    assert Input((3,)).node.layer.dtype == "float32"


def test_a_batch_size_does_not_bind_the_data() -> None:
    x = Input((2,), batch_size=4)
    model = Model(x, Add()([Dense(2)(x), Dense(2)(Flatten()(Reshape((2, 1))(x)))]))
    assert model.output_shape == (4, 2)
    model.compile("sgd", "mse")
    model.fit(np.ones((5, 2)), np.ones((5, 2)), batch_size=3, verbose=0)
    assert model.predict(np.ones((5, 2)), verbose=0).shape == (5, 2)


def test_its_config_makes_it_again() -> None:
    config = InputLayer((3, None), 8, "int32", name="words").get_config()
    assert config == {"batch_shape": [8, 3, None], "dtype": "int32", "name": "words"}
    assert InputLayer(**config).get_config() == config


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({}, TypeError, r"Input\(shape=...\) takes a tuple such as \(2,\)"),
        ({"shape": 2}, TypeError, r"takes a tuple such as \(2,\) for two features, got 2"),
        ({"shape": (0,)}, ValueError, "shape must be at least 1, got 0"),
        ({"shape": (2,), "batch_size": 0}, ValueError, "batch_size must be at least 1, got 0"),
        ({"shape": (2,), "batch_size": "x"}, TypeError, "batch_size must be a whole number"),
        ({"batch_shape": 3}, TypeError, r"Input\(batch_shape=...\) takes a tuple .*\(None, 2\)"),
        ({"batch_shape": ()}, ValueError, "batch_shape starts with the batch"),
        ({"batch_shape": (None, 2), "shape": (2,)}, ValueError, "Give either batch_shape, or sha"),
        ({"batch_shape": (None, 2), "batch_size": 3}, ValueError, "not both"),
        ({"shape": (2,), "dtype": "string"}, ValueError, "dtype must name real numbers.*'string'"),
        ({"shape": (2,), "dtype": "complex64"}, ValueError, "got 'complex64'"),
        ({"shape": (2,), "dtype": "flot32"}, ValueError, "got 'flot32'"),
    ],
)
def test_wrong_arguments(arguments: dict, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        Input(**arguments)
