"""Windows: how many there are, what margins they need, and what they hold."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.layers import windows
from course.layers.windows import Windows, batch_first, batch_last, padded, without_margins
from windows_oracle import drawn, geometries
from windows_oracle import windows as each_window


def image_and_windows(geometry: dict) -> tuple[np.ndarray, Windows]:
    """Return images with their margins, batch last, and the windows over them."""
    sliding = Windows(geometry["size"], geometry["strides"], geometry["padding"])
    x = drawn(2, geometry["image"], 3)
    return padded(x, sliding.margins(*geometry["image"])), sliding


@given(geometry=geometries())
def test_patches_are_the_windows(geometry: dict) -> None:
    image, sliding = image_and_windows(geometry)
    rows, columns = sliding.counts(*geometry["image"])
    patches = sliding.patches(image).reshape(*sliding.size, 3, rows, columns, 2)
    x, expected = drawn(2, geometry["image"], 3), np.zeros(patches.shape)
    for r, s, cells in each_window(**geometry):
        for i, j, h, w in cells:
            expected[i, j, :, r, s] = x[:, h, w].T
    np.testing.assert_array_equal(patches, expected)


@given(geometry=geometries())
def test_adding_patches_is_the_adjoint_of_taking_them(geometry: dict) -> None:
    image, sliding = image_and_windows(geometry)
    columns = np.cos(np.arange(sliding.patches(image).size)).reshape(sliding.patches(image).shape)
    sums = np.zeros(image.shape)
    sliding.add_patches(columns, sums)
    assert (columns * sliding.patches(image)).sum() == pytest.approx((sums * image).sum())


@given(geometry=geometries(), numbers=st.integers(1, 400))
def test_adding_band_by_band_adds_all(geometry: dict, numbers: int) -> None:
    image, sliding = image_and_windows(geometry)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(windows, "BAND", numbers)
        bands = sliding.bands(image)
    whole, parts = np.zeros(image.shape), np.zeros(image.shape)
    sliding.add_patches(sliding.patches(image), whole)
    for band in bands:
        sliding.add_patches(sliding.patches(image, band), parts, band)
    np.testing.assert_allclose(parts, whole, rtol=1e-12)


@given(geometry=geometries(), numbers=st.integers(1, 400))
def test_bands_hold_all_windows_in_order(geometry: dict, numbers: int) -> None:
    image, sliding = image_and_windows(geometry)
    whole = sliding.patches(image)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(windows, "BAND", numbers)
        bands = list(sliding.bands(image))
    parts = [sliding.patches(image, band) for band in bands]
    np.testing.assert_array_equal(np.concatenate(parts, axis=1), whole)
    rows = [row for band in bands for row in range(band.start, band.stop)]
    assert rows == list(range(sliding.counts(*geometry["image"])[0]))


def test_a_band_is_no_larger_than_it_may_be() -> None:
    sliding, image = Windows((3, 3), (1, 1), "valid"), np.zeros((8, 1026, 64, 16), "float32")
    largest = max((rows.stop - rows.start) * 9 * 8 * 62 * 16 for rows in sliding.bands(image))
    assert windows.BAND / 2 < largest <= windows.BAND


def test_counts_and_margins_by_hand() -> None:
    same, valid = Windows((3, 2), (2, 1), "same"), Windows((3, 2), (2, 1), "valid")
    assert same.counts(5, None) == (3, None)
    assert valid.counts(None, 5) == (None, 4)
    assert same.margins(5, 4) == ((1, 1), (0, 1))
    assert same.margins(6, 4) == ((0, 1), (0, 1))
    assert valid.margins(5, 4) == ((0, 0), (0, 0))


def test_overlap() -> None:
    assert Windows((2, 3), (2, 2), "valid").overlap
    assert not Windows((2, 2), (2, 3), "valid").overlap


def test_order_in_memory() -> None:
    x = drawn(2, (3, 4), 5)
    turned = batch_last(x)
    assert (turned.shape, turned.flags.c_contiguous) == ((5, 3, 4, 2), True)
    np.testing.assert_array_equal(batch_first(turned), x)
    assert np.shares_memory(batch_last(batch_first(turned)), turned)


def test_margins_are_put_on_and_taken_off() -> None:
    x, margins = drawn(2, (3, 4), 1), ((1, 0), (0, 2))
    image = padded(x, margins, -np.inf)
    assert (image[:, 0] == -np.inf).all()
    assert (image[:, :, -2:] == -np.inf).all()
    np.testing.assert_array_equal(without_margins(image, margins), batch_last(x))
