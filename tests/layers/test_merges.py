"""The functions do what the layers of the same name do."""

from __future__ import annotations

import numpy as np
import pytest

from course import Input, layers

A, B = np.array([[1.0, -2.0]]), np.array([[3.0, 5.0]])
EXPECTED = {
    "add": [[4, 3]],
    "subtract": [[-2, -7]],
    "multiply": [[3, -10]],
    "average": [[2, 1.5]],
    "maximum": [[3, 5]],
    "minimum": [[1, -2]],
    "concatenate": [[1, -2, 3, 5]],
}


@pytest.mark.parametrize("name", EXPECTED)
def test_of_arrays_and_of_tensors(name: str) -> None:
    merge = getattr(layers, name)
    assert merge([A, B]).tolist() == EXPECTED[name]
    tensor = merge([Input((2,)), Input((2,))], name="joined")
    assert tensor.shape == (None, len(EXPECTED[name][0]))
    assert type(tensor.node.layer).__name__ == name.capitalize()
    assert tensor.name == "joined"


def test_concatenate_takes_an_axis() -> None:
    a, b = A[..., None], B[..., None]
    assert layers.concatenate([a, b], axis=1).tolist() == [[[1], [-2], [3], [5]]]


def test_the_short_names_of_pooling_are_the_same_classes() -> None:
    assert layers.MaxPool2D is layers.MaxPooling2D
    assert layers.AvgPool2D is layers.AveragePooling2D
    assert layers.GlobalAvgPool2D is layers.GlobalAveragePooling2D
