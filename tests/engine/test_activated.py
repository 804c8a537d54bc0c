"""Layers that end in an activation keep what its derivative needs, and no more."""

from __future__ import annotations

import numpy as np
import pytest

from course.engine import ActivatedLayer
from course.layers import Activation, Dense


@pytest.mark.parametrize(("name", "keeps_z"), [("tanh", False), ("gelu", True)])
def test_z_is_kept_only_where_the_derivative_needs_it(name: str, keeps_z: bool) -> None:
    x = np.array([[1.0, -2.0]], "float32")
    layer = Dense(3, name)
    layer(x)
    y, (z, kept, _) = layer.forward(x)
    assert kept is y
    assert (z is not None) is keeps_z


def test_the_input_of_an_activation_layer_is_not_overwritten() -> None:
    x = np.array([[-1.0, 2.0]], "float32")
    assert Activation("relu")(x).tolist() == [[0, 2]]
    assert x.tolist() == [[-1, 2]]


def test_a_subclass_without_its_two_halves_is_told() -> None:
    class Half(ActivatedLayer):
        pass

    with pytest.raises(NotImplementedError, match="Half must define linear_forward"):
        Half("relu")(np.ones((1, 2)))
    with pytest.raises(NotImplementedError, match="Half must define linear_backward"):
        Half("relu").backward(np.ones((1, 2)), (None, np.ones((1, 2)), None))
