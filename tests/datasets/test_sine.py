from __future__ import annotations

import numpy as np
import pytest

from course.datasets import sine


def test_shapes_and_seeds():
    x, y = sine(n=40, noise=0.1, seed=1)
    again, y_again = sine(n=40, noise=0.1, seed=1)
    assert x.shape == (40, 1)
    assert y.shape == (40,)
    assert x.dtype == y.dtype == np.float32
    np.testing.assert_array_equal(x, again)
    np.testing.assert_array_equal(y, y_again)
    assert not np.array_equal(x, sine(n=40, noise=0.1, seed=2)[0])


def test_without_noise_it_is_the_sine():
    x, y = sine(n=100, noise=0)
    np.testing.assert_allclose(y, np.sin(np.pi * x[:, 0]), atol=1e-6)
    assert -1 <= x.min() < -0.9
    assert 0.9 < x.max() < 1


def test_the_noise_has_its_standard_deviation():
    x, y = sine(n=20000, noise=0.3)
    error = y - np.sin(np.pi * x[:, 0])
    assert abs(error.mean()) < 4 * 0.3 / np.sqrt(20000)
    assert error.std() == pytest.approx(0.3, rel=0.02)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"n": 1}, ValueError, "n must be at least 2"),
        ({"n": "ten"}, TypeError, "n must be a whole number, got 'ten'"),
        ({"noise": -1}, ValueError, "noise must be at least 0"),
    ],
)
def test_wrong_arguments_are_named(arguments, error, message):
    with pytest.raises(error, match=message):
        sine(**arguments)
