"""Several walks on one landscape."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from course.experiments.surfaces import SURFACES, walk
from course.optimizers import SGD
from course.plots.walks import describe_walks, landscape, walks

RAVINE = SURFACES["ravine"]
PATHS = {"slow": walk(SGD(0.1), RAVINE, 5), "quick": walk(SGD(1.0), RAVINE, 7)}


def test_each_path_is_drawn_under_its_name() -> None:
    ax = walks(PATHS, RAVINE, Figure().subplots(), "Two walks")
    drawn = {line.get_label(): line.get_xydata() for line in ax.lines}
    for name, path in PATHS.items():
        np.testing.assert_array_equal(drawn[name], path)
    lines = [line for line in ax.lines if line.get_label() in PATHS]
    assert len({(line.get_color(), line.get_marker()) for line in lines}) == 2
    assert [text.get_text() for text in ax.get_legend().get_texts()] == list(PATHS)
    assert ax.get_title(loc="left") == "Two walks"


def test_a_single_path_is_highlighted_and_needs_no_legend() -> None:
    ax = walks({"slow": PATHS["slow"]}, RAVINE, Figure().subplots())
    assert ax.get_legend() is None
    assert any(len(line.get_xydata()) == 6 for line in ax.lines)


def test_the_landscape_is_as_wide_as_the_surface() -> None:
    ax = Figure().subplots()
    landscape(ax, RAVINE)
    assert (*ax.get_xlim(), *ax.get_ylim()) == RAVINE.reach


def test_says_where_each_begins_and_ends() -> None:
    words = describe_walks(PATHS)
    assert "slow: from (-10, 2) in 5 updates to (-9.95, 1.18)." in words
    assert "quick: from (-10, 2) in 7 updates to (-9.32, 0)." in words
