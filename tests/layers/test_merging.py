"""Layers that take lists."""

from __future__ import annotations

import numpy as np
import pytest

from course import Input
from course.layers import Add, Concatenate


def test_add() -> None:
    a, b = np.array([[1.0, 2.0]], "float32"), np.array([[10.0, 20.0]], "float32")
    assert Add()([a, b, a]).tolist() == [[12, 24]]
    assert a.tolist() == [[1, 2]]
    assert Add()([Input((3, 2)), Input((3, 2))]).shape == (None, 3, 2)


def test_concatenate() -> None:
    a, b = np.ones((2, 3, 1), "float32"), np.zeros((2, 3, 2), "float32")
    y, cuts = Concatenate().forward([a, b])
    assert y[0, 0].tolist() == [1, 0, 0]
    da, db = Concatenate().backward(y, cuts)
    np.testing.assert_array_equal(da, a)
    np.testing.assert_array_equal(db, b)
    assert Concatenate(axis=1)([Input((3, 2)), Input((4, 2))]).shape == (None, 7, 2)
    assert Concatenate()([Input((None, 2)), Input((None, 5))]).shape == (None, None, 7)


@pytest.mark.parametrize(
    ("layer", "shapes", "message"),
    [
        (Add(), [(2,), (3,)], r"Add 'add' needs inputs of one shape, got \[\(None, 2\)"),
        (Add(), [(2,)], "Add 'add' merges a list of at least two tensors"),
        (Concatenate(), [(2, 3), (3, 3)], "differ along axis -1 only"),
        (Concatenate(), [(2, 3), (3,)], "differ along axis -1 only"),
        (Concatenate(axis=3), [(2, 3), (2, 3)], "axis=3 does not fit"),
        (Concatenate(axis=-3), [(2, 3), (2, 3)], "axis=-3 does not fit"),
    ],
)
def test_what_does_not_fit_together(layer: Add, shapes: list, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        layer([Input(shape) for shape in shapes])
    with pytest.raises(ValueError, match=r"of at least two tensors.*Call it on a list"):
        layer(Input((2,)))
