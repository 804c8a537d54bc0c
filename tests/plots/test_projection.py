"""Grid and random projections: shadows on the effects, and how many values were tried."""

from __future__ import annotations

import numpy as np
from matplotlib import pyplot as plt

from course.plots import Projection, describe_projection, projection
from course.plots.projection import ABOVE, GAP, values_seen

THIRDS = (np.arange(3) + 0.5) / 3
GRID = np.array([(a, b) for a in THIRDS for b in THIRDS])
RANDOM = np.random.default_rng(0).random((9, 2))
EFFECTS = (lambda u: 1 - np.abs(u - 0.7), lambda u: 0.1 * u)


def test_a_grid_of_nine_tries_three_values_and_random_trials_nine():
    assert values_seen(GRID) == (3, 3)
    assert values_seen(RANDOM) == (9, 9)


def test_shadows_lie_on_the_effects_in_one_scale(ax):
    assert projection(GRID, EFFECTS, ax, "A grid") is ax
    square, over, beside, seen, points = ax.lines
    np.testing.assert_array_equal(np.transpose(points.get_data()), GRID)
    np.testing.assert_allclose(np.ptp(over.get_ydata()), ABOVE)
    np.testing.assert_allclose(np.ptp(beside.get_xdata()), ABOVE * 0.1 / 0.7)
    x, y = seen.get_data()
    np.testing.assert_allclose(x[:9], GRID[:, 0])
    np.testing.assert_allclose(y[:9], 1 + GAP + ABOVE * (EFFECTS[0](GRID[:, 0]) - 0.3) / 0.7)
    np.testing.assert_allclose(y[9:], GRID[:, 1])
    assert len(ax.collections[0].get_segments()) == 18
    assert ax.get_xlabel() == "important: 3 values tried"
    assert plt.get_fignums() == []
    assert len(square.get_xdata()) == 5


def test_update_moves_the_same_points(ax):
    picture = Projection(ax, EFFECTS)
    before = len(ax.get_children())
    for n in (1, 9):
        picture.update(RANDOM[:n])
        assert len(picture.seen.get_xdata()) == 2 * n
    assert len(ax.get_children()) == before


def test_words():
    assert describe_projection(GRID[:1], EFFECTS) == (
        "1 trials try 1 value of the horizontal hyperparameter and 1 value of the vertical one. "
        "The best reaches 0.483 of 1.1."
    )
