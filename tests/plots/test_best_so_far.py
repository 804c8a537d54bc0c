"""The best so far: it only gets better, repeats become a band, failures are left out."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib import pyplot as plt

from course.plots import BestSoFar, best_so_far, describe_best_so_far
from course.plots.band import Band
from course.plots.best_so_far import best_so_far_of

SEARCHES = {"grid": [5.0, 4.0, np.nan, 6.0, 3.0], "random": [[9.0, 2, 5], [8, 7, 1], [7, 8, 9]]}


def test_the_best_of_the_first_trials():
    np.testing.assert_array_equal(best_so_far_of(np.array(SEARCHES["grid"])), [5, 4, 4, 4, 3])
    np.testing.assert_array_equal(
        best_so_far_of(np.array(SEARCHES["grid"]), "max"), [5, 5, 5, 6, 6]
    )
    np.testing.assert_array_equal(best_so_far_of([np.nan, 2, 3]), [np.nan, 2, 2])


def test_one_search_has_dots_and_a_line_of_steps(ax):
    assert best_so_far({"grid": SEARCHES["grid"]}, ax, "Steps", y="loss") is ax
    line = next(line for line in ax.lines if line.get_drawstyle() == "steps-post")
    np.testing.assert_array_equal(line.get_data(), [[1, 2, 3, 4, 5], [5, 4, 4, 4, 3]])
    dots = next(line for line in ax.lines if line.get_marker() == "o")
    np.testing.assert_array_equal(dots.get_ydata(), SEARCHES["grid"])
    assert (ax.get_title(loc="left"), ax.get_xlabel(), ax.get_ylabel()) == (
        "Steps", "trials", "loss",
    )  # fmt: skip
    assert plt.get_fignums() == []


def test_repeated_searches_have_their_median_in_a_band(ax):
    picture = BestSoFar(ax, ["random"])
    picture.update(SEARCHES)
    np.testing.assert_array_equal(picture.curves.lines["random"].get_ydata(), [8, 7, 2])
    (outline,) = picture.bands["random"].artist.get_paths()
    corners = outline.vertices.tolist()
    assert [3.0, 1.5] in corners
    assert [3.0, 4.5] in corners
    assert np.isnan(picture.dots["random"].get_ydata()).all()
    before = len(ax.get_children())
    picture.update({"random": [3.0, 1.0]})
    assert picture.curves.lines["random"].get_ydata().tolist() == [3, 1]
    assert len(ax.get_children()) == before


def test_a_band_of_nothing_is_empty(ax):
    band = Band(ax, "#000000")
    band.update(*np.zeros((3, 4)))
    assert len(band.artist.get_paths()) == 1
    band.update(*np.zeros((3, 0)))
    assert len(band.artist.get_paths()) == 0


@pytest.mark.parametrize(
    ("direction", "expected"),
    [
        ("min", "grid: best 4 after 3 trials, 3 after 5, found in trial 5."),
        ("max", "grid: best 5 after 3 trials, 6 after 5, found in trial 4."),
    ],
)
def test_words_for_one_search(direction, expected):
    assert describe_best_so_far({"grid": SEARCHES["grid"]}, direction=direction) == expected


def test_words_for_repeated_searches():
    assert describe_best_so_far({"random": SEARCHES["random"]}) == (
        "random: best 7 after 2 trials, 2 after 3 (median of 3 searches; half of them between "
        "1.5 and 4.5)."
    )
    assert describe_best_so_far({"x": [np.nan]}) == "x: no trial of 1 has a score."
