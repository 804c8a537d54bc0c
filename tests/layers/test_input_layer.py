"""Where data enters."""

from __future__ import annotations

import numpy as np

from course import Input, Model
from course.layers import InputLayer


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
