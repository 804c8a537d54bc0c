"""A loss of one's own, and what it must return."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

from course import losses


def squared(y: np.ndarray, p: np.ndarray) -> np.ndarray:
    return ((p - y) ** 2).mean(axis=-1)


def squared_gradient(y: np.ndarray, p: np.ndarray) -> np.ndarray:
    return 2 * (p - y) / y.shape[-1]


def test_it_does_what_its_functions_do() -> None:
    loss = losses.Custom(squared, squared_gradient)
    y, p = np.zeros((2, 2)), np.array([[1.0, 3.0], [0.0, 2.0]])
    assert loss.name == "squared"
    assert loss(y, p) == losses.MeanSquaredError()(y, p)
    np.testing.assert_array_equal(loss.backward(y, p, None), p)
    assert losses.get(loss) is loss


def test_the_gradient_is_a_new_array() -> None:
    kept = np.ones((2, 1))
    loss = losses.Custom(squared, lambda y, p: kept)
    assert loss.backward(kept, kept, None) is not kept


def test_both_are_computed_in_the_type_of_the_outputs() -> None:
    loss = losses.Custom(lambda y, p: [1, 2], lambda y, p: [[1], [2]])
    y = np.zeros((2, 1), "float32")
    values, cache = loss.forward(y, y)
    assert values.dtype == loss.backward(y, y, cache).dtype == np.float32


def test_wrong_shapes_are_named() -> None:
    y = np.zeros((3, 2, 4))
    elementwise = losses.Custom(lambda y, p: (p - y) ** 2, squared_gradient, name="mine")
    with pytest.raises(ValueError, match="The function") as error:
        elementwise.forward(y, y)
    assert str(error.value) == (
        "The function of the loss 'mine' must return one value for each sample, shape (3, 2), got "
        "shape (3, 2, 4). Average over the last axis: np.mean(..., axis=-1)."
    )
    flat = losses.Custom(squared, lambda y, p: np.zeros(3))
    with pytest.raises(ValueError, match=r"'squared'.*\(3, 2, 4\), got shape \(3,\)"):
        flat.backward(y, y, None)


def test_both_must_be_functions() -> None:
    for functions, wrong in (((squared, "g"), "gradient"), (("g", squared), "function")):
        with pytest.raises(TypeError, match=rf"^{wrong} must be a function of .*, got 'g'\.$"):
            losses.Custom(*functions)


def test_a_function_without_a_name_is_custom() -> None:
    assert losses.Custom(partial(squared), squared_gradient).name == "custom"


def test_it_cannot_be_written_to_a_file() -> None:
    with pytest.raises(TypeError, match=r"file\. Save the model .* compile again after loading\.$"):
        losses.Custom(squared, squared_gradient).get_config()
