"""Enlarged images, by hand numbers and beside a plain loop."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import Input
from course.layers import UpSampling2D

X = np.array([[1.0, 2.0], [3.0, 4.0]]).reshape(1, 2, 2, 1)


def test_nearest_repeats_cells() -> None:
    y = UpSampling2D((2, 3))(X)
    rows = [[1, 1, 1, 2, 2, 2], [3, 3, 3, 4, 4, 4]]
    np.testing.assert_array_equal(y[0, ..., 0], np.repeat(rows, 2, axis=0))


def test_bilinear_mixes_neighbours_and_keeps_the_edge() -> None:
    y = UpSampling2D((1, 2), interpolation="bilinear")(X)
    np.testing.assert_allclose(y[0, ..., 0], [[1, 1.25, 1.75, 2], [3, 3.25, 3.75, 4]])


@given(size=st.tuples(st.integers(1, 3), st.integers(1, 3)), n=st.integers(1, 3))
def test_bilinear_is_a_loop_over_new_cells(size: tuple[int, int], n: int) -> None:
    x = np.random.default_rng(n).normal(size=(2, n, n + 1, 3)).astype("float32")
    layer = UpSampling2D(size, interpolation="bilinear")
    y, cache = layer.forward(x)
    dx = layer.backward(np.cos(y), cache)
    expected, expected_dx = np.zeros(y.shape), np.zeros(x.shape)
    for r, s in np.ndindex(y.shape[1:3]):
        places = [
            np.interp((i + 0.5) / k - 0.5, range(m), range(m))
            for i, k, m in zip((r, s), size, x.shape[1:3], strict=True)
        ]
        for h, w in np.ndindex(x.shape[1:3]):
            share = max(0, 1 - abs(places[0] - h)) * max(0, 1 - abs(places[1] - w))
            expected[:, r, s] += share * x[:, h, w]
            expected_dx[:, h, w] += share * np.cos(y[:, r, s])
    np.testing.assert_allclose(y, expected, atol=1e-5)
    np.testing.assert_allclose(dx, expected_dx, atol=1e-4)


def test_shapes() -> None:
    assert UpSampling2D((2, 3)).compute_output_shape((None, 4, None, 5)) == (None, 8, None, 5)
    y, cache = UpSampling2D().forward(X)
    assert UpSampling2D().backward(y, cache, need_dx=False) is None


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"size": 0}, ValueError, "size must be at least 1, got 0"),
        ({"size": 1.5}, TypeError, "size must be a whole number, got 1.5"),
        ({"interpolation": "bicubic"}, ValueError, "interpolation must be one of 'nearest', 'bil"),
        ({"data_format": "channels_first"}, ValueError, "data_format must be 'channels_last'"),
    ],
)
def test_wrong_arguments_are_named(arguments: dict, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        UpSampling2D(**arguments)


def test_images_without_channels_are_refused() -> None:
    with pytest.raises(ValueError, match=re.escape("x[..., np.newaxis], and Input((8, 9, 1))")):
        UpSampling2D()(Input((8, 9)))
