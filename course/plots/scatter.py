"""One hyperparameter against the score: what a search says about it, all others varying."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course.plots import style

WIDTH = 0.5  # of a category, over which its trials are spread


class Scatter:
    """Trials as points, the best one as a star.

    Parameters
    ----------
    ax : Axes
    categories : sequence, optional
        Values that are names, in order; None where they are numbers.
    direction : {'min', 'max'}
        Which scores are better.

    Attributes
    ----------
    artists : tuple
        What `update` changes.
    """

    def __init__(
        self, ax: Axes, categories: Sequence[Any] | None = None, *, direction: str = "min"
    ) -> None:
        self.categories, self.direction = categories, direction
        edge = {"edgecolors": "white", "linewidths": 0.7}
        self.points = ax.scatter([], [], s=40, color=style.BLUE, zorder=3, **edge)
        self.best = ax.scatter([], [], s=230, color=style.HIGHLIGHT, marker="*", zorder=4, **edge)
        self.artists = (self.points, self.best)
        if categories is not None:
            ax.set_xticks(range(len(categories)), [str(c) for c in categories])
            ax.set_xlim(-0.6, len(categories) - 0.4)
            ax.grid(False, axis="x")

    def update(self, values: Sequence[Any], scores: Any) -> None:
        """Show trials with these `values` and `scores`, both of shape (n,); NaN is left out."""
        scores = np.asarray(scores, float)
        offsets = np.column_stack([self._places(values), scores])
        known = np.isfinite(scores)
        star = np.zeros(len(scores), bool)
        if known.any():
            star[best_of(scores, self.direction)] = True
        self.best.set_offsets(offsets[star])
        self.points.set_offsets(offsets[known & ~star])

    def _places(self, values: Sequence[Any]) -> np.ndarray:
        if self.categories is None:
            return np.asarray(values, float)
        place = np.array([list(self.categories).index(value) for value in values], float)
        for c in range(len(self.categories)):  # side by side in the order of the trials
            mine = place == c
            place[mine] += WIDTH * (np.arange(mine.sum()) + 0.5) / max(1, mine.sum()) - WIDTH / 2
        return place


def best_of(scores: np.ndarray, direction: str) -> int:
    """Return the index of the best score; NaN is the worst."""
    sign = 1 if direction == "min" else -1
    return int(np.argmin(np.where(np.isfinite(scores), sign * scores, np.inf)))


def categories_of(values: Sequence[Any]) -> list[Any] | None:
    """Return the names among `values` in order of their first use; None where all are numbers."""
    if all(isinstance(v, int | float | np.number) and not isinstance(v, bool) for v in values):
        return None
    return list(dict.fromkeys(values))


def scatter(
    values: Sequence[Any],
    scores: Any,
    ax: Axes | None = None,
    title: str = "",
    *,
    direction: str = "min",
    log: bool = False,
    x: str = "",
    y: str = "score",
) -> Axes:
    """Draw the score of each trial against one of its hyperparameters.

    Parameters
    ----------
    values : sequence of shape (n,)
        Numbers, or names, which are put side by side in order of their first use.
    scores : array_like of shape (n,)
        NaN for a trial that failed: it is not drawn.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    direction : {'min', 'max'}
        Which scores are better.
    log : bool, default False
        True makes the horizontal axis logarithmic.
    x, y : str, default '' and 'score'
        Names of the axes.

    Returns
    -------
    Axes
    """
    ax = style.axes(ax)
    values = list(values)
    picture = Scatter(ax, categories_of(values), direction=direction)
    picture.update(values, scores)
    if picture.categories is None:
        ax.set_xscale("log" if log else "linear")
    ax.update_datalim(np.concatenate([a.get_offsets() for a in picture.artists]))
    ax.autoscale_view(scalex=picture.categories is None)
    style.label(ax, title, x, y)
    return ax


def describe_scatter(values: Sequence[Any], scores: Any, *, direction: str = "min") -> str:
    """Say in words which value was best, and how good the trials of each category were.

    Parameters
    ----------
    values, scores, direction
        As in :func:`scatter`.
    """
    values, scores = list(values), np.asarray(scores, float)
    known = np.isfinite(scores)
    if not known.any():
        return "No trial has a score."
    best = best_of(scores, direction)
    text = f"{known.sum()} trials, the best with {_written(values[best])}: {scores[best]:.3g}."
    names = categories_of(values)
    if names is None:
        return text
    parts = [
        f"{name}: median {np.median(mine):.3g}"
        for name in names
        if len(mine := scores[known & np.array([v == name for v in values])])
    ]
    return f"{text} {'; '.join(parts)}."


def _written(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float | np.floating) else str(value)
