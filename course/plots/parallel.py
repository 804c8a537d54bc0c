"""All hyperparameters of all trials at once: one line a trial, crossing an axis for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from course.plots import style
from course.plots.scatter import best_of, categories_of

MARKS = 5  # no more values of a number are all written beside its axis
UNUSED = -0.13  # below the axes: where a trial does not use a hyperparameter


class Parallel:
    """Lines over parallel axes; the best trials are highlighted, the others grey.

    Parameters
    ----------
    ax : Axes
    columns : mapping of str to sequence
        As of :func:`parallel`: they fix the axes.
    log : sequence of str, default ()
        Names of the columns on a logarithmic axis.
    direction : {'min', 'max'}
        Which scores are better.
    best : int, default 3
        How many trials are highlighted.

    Attributes
    ----------
    artists : tuple
        What `update` changes.
    """

    def __init__(
        self,
        ax: Axes,
        columns: Mapping[str, Sequence[Any]],
        *,
        log: Sequence[str] = (),
        direction: str = "min",
        best: int = 3,
    ) -> None:
        self.ax, self.direction, self.best = ax, direction, best
        self.scales = {name: Scale(columns[name], name in log) for name in columns}
        self.lines = LineCollection([], linewidths=1.1, colors=[style.mix(style.INK, 0.25)])
        self.highlighted = LineCollection([], linewidths=2.6, colors=style.HIGHLIGHT, zorder=3)
        self.artists = (self.lines, self.highlighted)
        for artist in self.artists:
            ax.add_collection(artist, autolim=False)
        self._draw_axes()

    def _draw_axes(self) -> None:
        self.ax.set_xlim(-0.5, len(self.scales) - 0.5)
        self.ax.set_ylim(UNUSED - 0.07, 1.06)
        self.ax.set_yticks([])
        self.ax.set_xticks(range(len(self.scales)), list(self.scales), fontsize=style.LABEL)
        self.ax.tick_params(axis="x", colors=style.INK)
        box = {"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 1}
        for i, scale in enumerate(self.scales.values()):
            self.ax.plot([i, i], [0, 1], color=style.SOFT, lw=1.2, zorder=4)
            marks = list(scale.marks)
            if scale.has_gaps:
                marks.append((UNUSED, "not used"))
            for height, text in marks:
                self.ax.text(
                    i + 0.03, height, text, fontsize=style.TICK - 1, color=style.SOFT,
                    va="center", bbox=box, zorder=5,
                )  # fmt: skip

    def update(self, columns: Mapping[str, Sequence[Any]], scores: Any) -> None:
        """Show trials with these values and `scores` of shape (n,); NaN: the trial failed."""
        scores = np.asarray(scores, float)
        heights = np.array([scale.places(columns[name]) for name, scale in self.scales.items()])
        order = ranking(scores, self.direction)
        paths = [np.column_stack([np.arange(len(heights)), heights[:, i]]) for i in order]
        self.highlighted.set_segments(paths[: self.best][::-1])
        self.lines.set_segments(paths[self.best :])


class Scale:
    """From values of one column to heights in [0, 1], with the marks beside the axis."""

    def __init__(self, values: Sequence[Any], log: bool = False) -> None:
        used = [v for v in values if not is_missing(v)]
        self.has_gaps, self.log = len(used) < len(values), log
        self.names = categories_of(used) if used else []
        if self.names is None:
            numbers = self._transformed(used)
            self.low, self.high = float(numbers.min()), float(numbers.max())
            ends = np.unique(numbers)
            if len(ends) > MARKS:
                ends = np.linspace(self.low, self.high, 3)
            shown = [10.0**e if log else e for e in ends]
            self.marks = [(self._height(e), f"{v:.3g}") for e, v in zip(ends, shown, strict=True)]
        else:
            self.names = sorted(self.names, key=str)
            self.marks = [(self._name_height(name), str(name)) for name in self.names]

    def places(self, values: Sequence[Any]) -> np.ndarray:
        """Return the height of each value; below the axis where there is none."""
        return np.array([UNUSED if is_missing(v) else self._place(v) for v in values])

    def _place(self, value: Any) -> float:
        if self.names is None:
            return self._height(float(self._transformed([value])[0]))
        return self._name_height(value)

    def _transformed(self, values: Sequence[Any]) -> np.ndarray:
        numbers = np.asarray(values, float)
        return np.log10(numbers) if self.log else numbers

    def _height(self, number: float) -> float:
        return (number - self.low) / (self.high - self.low) if self.high > self.low else 0.5

    def _name_height(self, name: Any) -> float:
        return self.names.index(name) / (len(self.names) - 1) if len(self.names) > 1 else 0.5


def is_missing(value: Any) -> bool:
    """Whether a trial has no value there: None, or NaN as a DataFrame has it."""
    return value is None or (isinstance(value, float | np.floating) and bool(np.isnan(value)))


def ranking(scores: np.ndarray, direction: str) -> np.ndarray:
    """Return the trials that have a score, the best first; of equals the earlier."""
    sign = 1 if direction == "min" else -1
    order = np.argsort(sign * scores, kind="stable")
    return order[np.isfinite(scores[order])]


def parallel(
    columns: Mapping[str, Sequence[Any]],
    scores: Any,
    ax: Axes | None = None,
    title: str = "",
    *,
    log: Sequence[str] = (),
    direction: str = "min",
    best: int = 3,
) -> Axes:
    """Draw each trial as a line through its hyperparameters, the best ones highlighted.

    Parameters
    ----------
    columns : mapping of str to sequence of shape (n,), or DataFrame
        The values of one hyperparameter each: numbers, or names; None or NaN for a trial that
        does not use it.
    scores : array_like of shape (n,)
        NaN for a trial that failed: it is not drawn.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    log : sequence of str, default ()
        Names of the columns on a logarithmic axis.
    direction : {'min', 'max'}
        Which scores are better.
    best : int, default 3
        How many trials are highlighted.

    Returns
    -------
    Axes
    """
    columns = {name: list(columns[name]) for name in columns}
    ax = style.axes(ax, (1.8 + 1.4 * len(columns), 4.4), grid=False)
    Parallel(ax, columns, log=log, direction=direction, best=best).update(columns, scores)
    style.label(ax, title)
    return ax


def describe_parallel(
    columns: Mapping[str, Sequence[Any]], scores: Any, *, direction: str = "min", best: int = 3
) -> str:
    """Say in words which values the best trials have.

    Parameters
    ----------
    columns, scores, direction, best
        As in :func:`parallel`.
    """
    scores = np.asarray(scores, float)
    columns = {name: list(columns[name]) for name in columns}
    parts = []
    for i in ranking(scores, direction)[:best]:
        used = {name: values[i] for name, values in columns.items() if not is_missing(values[i])}
        settings = ", ".join(
            f"{name} {value:.3g}" if isinstance(value, float) else f"{name} {value}"
            for name, value in used.items()
        )
        parts.append(f"{scores[i]:.3g} with {settings}")
    if not parts:
        return "No trial has a score."
    first = best_of(scores, direction) + 1
    return f"{len(scores)} trials, the best is trial {first}. Best: {'; '.join(parts)}."
