"""One hyperparameter against the score: places, categories, the best one, failures."""

from __future__ import annotations

import numpy as np
from matplotlib import pyplot as plt

from course.plots import Scatter, describe_scatter, scatter

RATES, LOSSES = [0.1, 0.001, 0.01, 1.0], [0.3, 0.5, 0.2, np.nan]
NAMES, ACCURACIES = ["tanh", "relu", "tanh", "relu", "tanh"], [0.5, 0.9, 0.7, 0.8, np.nan]


def test_numbers_stand_where_they_are_and_the_best_is_a_star(ax):
    assert scatter(RATES, LOSSES, ax, "Rates", log=True, x="rate") is ax
    points, best = ax.collections
    np.testing.assert_allclose(points.get_offsets(), [[0.1, 0.3], [0.001, 0.5]])
    np.testing.assert_allclose(best.get_offsets(), [[0.01, 0.2]])
    assert ax.get_xscale() == "log"
    assert ax.get_xlim()[0] < 0.001 < 0.1 < ax.get_xlim()[1]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("rate", "score")
    assert plt.get_fignums() == []


def test_names_stand_side_by_side(ax):
    scatter(NAMES, ACCURACIES, ax, direction="max")
    points, best = ax.collections
    assert [t.get_text() for t in ax.get_xticklabels()] == ["tanh", "relu"]
    np.testing.assert_array_equal(np.round(points.get_offsets()[:, 0]), [0, 0, 1])
    np.testing.assert_array_equal(points.get_offsets()[:, 1], [0.5, 0.7, 0.8])
    np.testing.assert_allclose(best.get_offsets()[:, 1], [0.9])
    assert len(set(points.get_offsets()[:, 0])) == 3


def test_booleans_are_names(ax):
    scatter([True, False, True], [1, 2, 3], ax)
    assert [t.get_text() for t in ax.get_xticklabels()] == ["True", "False"]


def test_update_moves_the_same_points(ax):
    picture = Scatter(ax)
    before = len(ax.get_children())
    for n in (0, 1, 3):
        picture.update(RATES[:n], LOSSES[:n])
        assert len(picture.points.get_offsets()) == max(0, n - 1)
        assert len(picture.best.get_offsets()) == min(1, n)
    picture.update([1.0, 2.0], [np.nan, np.nan])
    assert len(picture.best.get_offsets()) == 0
    assert len(ax.get_children()) == before


def test_words():
    assert describe_scatter(RATES, LOSSES) == "3 trials, the best with 0.01: 0.2."
    assert describe_scatter(NAMES, ACCURACIES, direction="max") == (
        "4 trials, the best with relu: 0.9. tanh: median 0.6; relu: median 0.85."
    )
    assert describe_scatter([1.0], [np.nan]) == "No trial has a score."
