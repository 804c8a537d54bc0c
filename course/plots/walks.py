"""Walks of several optimizers down one small landscape."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes

from course.experiments.surfaces import Surface
from course.plots import style
from course.plots.contour import Contour

MARKERS = ("o", "^", "s", "v")
CELLS = 161


def landscape(ax: Axes, surface: Surface) -> Contour:
    """Draw a surface on `ax`, its axes named u and v, and return it, ready for one path."""
    left, right, bottom, top = surface.reach
    u, v = np.linspace(left, right, CELLS), np.linspace(bottom, top, CELLS)
    cost = surface.cost(np.stack(np.meshgrid(u, v), -1))
    picture = Contour(style.axes(ax, grid=False), u, v, cost)
    ax.images[0].set_interpolation("nearest")  # a third of the file's size, and no one sees it
    edge = {"markeredgecolor": style.INK, "markeredgewidth": 1.2}
    ax.plot(*surface.lowest.T, "*", color="white", markersize=17, zorder=3, **edge)
    style.label(ax, "", "u", "v")
    return picture


def walks(
    paths: Mapping[str, np.ndarray], surface: Surface, ax: Axes | None = None, title: str = ""
) -> Axes:
    """Draw several paths on one surface, each in its colour and with its marker.

    Parameters
    ----------
    paths : dict of str to array of shape (updates + 1, 2)
        Up to four, by name. A single one is highlighted and not named.
    surface : Surface
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.

    Returns
    -------
    Axes
    """
    ax = style.axes(ax, grid=False)
    picture = landscape(ax, surface)
    style.label(ax, title)
    if len(paths) == 1:
        picture.update(*paths.values())
        return ax
    ax.plot(*surface.start, "s", color=style.INK, ms=9, zorder=6)
    look = {"markersize": 6, "markeredgecolor": "white", "markeredgewidth": 0.6, "lw": 1.8}
    for k, (name, path) in enumerate(paths.items()):
        colour, marker = style.RUN_COLOURS[k], MARKERS[k]
        ax.plot(*path.T, marker=marker, color=colour, label=name, zorder=5 - 0.2 * k, **look)
    ax.legend(fontsize=style.TICK, frameon=True, framealpha=0.9, edgecolor="none")
    return ax


def describe_walks(paths: Mapping[str, np.ndarray]) -> str:
    """Say in words where each of the paths starts and ends.

    Parameters
    ----------
    paths : dict of str to array of shape (updates + 1, 2)
    """
    return " ".join(
        f"{name}: from ({path[0, 0]:.3g}, {path[0, 1]:.3g}) in {len(path) - 1} updates to "
        f"({path[-1, 0]:.3g}, {path[-1, 1]:.3g})."
        for name, path in paths.items()
    )
