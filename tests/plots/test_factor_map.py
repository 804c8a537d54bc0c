"""The map of factors: colours by decades, the ring and the line where they belong."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from course.plots import style
from course.plots.factor_map import FactorMap, describe_factor_map, factor_map

FACTORS = np.array([[1.0, 1e-3, 1e-6], [1.0, 1e3, np.nan]])


def test_shows_powers_of_ten() -> None:
    ax = factor_map(FACTORS, (0.5, 2.0), Figure().subplots(), x="depth", y="gain")
    shown = ax.images[0].get_array()
    np.testing.assert_allclose(shown[0], [0, -3, -6])
    assert shown.mask[1, 2]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("depth", "gain")


def test_marks_inside_the_map() -> None:
    picture = FactorMap(style.axes(Figure().subplots()), 3, (0.1, 10.0))
    picture.mark(2, 100.0, 1.0, "balance")
    assert picture.place.get_xydata()[0] == pytest.approx([2, 1])
    assert picture.line.get_ydata() == [0, 0]
    assert picture.note.get_text() == "balance"


def test_puts_the_line_away_and_back() -> None:
    picture = FactorMap(style.axes(Figure().subplots()), 3, (0.1, 10.0))
    picture.mark(2, 1.0, None)
    assert not picture.line.get_visible()
    assert not picture.note.get_visible()
    picture.mark(2, 1.0, 2.0, "balance")
    assert picture.line.get_visible()


def test_describes_in_words() -> None:
    text = describe_factor_map(FACTORS)
    assert "Below a tenth on 40%" in text
    assert "above ten on 20%" in text
    assert describe_factor_map(np.full((2, 2), np.nan)) == "Nothing is known yet."
