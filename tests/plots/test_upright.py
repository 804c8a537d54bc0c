"""The quick image shows what Matplotlib's own one shows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import Normalize

from course.plots import style
from course.plots.upright import Upright

EXTENT, LIMITS = (1.0, 3.0, -1.0, 2.0), (-1.0, 1.0)


def pixels(ax: Axes) -> np.ndarray:
    ax.figure.canvas.draw()
    return np.asarray(ax.figure.canvas.buffer_rgba()).astype(int)


def both(ax: Axes, values: np.ndarray, **how: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return what is seen with Matplotlib's image and with this one."""
    ax.set(xlim=(0, 4), ylim=(-2, 3))
    look = dict(cmap=style.TWO_CLASSES, norm=Normalize(*LIMITS), origin="lower", extent=EXTENT)
    kind = "bilinear" if how.get("smooth") else "nearest"
    theirs = ax.imshow(values, **look, interpolation=kind, interpolation_stage="data")
    ax.set(xlim=(0, 4), ylim=(-2, 3))
    expected = pixels(ax)
    theirs.remove()
    Upright(ax, EXTENT, style.TWO_CLASSES, LIMITS, **how).set_data(values)
    return expected, pixels(ax)


@pytest.mark.parametrize("shape", [(1, 1), (2, 3), (24, 24), (52, 7), (500, 700)])
def test_cells_are_as_sharp_and_where_they_should_be(ax: Axes, shape: tuple[int, int]) -> None:
    values = np.random.default_rng(0).uniform(-1, 1, shape)
    expected, shown = both(ax, values)
    # Between two cells, and at the edge, one row of pixels may belong to either.
    differ = (np.abs(expected - shown).max(axis=2) > 8).mean()
    assert differ < (0.02 if max(shape) < 100 else 0.2)
    assert (shown != 255).any()


@pytest.mark.parametrize("shape", [(2, 2), (5, 3), (48, 48), (160, 160)])
def test_a_smooth_one_is_interpolated_like_theirs(ax: Axes, shape: tuple[int, int]) -> None:
    rows, columns = (np.linspace(-1, 1, n) for n in shape)
    expected, shown = both(ax, np.sin(3 * rows)[:, None] * columns, smooth=True)
    inside = (expected != 255).any(axis=2) & (shown != 255).any(axis=2)
    assert inside.mean() > 0.1
    assert np.abs(expected - shown)[inside].mean() < 2


def test_a_boundary_stays_sharp_between_two_colours(ax: Axes) -> None:
    image = Upright(ax, (0, 1, 0, 1), style.TWO_CLASSES.resampled(2), (0, 1), smooth=True)
    image.set_data(np.array([[0.0, 1.0]] * 2))
    shown = image.make_image(None)[0]
    assert len(np.unique(shown.reshape(-1, 4), axis=0)) == 2


@pytest.mark.parametrize("smooth", [False, True])
def test_what_is_no_number_is_left_out(ax: Axes, smooth: bool) -> None:
    image = Upright(ax, (0, 1, 0, 1), style.TWO_CLASSES, (0, 1), smooth=smooth)
    image.set_data(np.array([[0.2, np.nan], [0.2, 0.2]]))
    shown = image.make_image(None)[0]
    assert shown[0, -1, 3] == 0, "below on the right"
    assert shown[-1, 0, 3] == 255


@pytest.mark.parametrize("smooth", [False, True])
def test_colours_are_shown_as_they_are(ax: Axes, smooth: bool) -> None:
    image = Upright(ax, (0, 1, 0, 1), style.TWO_CLASSES, (0, 1), smooth=smooth)
    image.set_data(np.array([[[1.0, 0, 0], [0, 1, 0]], [[0, 0, 1], [1, 1, 1]]]))
    shown = image.make_image(None)[0]
    corners = shown[[0, 0, -1, -1], [0, -1, 0, -1]]
    expected = [[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255], [255, 255, 255, 255]]
    np.testing.assert_array_equal(corners, expected)


def test_limits_of_the_axes_stay_and_nothing_is_drawn_where_there_is_no_room(ax: Axes) -> None:
    ax.set(xlim=(0, 4), ylim=(-2, 3))
    image = Upright(ax, (10, 10.0001, 0, 1), style.TWO_CLASSES, (0, 1))
    assert (ax.get_xlim(), ax.get_ylim()) == ((0, 4), (-2, 3))
    assert image.make_image(None)[0] is None
    pixels(ax)


def test_twice_the_resolution_has_twice_the_pixels(ax: Axes) -> None:
    image = Upright(ax, (0, 1, 0, 1), style.TWO_CLASSES, (0, 1))
    small, large = image.make_image(None)[0], image.make_image(None, magnification=2.0)[0]
    assert abs(large.shape[0] - 2 * small.shape[0]) <= 1
