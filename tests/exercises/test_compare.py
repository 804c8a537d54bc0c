from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from course.exercises.compare import difference

SHAPES = st.sampled_from([(), (3,), (2, 3)])


@given(SHAPES.flatmap(lambda shape: arrays(float, shape, elements=st.floats(-1e3, 1e3))))
def test_equal_values_agree_and_others_are_told_apart(values):
    assert difference(values, values.copy()) == ""
    assert difference(values.tolist(), values) == ""
    assert difference(values + 1, values).startswith("expected ")


@pytest.mark.parametrize(
    ("got", "expected", "words"),
    [
        (None, 1.0, "it returns None: is there a `return`?"),
        (0.5, 0.75, "expected 0.75, got 0.5"),
        (np.zeros((3, 2)), np.zeros((2, 3)), "expected an array of shape (2, 3), got an array"),
        (np.zeros(3), 1.0, "expected the number 1.0, got an array of shape (3,)"),
        (np.array([[1.0, np.nan]]), np.ones((1, 2)), "expected 1 at [0, 1], got nan"),
        ("one", 1, "expected the number 1, got 'one', a str"),
        ([1.0], (np.ones(2), np.ones(3)), "expected 2 values, got an array of shape (1,)"),
        ((np.ones(2), np.ones(2)), (np.ones(2), np.ones(3)), "value 2: expected an array"),
        ("tanh", "relu", "expected 'relu', got 'tanh'"),
        (1, True, "expected True"),
    ],
)
def test_the_first_difference_is_said(got, expected, words):
    if expected is True:
        assert difference(got, expected) == ""  # True is the number 1 here
    else:
        assert difference(got, expected).startswith(words)


def test_tolerance_is_absolute_and_relative():
    assert difference(1000.0005, 1000.0) == ""
    assert difference(1e-7, 0.0) == ""
    assert difference(1.01, 1.0)
    assert difference(1.01, 1.0, 0.02) == ""
    assert difference(np.nan, np.nan) == ""
