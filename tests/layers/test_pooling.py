"""Pooling beside plain loops, and by hand numbers."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import Input
from course.layers import AveragePooling2D, GlobalAveragePooling2D, MaxPooling2D
from course.layers.pooling import Pooling2D
from windows_oracle import drawn, geometries, windows


def pooling(kind: type[Pooling2D], geometry: dict) -> Pooling2D:
    """Make a layer of this kind."""
    return kind(geometry["size"], geometry["strides"], geometry["padding"])


@given(geometry=geometries(), channels=st.integers(1, 3))
def test_the_first_maximum_of_each_window_gets_its_gradient(geometry: dict, channels: int) -> None:
    layer, x = pooling(MaxPooling2D, geometry), drawn(2, geometry["image"], channels)
    y, cache = layer.forward(x)
    dy = np.cos(np.arange(y.size)).reshape(y.shape)
    expected_y, expected_dx = np.empty(y.shape), np.zeros(x.shape)
    for r, s, cells in windows(**geometry):
        for n, c in np.ndindex(2, channels):
            _, _, h, w = max(cells, key=lambda cell: x[n, cell[2], cell[3], c])
            expected_y[n, r, s, c] = x[n, h, w, c]
            expected_dx[n, h, w, c] += dy[n, r, s, c]
    np.testing.assert_array_equal(y, expected_y)
    np.testing.assert_allclose(layer.backward(dy, cache), expected_dx)


@given(geometry=geometries(), channels=st.integers(1, 3))
def test_an_average_counts_the_cells_of_the_image_only(geometry: dict, channels: int) -> None:
    layer, x = pooling(AveragePooling2D, geometry), drawn(2, geometry["image"], channels)
    y, cache = layer.forward(x)
    dy = np.cos(np.arange(y.size)).reshape(y.shape)
    expected_y, expected_dx = np.empty(y.shape), np.zeros(x.shape)
    for r, s, cells in windows(**geometry):
        expected_y[:, r, s] = np.mean([x[:, h, w] for _, _, h, w in cells], axis=0)
        for _, _, h, w in cells:
            expected_dx[:, h, w] += dy[:, r, s] / len(cells)
    np.testing.assert_allclose(y, expected_y)
    np.testing.assert_allclose(layer.backward(dy, cache), expected_dx)


@given(geometry=geometries())
def test_shapes_are_those_announced(geometry: dict) -> None:
    x = drawn(2, geometry["image"], 3)
    layer = pooling(MaxPooling2D, geometry)
    assert layer.compute_output_shape(x.shape) == layer.forward(x)[0].shape
    width = geometry["image"][1]
    announced = layer.compute_output_shape((None, None, width, 3))
    assert announced[:2] == (None, None)
    assert announced[2:] == layer.compute_output_shape(x.shape)[2:]


def test_maximum_by_hand() -> None:
    x = np.array([[1, 2, 5], [2, 0, 6]], "float32").reshape(1, 2, 3, 1)
    y, cache = MaxPooling2D().forward(x)
    assert y.tolist() == [[[[2]]]]
    dx = MaxPooling2D().backward(np.full_like(y, 7), cache)
    np.testing.assert_array_equal(dx[0, ..., 0], [[0, 7, 0], [0, 0, 0]])  # of two 2s, the first


def test_the_margin_never_wins_over_negative_numbers() -> None:
    x = np.full((1, 3, 3, 2), -5.0)
    assert (MaxPooling2D(2, padding="same")(x) == -5).all()
    assert (AveragePooling2D(2, padding="same")(x) == -5).all()


def test_strides_are_the_size_by_default() -> None:
    assert MaxPooling2D((2, 3)).strides == (2, 3)
    assert AveragePooling2D(3, 1).strides == (1, 1)


def test_nan_is_not_hidden() -> None:
    assert np.isnan(MaxPooling2D()(np.array([1, np.nan, 3, 2]).reshape(1, 2, 2, 1))).all()


def test_global_average_by_hand() -> None:
    x = np.arange(12.0).reshape(1, 2, 3, 2)
    np.testing.assert_array_equal(GlobalAveragePooling2D()(x), [[5, 6]])
    np.testing.assert_array_equal(GlobalAveragePooling2D(keepdims=True)(x), [[[[5, 6]]]])
    assert GlobalAveragePooling2D().compute_output_shape((None, None, 3, 2)) == (None, 2)


@pytest.mark.parametrize("kind", [MaxPooling2D, AveragePooling2D, GlobalAveragePooling2D])
def test_nothing_is_computed_where_no_gradient_is_wanted(kind: type) -> None:
    layer = kind()
    y, cache = layer.forward(np.ones((1, 2, 2, 1), "float32"))
    assert layer.backward(y, cache, need_dx=False) is None


@pytest.mark.parametrize("kind", [MaxPooling2D, AveragePooling2D])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"pool_size": 0}, "pool_size must be at least 1, got 0"),
        ({"pool_size": (2,)}, "pool_size must be a whole number or a pair"),
        ({"strides": (1, -1)}, "strides must be at least 1, got -1"),
        ({"padding": "full"}, "padding must be one of 'valid', 'same', got 'full'"),
        ({"data_format": "channels_first"}, "data_format must be 'channels_last'"),
    ],
)
def test_wrong_arguments_are_named(kind: type, arguments: dict, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        kind(**arguments)


@pytest.mark.parametrize("kind", [MaxPooling2D, AveragePooling2D, GlobalAveragePooling2D])
def test_images_without_channels_are_refused(kind: type) -> None:
    with pytest.raises(ValueError, match=re.escape("x[..., np.newaxis], and Input((8, 9, 1))")):
        kind()(Input((8, 9)))


def test_images_smaller_than_a_window_are_refused() -> None:
    with pytest.raises(ValueError, match="is only 1 high"):
        MaxPooling2D()(Input((1, 8, 3)))
    with pytest.raises(ValueError, match="is only 2 wide"):
        AveragePooling2D(3).forward(np.ones((1, 3, 2, 1)))
