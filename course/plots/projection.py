"""Why random trials see more than a grid: how many values of what matters have been tried.

After figure 1 of Bergstra & Bengio, *Random Search for Hyper-Parameter Optimization*, Journal of
Machine Learning Research 13 (2012).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from course.plots import style

Effect = Callable[[np.ndarray], np.ndarray]
ABOVE = 0.42  # height of the curve over the square, and width of the one beside it
GAP = 0.06


class Projection:
    """Trials in a square, and their shadows on what each of the two hyperparameters does.

    Parameters
    ----------
    ax : Axes
    effects : pair of callables
        What the horizontal and the vertical hyperparameter, both in [0, 1], add to the score.

    Attributes
    ----------
    artists : tuple
        What `update` changes.
    """

    def __init__(self, ax: Axes, effects: tuple[Effect, Effect]) -> None:
        u = np.linspace(0, 1, 201)
        heights = [np.asarray(effect(u), float) for effect in effects]
        self.span = max(np.ptp(h) for h in heights) or 1.0
        self.effects, self.floors = effects, [h.min() for h in heights]
        ax.plot([0, 1, 1, 0, 0], [0, 0, 1, 1, 0], color=style.SOFT, lw=1.2)
        for which, place in ((0, self._over), (1, self._beside)):
            ax.plot(*place(u, self._height(u, which)), color=style.BLUE, lw=2.2)
        self.shadows = LineCollection([], colors=[style.mix(style.INK, 0.3)], lw=0.9, zorder=1)
        ax.add_collection(self.shadows, autolim=False)
        edge = {"mec": "white", "mew": 0.9, "ls": ""}
        self.seen = ax.plot([], [], "o", ms=7, color=style.HIGHLIGHT, zorder=4, **edge)[0]
        self.points = ax.plot([], [], "o", ms=9, color=style.INK, zorder=3, **edge)[0]
        self.artists = (self.shadows, self.points, self.seen)
        ax.set_xlim(-0.03, 1 + GAP + ABOVE + 0.03)
        ax.set_ylim(-0.03, 1 + GAP + ABOVE + 0.03)
        ax.set_xticks([])
        ax.set_yticks([])

    def update(self, points: np.ndarray) -> None:
        """Show trials at `points` of shape (n, 2), in the unit square."""
        points = np.reshape(points, (-1, 2)).astype(float)
        over = np.column_stack(self._over(points[:, 0], self._height(points[:, 0], 0)))
        beside = np.column_stack(self._beside(points[:, 1], self._height(points[:, 1], 1)))
        self.points.set_data(*points.T)
        self.seen.set_data(*np.concatenate([over, beside]).T)
        self.shadows.set_segments(
            [*zip(points, over, strict=True), *zip(points, beside, strict=True)]
        )

    def _height(self, u: np.ndarray, which: int) -> np.ndarray:
        return ABOVE * (np.asarray(self.effects[which](u)) - self.floors[which]) / self.span

    @staticmethod
    def _over(u: np.ndarray, height: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return u, 1 + GAP + height

    @staticmethod
    def _beside(u: np.ndarray, height: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        return 1 + GAP + height, u


def projection(
    points: np.ndarray,
    effects: tuple[Effect, Effect],
    ax: Axes | None = None,
    title: str = "",
    *,
    x: str = "important",
    y: str = "unimportant",
) -> Axes:
    """Draw trials over two hyperparameters, and where on the effect of each they have looked.

    Parameters
    ----------
    points : array_like of shape (n, 2)
        Trials, in the unit square.
    effects : pair of callables
        ``effect(u)`` of an array in [0, 1]: what each hyperparameter adds to the score. Both are
        drawn in one scale: over the square that of the horizontal one, beside it the other's.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    x, y : str, default 'important' and 'unimportant'
        Names of the hyperparameters.

    Returns
    -------
    Axes
    """
    ax = style.axes(ax, (4.6, 4.9), grid=False)
    Projection(ax, effects).update(np.asarray(points))
    columns, rows = values_seen(points)
    style.label(ax, title, f"{x}: {_values(columns)} tried", f"{y}: {_values(rows)} tried")
    for axis, side in ((ax.xaxis, 0.0), (ax.yaxis, 0.0)):
        axis.label.set_horizontalalignment("left")
        axis.label.set_position((side, side))
    return ax


def values_seen(points: np.ndarray) -> tuple[int, int]:
    """Return how many different values of each of the two hyperparameters were tried."""
    points = np.reshape(points, (-1, 2))
    columns, rows = (len(np.unique(np.round(column, 9))) for column in points.T)
    return columns, rows


def describe_projection(points: np.ndarray, effects: tuple[Effect, Effect]) -> str:
    """Say in words how many values of each were tried, and how near the best comes."""
    points = np.reshape(points, (-1, 2)).astype(float)
    columns, rows = values_seen(points)
    u = np.linspace(0, 1, 1001)
    best = sum(float(np.max(effect(u))) for effect in effects)
    found = float(np.max(sum(effect(points[:, i]) for i, effect in enumerate(effects))))
    return (
        f"{len(points)} trials try {_values(columns)} of the horizontal hyperparameter and "
        f"{_values(rows)} of the vertical one. The best reaches {found:.3g} of {best:.3g}."
    )


def _values(count: int) -> str:
    return "1 value" if count == 1 else f"{count} values"
