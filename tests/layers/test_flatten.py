"""Flatten."""

from __future__ import annotations

import numpy as np
import pytest

from course import Input, Sequential
from course.layers import Dense, Flatten


def test_rows_keep_their_order() -> None:
    x = np.arange(24.0, dtype="float32").reshape(2, 3, 4)
    y, cache = Flatten().forward(x)
    np.testing.assert_array_equal(y, x.reshape(2, 12))
    np.testing.assert_array_equal(Flatten().backward(y, cache), x)


def test_shapes() -> None:
    assert Flatten().compute_output_shape((None, 28, 28, 1)) == (None, 784)
    assert Flatten().compute_output_shape((None, None, 3)) == (None, None)
    assert Sequential([Input((4, 5)), Flatten(), Dense(2)]).output_shape == (None, 2)


def test_a_batch_of_numbers_becomes_one_column() -> None:
    assert Flatten()(np.ones(3)).shape == (3, 1)
    assert Flatten().compute_output_shape((None,)) == (None, 1)


def test_channels_stand_last() -> None:
    assert Flatten("channels_last").data_format == Flatten().data_format == "channels_last"
    with pytest.raises(ValueError, match=r"channels_first'.*np.moveaxis"):
        Flatten("channels_first")
    with pytest.raises(ValueError, match=r"data_format must be 'channels_last'.*got 'rows'"):
        Flatten("rows")
