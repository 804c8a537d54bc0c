"""Figures of the course, on Matplotlib.

Each kind of figure comes as three things with the same data first:

- ``name(data, ax=None, title="")`` draws it and returns the axes;
- ``Name(ax, ...)`` draws it once and ``update(data)`` changes it, for explorers: `artists`
  are the parts that change;
- ``describe_name(data)`` says it in words and numbers, for those who do not see the figure.

Nothing here uses pyplot's state, except that ``ax=None`` makes a figure which a notebook shows.
"""

from __future__ import annotations

from course.plots.confusion import Confusion, confusion, describe_confusion
from course.plots.contour import Contour, contour, describe_contour
from course.plots.curves import Curves, curves, describe_curves, describe_history, history
from course.plots.histograms import Histograms, describe_histograms, histograms
from course.plots.network import Network, describe_network, network
from course.plots.points import Points, describe_points, points
from course.plots.signals import Signals, describe_signals, signals
from course.plots.style import styled
from course.plots.surface import Surface, describe_surface, evaluate, grid, surface
from course.plots.tally import Tally, describe_tally, tally

__all__ = [
    "Confusion",
    "Contour",
    "Curves",
    "Histograms",
    "Network",
    "Points",
    "Signals",
    "Surface",
    "Tally",
    "confusion",
    "contour",
    "curves",
    "describe_confusion",
    "describe_contour",
    "describe_curves",
    "describe_histograms",
    "describe_history",
    "describe_network",
    "describe_points",
    "describe_signals",
    "describe_surface",
    "describe_tally",
    "evaluate",
    "grid",
    "histograms",
    "history",
    "network",
    "points",
    "signals",
    "styled",
    "surface",
    "tally",
]
