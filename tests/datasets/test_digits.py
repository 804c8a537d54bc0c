from __future__ import annotations

import numpy as np
from sklearn.datasets import load_digits as reference

from course import config
from course.datasets import load_digits


def test_the_same_digits_as_scikit_learns():
    x, y = load_digits(scale=False)
    pixels, digit = reference(return_X_y=True)
    np.testing.assert_array_equal(x, pixels)
    np.testing.assert_array_equal(y, digit)
    np.testing.assert_array_equal(
        np.bincount(y), [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    )


def test_scaled_by_default():
    x, y = load_digits()
    assert x.shape == (1797, 64)
    assert y.shape == (1797,)
    assert x.dtype == np.float32
    assert np.issubdtype(y.dtype, np.integer)
    assert (x.min(), x.max()) == (0, 1)
    np.testing.assert_array_equal(x * 16, load_digits(scale=False)[0])


def test_floatx_is_kept_to():
    config.set_floatx("float64")
    try:
        assert load_digits()[0].dtype == load_digits(scale=False)[0].dtype == np.float64
    finally:
        config.set_floatx("float32")


def test_each_call_returns_arrays_of_its_own():
    x, y = load_digits()
    x[:], y[:] = 7, 7
    assert load_digits()[0].max() == 1
    assert load_digits()[1].min() == 0
