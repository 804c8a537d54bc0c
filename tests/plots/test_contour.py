from __future__ import annotations

import numpy as np
from matplotlib import pyplot as plt

from course.plots import Contour, contour, describe_contour

u, v = np.linspace(-2, 2, 41), np.linspace(-1, 3, 21)
COST = (u[None, :] - 1) ** 2 + 10 * (v[:, None] - 2) ** 2
PATH = np.array([[-2.0, 0.0], [0.0, 1.0], [0.5, 1.6]])


def test_the_path_its_ends_and_the_lowest_point_are_where_they_belong(ax):
    assert contour(COST, u, v, PATH, ax, "Down", x="w₁", y="w₂") is ax
    star, path, start, end = ax.lines
    np.testing.assert_allclose(np.ravel(star.get_data()), (1, 2))
    np.testing.assert_array_equal(np.transpose(path.get_data()), PATH)
    np.testing.assert_array_equal(np.ravel(start.get_data()), PATH[0])
    np.testing.assert_array_equal(np.ravel(end.get_data()), PATH[-1])
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("w₁", "w₂")
    assert (ax.get_xlim(), ax.get_ylim()) == ((-2, 2), (-1, 3))
    assert plt.get_fignums() == []


def test_the_image_rises_with_the_cost(ax):
    contour(COST, u, v, ax=ax)
    shown = np.asarray(ax.images[0].get_array())
    assert shown.shape == COST.shape
    order = np.argsort(COST, axis=None)
    assert np.all(np.diff(shown.ravel()[order]) >= 0)


def test_update_moves_the_path_only(ax):
    picture = Contour(ax, u, v, COST)
    before = len(ax.get_children())
    for steps in (0, 1, 3):
        picture.update(PATH[:steps])
        assert len(picture.path.get_xdata()) == steps
        assert len(picture.start.get_xdata()) == len(picture.end.get_xdata()) == min(steps, 1)
    assert len(ax.get_children()) == before


def test_the_description_has_the_numbers():
    landscape = "Cost over w from -2 to 2 and b from -1 to 3: lowest 0 at (1, 2), highest 99."
    assert describe_contour(COST, u, v) == landscape
    assert describe_contour(COST, u, v, PATH) == (
        f"{landscape} The path starts at (-2, 0) and after 2 steps is at (0.5, 1.6), "
        "0.64 away from the lowest point."
    )
