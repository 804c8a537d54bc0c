"""Pairs of runs: which rise, where the points are, what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib import pyplot as plt

from course.plots import Pairs, describe_pairs, pairs

A, B = [80.0, 85.0, 90.0], [82.0, 84.0, 95.0]


def test_solid_where_it_rises_dashed_where_not(ax):
    assert pairs(A, B, ax, "Mostly up", names=("short", "long"), y="accuracy") is ax
    rises, falls = ax.collections
    np.testing.assert_array_equal(rises.get_segments(), [[(0, 80), (1, 82)], [(0, 90), (1, 95)]])
    np.testing.assert_array_equal(falls.get_segments(), [[(0, 85), (1, 84)]])
    assert [t.get_text() for t in ax.get_xticklabels()] == ["short", "long"]
    assert [t.get_text() for t in ax.texts] == ["mean\n85.0", "mean\n87.0"]
    assert ax.get_ylim()[0] < 80 < 95 < ax.get_ylim()[1]
    assert plt.get_fignums() == []


def test_update_moves_the_same_artists(ax):
    shown = Pairs(ax, ("a", "b"))
    shown.update(A, B)
    shown.update([1.0], [1.0])  # no change is no rise
    assert len(shown.rises.get_segments()) == 0
    assert len(shown.falls.get_segments()) == 1
    assert shown.points.get_ydata().tolist() == [1, 1]
    assert len(ax.lines) == 1


def test_equal_scores_have_room(ax):
    low, high = pairs([2.0], [2.0], ax).get_ylim()
    assert low < 2 < high


def test_says_it_in_words():
    assert describe_pairs(A, B, names=("short", "long")) == (
        "From short to long, 2 of 3 pairs rise; the means are 85 and 87."
    )


@pytest.mark.parametrize(("a", "b"), [([1.0], [1.0, 2.0]), ([], []), ([[1.0]], [[1.0]])])
def test_refuses_what_is_not_paired(a, b):
    with pytest.raises(ValueError, match="two lists of equal length"):
        pairs(a, b)
