"""The two curves and their names."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from course.experiments.two_modes import Modes
from course.explorers.mode_pair import ModePair, spread_ends


def test_the_gap_is_shaded_between_the_two_lines() -> None:
    ax = Figure().subplots()
    pair = ModePair(ax, 2)
    pair.update([Modes(0.1, 0.1), Modes(0.8, 0.3)])
    assert [list(line.get_ydata()) for line in pair.lines] == [[0.1, 0.8], [0.1, 0.3]]
    (outline,) = pair.band.artist.get_paths()
    assert {0.8, 0.3} <= set(np.round(outline.vertices[:, 1], 6))
    assert pair.lines[0].get_linestyle() != pair.lines[1].get_linestyle()


@pytest.mark.parametrize("ends", [(0.5, 0.5), (0.0, 0.01), (1.0, 0.99), (0.2, 0.8)])
def test_names_stay_apart_in_order_and_inside(ends: tuple[float, float]) -> None:
    places = spread_ends(np.array(ends))
    assert abs(places[0] - places[1]) >= 0.0699
    assert 0 < places.min() < places.max() < 1
    assert (places[0] > places[1]) == (ends[0] >= ends[1])
