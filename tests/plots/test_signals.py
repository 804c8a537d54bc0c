from __future__ import annotations

import numpy as np
from matplotlib import pyplot as plt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from course.plots import Signals, describe_signals, signals

FORWARD, BACKWARD = [0.8, 0.4, 0.2], [0.01, 0.1, 1.0]


def test_both_directions_have_their_values_on_a_logarithmic_axis(ax):
    assert signals(FORWARD, BACKWARD, ax, "They shrink") is ax
    forward, _, backward, _ = ax.lines
    np.testing.assert_array_equal(forward.get_xdata(), [1, 2, 3])
    np.testing.assert_array_equal(forward.get_ydata(), FORWARD)
    np.testing.assert_array_equal(backward.get_ydata(), BACKWARD)
    assert forward.get_color() != backward.get_color()
    assert forward.get_marker() != backward.get_marker()
    assert ax.get_yscale() == "log"
    assert plt.get_fignums() == []


def test_what_vanishes_is_shown_hollow_at_the_end_of_the_axis(ax):
    picture = Signals(ax, 3, limits=(1e-6, 10))
    picture.update([1, 1e3, 1], [0, 1e-9, 1e-3])
    np.testing.assert_array_equal(picture.lines[1].get_ydata(), [1e-6, 1e-6, 1e-3])
    np.testing.assert_array_equal(picture.beyond[1].get_xdata(), [1, 2])
    np.testing.assert_array_equal(picture.beyond[0].get_data(), ([2], [10]))
    assert picture.beyond[1].get_markerfacecolor() == "white"


def test_update_and_resize_keep_the_artists(ax):
    picture = Signals(ax, 1)
    before = len(ax.get_children())
    for layers in (1, 2, 20, 7):
        picture.resize(layers)
        picture.update(np.ones(layers), np.ones(layers))
        ticks = ax.get_xticks()
        assert (ticks[0], ticks[-1]) == (1, layers)
        assert ax.get_xlim()[1] >= layers
    assert len(ax.get_children()) == before


def test_the_description_has_the_numbers():
    assert describe_signals(FORWARD, BACKWARD) == (
        "Activations, forward: 0.8 in layer 1, 0.2 in layer 3, a factor of 0.5 a layer. "
        "Gradients, backward: 1 in layer 3, 0.01 in layer 1, a factor of 0.1 a layer."
    )
    assert describe_signals([2.0], [0.0, 3.0]) == (
        "Activations, forward: 2 in layer 1, 2 in layer 1. "
        "Gradients, backward: 3 in layer 2, 0 in layer 1."
    )


def test_names_shrink_where_they_would_meet():
    def widths(inches):
        figure = Figure((inches, 4))
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        signals([1, 2], [1, 2], axes)
        boxes = [text.get_window_extent() for text in axes.texts[:2]]
        return boxes[0].x1, boxes[1].x0

    for inches in (6.5, 4.6):
        left, right = widths(inches)
        assert left < right
