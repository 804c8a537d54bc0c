"""A cost over two weights as a landscape, and the path of a descent through it."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from course.plots import style


class Contour:
    """A landscape that stands still, and a path on it that can be changed.

    Parameters
    ----------
    ax : Axes
    u : array of shape (columns,)
        Values of the weight on the horizontal axis, equally spaced.
    v : array of shape (rows,)
        Values of the weight on the vertical axis, equally spaced.
    cost : array of shape (rows, columns)

    Attributes
    ----------
    artists : tuple
        What `update` changes.
    """

    def __init__(self, ax: Axes, u: np.ndarray, v: np.ndarray, cost: np.ndarray) -> None:
        height = _height(cost)
        ax.imshow(
            height, cmap=style.HEIGHTS, extent=(u[0], u[-1], v[0], v[-1]), origin="lower",
            aspect="auto", interpolation="bilinear", zorder=0,
        )  # fmt: skip
        low, high = np.nanmin(height), np.nanmax(height)
        levels = np.linspace(low, high, 13)[1:-1]
        ax.contour(u, v, height, levels, colors=style.SOFT, linewidths=0.7, linestyles="-")
        row, column = np.unravel_index(np.nanargmin(cost), cost.shape)
        ax.plot(
            u[column], v[row], "*", color="white", markeredgecolor=style.INK, markersize=17,
            markeredgewidth=1.2, zorder=3,
        )  # fmt: skip
        edge = {"markeredgecolor": "white", "markeredgewidth": 0.9}
        colour = style.HIGHLIGHT
        self.path = ax.plot([], [], "-o", color=colour, lw=1.8, ms=5, zorder=4, **edge)[0]
        self.start = ax.plot([], [], "s", color=colour, ms=10, zorder=5, **edge)[0]
        self.end = ax.plot([], [], "D", color=colour, ms=11, zorder=5, **edge)[0]
        self.artists = (self.path, self.start, self.end)
        ax.set_xticks(style.ticks(u[0], u[-1]))
        ax.set_yticks(style.ticks(v[0], v[-1]))
        ax.set_xlim(u[0], u[-1])
        ax.set_ylim(v[0], v[-1])

    def update(self, path: np.ndarray) -> None:
        """Show `path` of shape (steps, 2): a square where it starts, a diamond where it ends."""
        path = np.reshape(path, (-1, 2))
        self.path.set_data(*path.T)
        self.start.set_data(*path[:1].T)
        self.end.set_data(*path[len(path) - 1 :].T)


def contour(
    cost: np.ndarray,
    u: np.ndarray,
    v: np.ndarray,
    path: np.ndarray | None = None,
    ax: Axes | None = None,
    title: str = "",
    *,
    x: str = "w",
    y: str = "b",
) -> Axes:
    """Draw a cost over two weights, its lowest point as a star, and a path towards it.

    Lines are drawn at equal steps of log(cost − lowest cost), so that a ravine shows its floor.

    Parameters
    ----------
    cost : array of shape (rows, columns)
        ``cost[i, j]`` belongs to ``v[i]`` and ``u[j]``.
    u : array of shape (columns,)
    v : array of shape (rows,)
        Both equally spaced.
    path : array of shape (steps, 2), optional
        The weights (u, v) after each step, the start first.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    x, y : str, default 'w' and 'b'
        Names of the two weights.

    Returns
    -------
    Axes
    """
    ax = style.axes(ax, (5.8, 5.2), grid=False)
    picture = Contour(ax, np.asarray(u), np.asarray(v), np.asarray(cost))
    if path is not None:
        picture.update(path)
    style.label(ax, title, x, y)
    return ax


def describe_contour(
    cost: np.ndarray,
    u: np.ndarray,
    v: np.ndarray,
    path: np.ndarray | None = None,
    *,
    x: str = "w",
    y: str = "b",
) -> str:
    """Say in words where the lowest point is, and where the path starts and ends.

    Parameters
    ----------
    cost, u, v, path, x, y
        As in :func:`contour`.
    """
    cost = np.asarray(cost)
    row, column = np.unravel_index(np.nanargmin(cost), cost.shape)
    text = (
        f"Cost over {x} from {u[0]:.3g} to {u[-1]:.3g} and {y} from {v[0]:.3g} to {v[-1]:.3g}: "
        f"lowest {cost[row, column]:.3g} at ({u[column]:.3g}, {v[row]:.3g}), "
        f"highest {np.nanmax(cost):.3g}."
    )
    if path is None or not len(path):
        return text
    start, end = path[0], path[-1]
    away = np.hypot(end[0] - u[column], end[1] - v[row])
    return text + (
        f" The path starts at ({start[0]:.3g}, {start[1]:.3g}) and after {len(path) - 1} steps "
        f"is at ({end[0]:.3g}, {end[1]:.3g}), {away:.3g} away from the lowest point."
    )


def _height(cost: np.ndarray) -> np.ndarray:
    """Return log(cost − lowest cost), its floor one ten-thousandth of the whole height."""
    above = cost - np.nanmin(cost)
    return np.log(above + 1e-4 * np.nanmax(above) + np.finfo(float).tiny)
