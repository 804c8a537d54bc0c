"""Figures of the course, on Matplotlib.

Each kind of figure comes as three things with the same data first:

- ``name(data, ax=None, title="")`` draws it and returns the axes;
- ``Name(ax, ...)`` draws it once and ``update(data)`` changes it, for explorers: `artists`
  are the parts that change;
- ``describe_name(data)`` says it in words and numbers, for those who do not see the figure.

Nothing here uses pyplot's state, except that ``ax=None`` makes a figure which a notebook shows.
"""

from __future__ import annotations

from course.plots.best_so_far import BestSoFar, best_so_far, describe_best_so_far
from course.plots.brackets import Brackets, brackets, describe_brackets
from course.plots.confusion import Confusion, confusion, describe_confusion
from course.plots.contour import Contour, contour, describe_contour
from course.plots.curves import Curves, curves, describe_curves, describe_history, history
from course.plots.histograms import Histograms, describe_histograms, histograms
from course.plots.network import Network, describe_network, network
from course.plots.pairs import Pairs, describe_pairs, pairs
from course.plots.parallel import Parallel, describe_parallel, parallel
from course.plots.points import Points, describe_points, points
from course.plots.projection import Projection, describe_projection, projection
from course.plots.scatter import Scatter, describe_scatter, scatter
from course.plots.schedules import Schedules, describe_schedules, schedules
from course.plots.signals import Signals, describe_signals, signals
from course.plots.spread import Spread, describe_spread, spread
from course.plots.style import styled
from course.plots.surface import Surface, describe_surface, evaluate, grid, surface
from course.plots.surrogate import Surrogate, describe_surrogate, surrogate
from course.plots.tally import Tally, describe_tally, tally

__all__ = [
    "BestSoFar",
    "Brackets",
    "Confusion",
    "Contour",
    "Curves",
    "Histograms",
    "Network",
    "Pairs",
    "Parallel",
    "Points",
    "Projection",
    "Scatter",
    "Schedules",
    "Signals",
    "Spread",
    "Surface",
    "Surrogate",
    "Tally",
    "best_so_far",
    "brackets",
    "confusion",
    "contour",
    "curves",
    "describe_best_so_far",
    "describe_brackets",
    "describe_confusion",
    "describe_contour",
    "describe_curves",
    "describe_histograms",
    "describe_history",
    "describe_network",
    "describe_pairs",
    "describe_parallel",
    "describe_points",
    "describe_projection",
    "describe_scatter",
    "describe_schedules",
    "describe_signals",
    "describe_spread",
    "describe_surface",
    "describe_surrogate",
    "describe_tally",
    "evaluate",
    "grid",
    "histograms",
    "history",
    "network",
    "pairs",
    "parallel",
    "points",
    "projection",
    "scatter",
    "schedules",
    "signals",
    "spread",
    "styled",
    "surface",
    "surrogate",
    "tally",
]
