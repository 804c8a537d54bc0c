"""Reshape."""

from __future__ import annotations

from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import Input, Sequential
from course.layers import Dense, Reshape

SIZES = st.lists(st.integers(1, 4), min_size=1, max_size=4)


def test_numbers_keep_their_order() -> None:
    x = np.arange(12.0, dtype="float32").reshape(2, 6)
    layer = Reshape((3, 2))
    y, cache = layer.forward(x)
    assert y[0].tolist() == [[0, 1], [2, 3], [4, 5]]
    np.testing.assert_array_equal(layer.backward(y, cache), x)


@given(target=SIZES, open_at=st.integers(0, 3))
def test_one_entry_can_be_left_open(target: list, open_at: int) -> None:
    size, known = prod(target), tuple(target)
    opened = tuple(-1 if i == open_at % len(target) else n for i, n in enumerate(target))
    for layer in (Reshape(known), Reshape(opened)):
        assert layer.compute_output_shape((None, size)) == (None, *known)
        assert layer(np.ones((3, size))).shape == (3, *known)


def test_sizes_that_are_not_known_yet() -> None:
    assert Reshape((-1, 2))(Input((None, 4))).shape == (None, None, 2)
    assert Reshape((4, 2))(Input((None, 4))).shape == (None, 4, 2)
    assert Reshape((-1, 3))(Input((6, None))).shape == (None, None, 3)
    with pytest.raises(ValueError, match=r"12 numbers in a sample, into target_shape=\(4, 2\)"):
        Sequential([Input((None, 4)), Reshape((4, 2))]).predict(np.ones((1, 3, 4)), verbose=0)
    assert Sequential([Input((6,)), Reshape((3, 2)), Dense(4)]).output_shape == (None, 3, 4)


@pytest.mark.parametrize(
    ("target", "error", "message"),
    [
        (4, TypeError, r"target_shape must be a tuple such as \(3, 4\) or \(-1,\), got 4"),
        ((2, 1.5), TypeError, "target_shape must be a whole number, got 1.5"),
        ((2, -2), ValueError, "target_shape must be at least -1, got -2"),
        ((2, 0), ValueError, r"sizes of at least 1, .*got \(2, 0\)"),
        ((-1, -1), ValueError, r"one may be left open with -1, got \(-1, -1\)"),
    ],
)
def test_wrong_arguments(target: object, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        Reshape(target)


@pytest.mark.parametrize(
    ("target", "needs"), [((4, 2), "needs 8"), ((5, -1), "needs a multiple of 5"), ((), "needs 1")]
)
def test_sizes_that_do_not_fit(target: tuple, needs: str) -> None:
    with pytest.raises(ValueError, match=rf"\(None, 6\), 6 numbers in a sample, .* {needs}\."):
        Reshape(target)(Input((6,)))
