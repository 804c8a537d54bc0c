from __future__ import annotations

import numpy as np
import pytest
from matplotlib import pyplot as plt
from matplotlib.colors import to_rgba

from course.plots import Network, describe_network, network, style

W = [np.array([[1.0, -2.0, 0.0], [4.0, 0.5, -1.0]]), np.array([[1.0], [-4.0], [2.0]])]


def edges(picture):
    """Width and colour of each line by its two ends."""
    collection = picture.edges
    return {
        (tuple(np.round(path.vertices[0], 6)), tuple(np.round(path.vertices[1], 6))): (
            width,
            colour,
        )
        for path, width, colour in zip(
            collection.get_paths(),
            collection.get_linewidths(),
            collection.get_colors(),
            strict=True,
        )
    }


def test_every_weight_is_a_line_between_its_units_as_wide_as_it_is_large(ax):
    picture = Network(ax, (2, 3, 1))
    picture.update(W)
    lines = edges(picture)
    assert len(lines) == 9
    for w, start, end in zip(W, picture.positions, picture.positions[1:], strict=False):
        for i, a in enumerate(start):
            for j, b in enumerate(end):
                width, colour = lines[tuple(np.round(a, 6)), tuple(np.round(b, 6))]
                assert width == pytest.approx(5 * abs(w[i, j]) / 4)
                wanted = style.ORANGE if w[i, j] > 0 else style.BLUE
                np.testing.assert_allclose(colour, to_rgba(style.mix(wanted, 0.85)))


def test_signs_differ_by_line_as_well(ax):
    picture = Network(ax, (2, 1))
    picture.update([np.array([[1.0], [-1.0]])])
    (_, solid), (_, dashed) = picture.edges.get_linestyles()
    assert solid is None
    assert dashed is not None


def test_the_widest_can_be_fixed_and_zero_weights_draw(ax):
    picture = Network(ax, (2, 3, 1))
    picture.update(W, largest=8)
    assert max(picture.edges.get_linewidths()) == pytest.approx(2.5)
    picture.update([np.zeros((2, 3)), np.zeros((3, 1))])
    assert max(picture.edges.get_linewidths()) == 0


def test_wide_layers_are_cut_and_say_so(ax):
    picture = Network(ax, (64, 2), most=10)
    picture.update([np.arange(128.0).reshape(64, 2)])
    assert [len(layer) for layer in picture.positions] == [10, 2]
    assert len(picture.edges.get_linewidths()) == 20
    assert picture.edges.get_linewidths()[19] == pytest.approx(5)  # weight 19, the largest shown
    assert [t.get_text() for t in ax.texts] == ["64\n+ 54 more", "2"]


def test_units_lie_inside_the_axes(ax):
    network(W, ax, names=["x", "hidden", "output"])
    ax.figure.canvas.draw()
    frame = ax.get_window_extent()
    for x, y in ax.transData.transform(ax.collections[1].get_offsets()):
        assert frame.contains(x, y)
    assert [t.get_text() for t in ax.texts] == ["x", "hidden", "output"]
    assert plt.get_fignums() == []


@pytest.mark.parametrize("rows", [2, 12])
def test_paint_puts_each_surface_on_its_unit_and_leaves_the_axes(ax, rows):
    picture = Network(ax, (2, 3, 1))
    limits = ax.axis()
    values = [np.arange(4.0 * n * rows).reshape(n, 2 * rows, 2)[:, :rows] for n in (2, 3, 1)]
    picture.paint(values, (0, 12))
    picture.paint(values, (0, 12))
    assert ax.axis() == limits
    assert len(ax.images) == 3
    assert len(picture.artists) == 4
    for image, surfaces, places in zip(picture.tiles, values, picture.positions, strict=True):
        left, right, bottom, top = image.get_extent()
        data = image.get_array()
        height = (top - bottom) / len(data)
        for surface, (x, y) in zip(surfaces, places, strict=True):
            half = (right - left) / 2
            first, last = (round((y - bottom + side * half) / height) for side in (-1, 1))
            tile = data[first:last]
            np.testing.assert_array_equal(tile[:: len(tile) // rows], surface)
            assert (left + right) / 2 == pytest.approx(x)
            assert not np.ma.is_masked(tile)
        assert np.ma.count_masked(data) == (len(surfaces) - 1) * len(data[0]) * len(tile) // 6
        assert image.get_clim() == (0, 12)


def test_the_description_has_the_numbers():
    assert describe_network(W) == (
        "Network 2-3-1. Weights into layer 1: 6, from -2 to 4, 50% positive. "
        "Weights into layer 2: 3, from -4 to 2, 67% positive."
    )
