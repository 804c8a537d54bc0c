"""How good the best trial is after so many trials: the picture of a search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course.plots import style
from course.plots.band import Band
from course.plots.curves import Curves

Scores = Mapping[str, Any]


class BestSoFar:
    """Lines that only ever get better; for repeated searches the median, in a band.

    Parameters
    ----------
    ax : Axes
    names : iterable of str
        One search, or one strategy, each.
    direction : {'min', 'max'}
        Which scores are better.
    trials : int, optional
        How far the horizontal axis goes; by default as far as the data.
    limits, log, chosen
        As in :class:`~course.plots.curves.Curves`.

    Attributes
    ----------
    artists : tuple
        What `update` changes.
    """

    def __init__(
        self,
        ax: Axes,
        names: Iterable[str],
        *,
        direction: str = "min",
        trials: int | None = None,
        limits: tuple[float, float] | None = None,
        log: bool = False,
        chosen: str | None = None,
    ) -> None:
        self.direction = direction
        self.curves = Curves(ax, names, epochs=trials, limits=limits, log=log, chosen=chosen)
        self.bands, self.dots = {}, {}
        for name, line in self.curves.lines.items():
            line.set_drawstyle("steps-post")
            colour = line.get_color()
            self.bands[name] = Band(ax, colour, 0.18, steps=True)
            self.dots[name] = ax.plot([], [], "o", ms=4.5, color=colour, alpha=0.45)[0]
        bands = (band.artist for band in self.bands.values())
        self.artists = (*bands, *self.dots.values(), *self.curves.artists)

    def update(self, scores: Scores) -> None:
        """Draw `scores`, name by name: of shape (trials,), or (repeats, trials) for a band."""
        middles = {}
        for name in self.curves.lines:
            rows = np.atleast_2d(np.asarray(scores[name], float))
            low, middle, high = quartiles(best_so_far_of(rows, self.direction))
            number = np.arange(1, rows.shape[1] + 1)
            middles[name] = middle
            several = len(rows) > 1
            self.bands[name].update(number, low, high)
            self.dots[name].set_data(number, np.full(len(number), np.nan) if several else rows[0])
        self.curves.update(middles)


def best_so_far_of(scores: np.ndarray, direction: str = "min") -> np.ndarray:
    """Return the best of the first 1, 2, ... trials of each row; NaN never is the best."""
    better = np.fmin if direction == "min" else np.fmax
    return better.accumulate(np.asarray(scores, float), axis=-1)


def quartiles(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the lower quartile, the median and the upper quartile of each column."""
    low, middle, high = np.quantile(rows, (0.25, 0.5, 0.75), axis=0)
    return low, middle, high


def best_so_far(
    scores: Scores,
    ax: Axes | None = None,
    title: str = "",
    *,
    direction: str = "min",
    x: str = "trials",
    y: str = "best so far",
    limits: tuple[float, float] | None = None,
    log: bool = False,
    chosen: str | None = None,
) -> Axes:
    """Draw the best score after each trial; single trials as dots, repeated searches as bands.

    Parameters
    ----------
    scores : mapping of str to array_like of shape (trials,) or (repeats, trials)
        The score of each trial in order; NaN for one that failed. For several repeats the
        line is their median and the band goes from quartile to quartile.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    direction : {'min', 'max'}
        Which scores are better.
    x, y : str, default 'trials' and 'best so far'
        Names of the axes.
    limits, log, chosen
        As in :class:`~course.plots.curves.Curves`.

    Returns
    -------
    Axes
    """
    ax = style.axes(ax)
    picture = BestSoFar(ax, scores, direction=direction, limits=limits, log=log, chosen=chosen)
    picture.update(scores)
    style.label(ax, title, x, y)
    return ax


def describe_best_so_far(scores: Scores, *, direction: str = "min") -> str:
    """Say in words how good the best is halfway and in the end, search by search."""
    return " ".join(_describe(name, rows, direction) for name, rows in scores.items())


def _describe(name: str, scores: Any, direction: str) -> str:
    rows = np.atleast_2d(np.asarray(scores, float))
    low, middle, high = quartiles(best_so_far_of(rows, direction))
    n = rows.shape[1]
    if np.isnan(rows).all():
        return f"{name}: no trial of {n} has a score."
    text = f"{name}: best {middle[(n - 1) // 2]:.3g} after {(n + 1) // 2} trials, {middle[-1]:.3g}"
    if len(rows) == 1:
        found = int(np.flatnonzero(rows[0] == middle[-1])[0]) + 1
        return f"{text} after {n}, found in trial {found}."
    return (
        f"{text} after {n} (median of {len(rows)} searches; half of them between {low[-1]:.3g} "
        f"and {high[-1]:.3g})."
    )
