"""The tally of runs: numbers in their cells, darker where more succeeded, words."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from course.plots import describe_tally, style, tally

COUNTS = [[0, 10], [3, 6]]
NAMES = {"of": 10, "rows": (8, "twenty"), "columns": (0.01, 0.3)}


def test_writes_each_count_where_it_belongs() -> None:
    ax = tally(COUNTS, Figure().subplots(), "Few learn", x="learning_rate", y="width", **NAMES)
    written = {t.get_position(): t.get_text() for t in ax.texts}
    assert written == {(0, 0): "0", (1, 0): "10", (0, 1): "3", (1, 1): "6"}
    assert ax.get_xlabel() == "learning_rate    (in each cell: of 10 runs)"
    assert [t.get_text() for t in ax.get_yticklabels()][:2] == ["8", "twenty"]
    assert [t.get_text() for t in ax.get_xticklabels()][:2] == ["0.01", "0.3"]


def test_colours_are_shares_of_the_runs() -> None:
    ax = tally(COUNTS, Figure().subplots(), **NAMES)
    np.testing.assert_array_equal(ax.images[0].get_array(), COUNTS)
    assert ax.images[0].get_clim() == (0, 10)
    colours = {t.get_text(): t.get_color() for t in ax.texts}
    assert colours == {"0": style.INK, "3": style.INK, "6": style.INK, "10": "white"}


def test_refuses_counts_of_another_shape() -> None:
    with pytest.raises(ValueError, match="zip"):
        tally([[0, 1, 2]], Figure().subplots(), **NAMES)


def test_describes_in_words() -> None:
    text = describe_tally(COUNTS, **NAMES)
    assert text == "Of 10 runs each, by 0.01, 0.3: 8: 0, 10. twenty: 3, 6."
