from __future__ import annotations

import numpy as np
from matplotlib import pyplot as plt

from course.plots import Histograms, describe_histograms, histograms

VALUES = {"dense": np.array([[-1.0, 0.0], [0.0, 1.0]]), "dense_1": np.array([0.5, 0.5, 0.5, 9.0])}


def heights(picture, row):
    """Height of each bin of one outline above its foot."""
    vertices = picture.outlines.get_paths()[row].vertices
    inner = vertices[1 : 1 + 2 * picture.bins]
    return inner[::2, 1] - vertices[0, 1]


def test_each_row_is_the_root_of_its_counts(ax):
    picture = Histograms(ax, list(VALUES), bins=4)
    picture.update(list(VALUES.values()))
    np.testing.assert_allclose(heights(picture, 0) / 0.85, np.sqrt([0.5, 0, 1, 0.5]))
    np.testing.assert_allclose(heights(picture, 1) / 0.85, [0, 0, 0, 1])


def test_rows_have_names_and_notes_and_do_not_overlap(ax):
    assert histograms(VALUES, ax, "Shapes", notes=["50 % zero", "25 % beyond"]) is ax
    assert [t.get_text() for t in ax.get_yticklabels()] == ["dense", "dense_1"]
    assert [t.get_text() for t in ax.texts] == ["50 % zero", "25 % beyond"]
    first, second = (p.vertices[:, 1] for p in ax.collections[0].get_paths())
    assert second.max() < first.min()
    assert plt.get_fignums() == []


def test_update_keeps_the_artists(ax):
    picture = Histograms(ax, ["a", "b"])
    before = len(ax.get_children())
    for scale in (0.1, 1):
        picture.update([np.linspace(-scale, scale, 50)] * 2, ["x", "y"])
    assert len(ax.get_children()) == before


def test_an_empty_layer_is_flat(ax):
    picture = Histograms(ax, ["a"], bins=5)
    picture.update([np.array([])])
    np.testing.assert_array_equal(heights(picture, 0), np.zeros(5))


def test_the_description_has_the_numbers():
    assert describe_histograms(VALUES) == (
        "dense: mean 0, standard deviation 0.707, from -1 to 1. "
        "dense_1: mean 2.62, standard deviation 3.68, from 0.5 to 9."
    )
