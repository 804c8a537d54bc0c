"""An activation as a layer."""

from __future__ import annotations

import numpy as np
import pytest

from course import Sequential, activations
from course.layers import Activation, Dense


def test_it_is_its_function() -> None:
    x = np.array([[-1.0, 0.5]], "float32")
    layer = Activation("tanh")
    np.testing.assert_array_equal(layer(x), np.tanh(x))
    assert Activation(activations.relu)(x).tolist() == [[0, 0.5]]
    assert layer.weights == []
    assert layer.compute_output_shape((None, 3, 2)) == (None, 3, 2)


def test_it_is_the_same_inside_dense_and_after_it() -> None:
    x = np.ones((2, 3), "float32")
    inside, after = Dense(4, "sigmoid"), Sequential([Dense(4), Activation("sigmoid")])
    inside(x)
    after(x)
    after.set_weights(inside.get_weights())
    np.testing.assert_array_equal(inside(x), after(x))


def test_it_wants_to_know_which() -> None:
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'activation'"):
        Activation()
    with pytest.raises(ValueError, match="Did you mean 'relu'"):
        Activation("rellu")
    x = np.array([[-1.0, 2.0]], "float32")
    np.testing.assert_array_equal(Activation(None)(x), x)
