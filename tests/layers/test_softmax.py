"""Softmax as a layer."""

from __future__ import annotations

import numpy as np
import pytest

from course import Input, Sequential
from course.layers import Dense, Softmax


@pytest.mark.parametrize("axis", [-1, 1, 2, -2])
def test_probabilities_along_any_axis_of_a_sample(axis: int) -> None:
    x = np.random.default_rng(0).normal(size=(2, 3, 4)).astype("float32")
    y = Softmax(axis)(x)
    np.testing.assert_allclose(y.sum(axis=axis), 1, rtol=1e-6)
    np.testing.assert_allclose(y, np.exp(x) / np.exp(x).sum(axis=axis, keepdims=True), rtol=1e-5)


def test_as_the_last_layer_it_is_trained_like_the_activation() -> None:
    x = np.random.default_rng(0).normal(size=(20, 2))
    y = np.eye(3)[np.arange(20) % 3]
    apart = Sequential([Input((2,)), Dense(3), Softmax()])
    inside = Sequential([Input((2,)), Dense(3, "softmax")])
    inside.set_weights(apart.get_weights())
    for model in (apart, inside):
        model.compile("sgd", "categorical_crossentropy")
        model.fit(x, y, epochs=3, shuffle=False, verbose=0)
    for a, b in zip(apart.get_weights(), inside.get_weights(), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-5, atol=1e-7)


def test_wrong_axes() -> None:
    with pytest.raises(ValueError, match=r"within each sample: axis must not be 0"):
        Softmax(axis=0)
    with pytest.raises(TypeError, match="axis must be a whole number"):
        Softmax(axis=(1, 2))
    for axis in (2, -2):
        with pytest.raises(ValueError, match=rf"axis={axis} does not fit inputs of shape \(None"):
            Softmax(axis)(Input((3,)))
