from __future__ import annotations

import numpy as np
import pytest

from course.plots.value_map import describe_value_map, value_map

VALUES = np.array([[0.1, 0.25], [0.9, 0.5], [0.3, 0.75]])


def test_each_value_stands_in_its_place(ax):
    value_map(VALUES, (8, 64), (0.1, 0.2, 0.4), ax, "A sentence", x="size", y="rate")
    written = {text.get_position(): text.get_text() for text in ax.texts}
    assert written[(0, 1)] == "90"
    assert written[(1, 2)] == "75"
    assert len(written) == 6
    assert [t.get_text() for t in ax.get_xticklabels()] == ["8", "64"]
    assert [t.get_text() for t in ax.get_yticklabels()] == ["0.1", "0.2", "0.4"]


def test_rings_and_path_go_by_row_and_column(ax):
    value_map(VALUES, (8, 64), (0.1, 0.2, 0.4), ax, ringed=[(2, 1)], path=[(0, 0), (1, 1)])
    (frame,) = ax.patches
    x, y = frame.get_center()
    assert (round(x), round(y)) == (1, 2)
    np.testing.assert_array_equal(ax.lines[0].get_xydata(), [[0, 0], [1, 1]])


def test_writing_stands_out_from_its_ground(ax):
    value_map(VALUES, (8, 64), (0.1, 0.2, 0.4), ax)
    colours = {text.get_text(): text.get_color() for text in ax.texts}
    assert colours["90"] == "white"
    assert colours["10"] != "white"


def test_another_shape_is_refused(ax):
    with pytest.raises(ValueError, match=r"must be of shape"):
        value_map(VALUES, (8, 64), (0.1, 0.2), ax)


def test_in_words():
    assert describe_value_map(VALUES, (8, 64), (0.1, 0.2, 0.4)) == (
        "Best of each column: 8: 90 % at 0.2, 64: 75 % at 0.4."
    )
