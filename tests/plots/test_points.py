from __future__ import annotations

import numpy as np
from matplotlib import pyplot as plt

from course.plots import Points, describe_points, points

x = np.array([[0.0, 1], [2, 3], [-4, 5], [6, -7]])
y = np.array([0, 1, 0, 2])


def test_each_class_has_its_points_its_colour_and_its_marker(ax):
    assert points(x, y[:, None], ax, "Three classes") is ax
    assert len(ax.collections) == 3
    for c, artist in enumerate(ax.collections):
        np.testing.assert_array_equal(artist.get_offsets(), x[y == c])
    assert len({tuple(a.get_facecolor()[0]) for a in ax.collections}) == 3
    assert len({a.get_paths()[0].vertices.tobytes() for a in ax.collections}) == 3
    assert plt.get_fignums() == []


def test_all_points_are_inside_the_axes(ax):
    points(x, y, ax)
    ax.figure.canvas.draw()
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    assert np.all((x > (left, bottom)) & (x < (right, top)))


def test_update_moves_them(ax):
    picture = Points(ax, 2)
    picture.update(x, np.array([1, 1, 1, 0]))
    picture.update(x[:1], np.array([1]))
    assert [len(a.get_offsets()) for a in picture.artists] == [0, 1]


def test_hollow_points_have_no_face(ax):
    assert len(Points(ax, hollow=True).artists[0].get_facecolor()) == 0


def test_the_description_has_the_numbers():
    assert describe_points(x, y) == (
        "4 points, x₁ from -4.00 to 6.00, x₂ from -7.00 to 5.00; "
        "class 0: 2 points around (-2.00, 3.00); class 1: 1 points around (2.00, 3.00); "
        "class 2: 1 points around (6.00, -7.00)."
    )
