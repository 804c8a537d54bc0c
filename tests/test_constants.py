"""Constant arrays: right, kept, and not to be changed by whoever borrows one."""

from __future__ import annotations

import numpy as np
import pytest

from course import constants


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_a_number_is_the_nearest_of_its_type(dtype: str) -> None:
    tenth = constants.number(0.1, np.dtype(dtype))
    assert (tenth.shape, tenth.dtype) == ((), dtype)
    assert tenth == np.array([0.1], dtype)[0]


def test_an_array_times_a_number_keeps_its_type() -> None:
    x = np.ones((2, 3), "float32")
    np.testing.assert_array_equal(constants.number(0.1, x.dtype) * x, 0.1 * x)
    assert (constants.number(0.1, x.dtype) * x).dtype == "float32"


def test_a_product_with_ones_is_the_sum_over_the_rows() -> None:
    dz = np.arange(6, dtype="float64").reshape(3, 2)
    np.testing.assert_array_equal(constants.ones(3, dz.dtype) @ dz, dz.sum(axis=0))


def test_rows_start_where_they_do_once_flattened() -> None:
    x = np.arange(12).reshape(4, 3)
    np.testing.assert_array_equal(x.take(constants.row_starts(4, 3)), x[:, 0])


MADE = [
    (constants.number, (3, np.dtype("float32"))),
    (constants.ones, (3, np.dtype("float32"))),
    (constants.row_starts, (3, 2)),
]


@pytest.mark.parametrize(("make", "arguments"), MADE)
def test_what_is_kept_is_made_once_and_cannot_be_changed(make, arguments) -> None:
    array = make(*arguments)
    assert make(*arguments) is array
    with pytest.raises(ValueError, match="read-only"):
        array[...] = 7
