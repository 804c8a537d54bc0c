"""Parallel coordinates: heights on their axes, the best highlighted, gaps below."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt

from course.plots import Parallel, describe_parallel, parallel
from course.plots.parallel import UNUSED

COLUMNS = {
    "rate": [1e-3, 1e-1, 1e-2, 1e-2],
    "kind": ["b", "a", "c", "a"],
    "momentum": [None, 0.5, float("nan"), 0.9],
    "fixed": [7, 7, 7, 7],
}
SCORES = [0.4, 0.1, 0.3, np.nan]


def heights(segments: list[np.ndarray]) -> list[list[float]]:
    return [np.round(segment[:, 1], 9).tolist() for segment in segments]


def test_each_trial_crosses_each_axis_at_its_value(ax):
    assert parallel(COLUMNS, SCORES, ax, "Lines", log=["rate"], best=1) is ax
    others, best = ax.collections
    assert heights(best.get_segments()) == [[1, 0, 0, 0.5]]
    assert heights(others.get_segments()) == [[0.5, 1, UNUSED, 0.5], [0, 0.5, UNUSED, 0.5]]
    assert [t.get_text() for t in ax.get_xticklabels()] == list(COLUMNS)
    marks = [t.get_text() for t in ax.texts]
    assert marks == ["0.001", "0.01", "0.1", "a", "b", "c", "0.5", "0.9", "not used", "7"]
    assert plt.get_fignums() == []


def test_a_frame_serves_as_well(ax):
    frame = pd.DataFrame(COLUMNS)
    parallel(frame[["rate", "kind"]], SCORES, ax, best=2)
    assert len(ax.collections[1].get_segments()) == 2
    assert describe_parallel(frame[["rate", "kind"]], SCORES, best=1) == (
        "4 trials, the best is trial 2. Best: 0.1 with rate 0.1, kind a."
    )


def test_large_scores_may_be_the_good_ones(ax):
    picture = Parallel(ax, {"rate": COLUMNS["rate"]}, direction="max", best=1)
    before = len(ax.get_children())
    picture.update(COLUMNS, SCORES)
    assert heights(picture.highlighted.get_segments()) == [[0]]
    picture.update({"rate": [1e-1]}, [1.0])
    assert heights(picture.highlighted.get_segments()) == [[1]]
    assert len(picture.lines.get_segments()) == 0
    assert len(ax.get_children()) == before


def test_of_many_numbers_the_ends_and_the_middle_are_written(ax):
    parallel({"units": range(10, 17)}, range(7), ax)
    assert [t.get_text() for t in ax.texts] == ["10", "13", "16"]


def test_a_column_that_nobody_uses_has_no_marks_but_one(ax):
    parallel({"a": [None, None], "one": ["x", "x"]}, [1, 2], ax, best=1)
    assert [t.get_text() for t in ax.texts] == ["not used", "x"]


def test_words_leave_out_what_is_not_used():
    assert describe_parallel(COLUMNS, SCORES, best=2) == (
        "4 trials, the best is trial 2. Best: 0.1 with rate 0.1, kind a, momentum 0.5, fixed 7; "
        "0.3 with rate 0.01, kind c, fixed 7."
    )
    assert describe_parallel({"a": [1]}, [np.nan]) == "No trial has a score."
