"""Precision, recall and F1 of each class, with an interval for each recall."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from course.experiments.capstone import by_class
from course.experiments.intervals import wilson
from course.plots import style

LOWEST = 0.7  # what lies below is drawn at the edge
ROLES = (("precision", "^", style.ORANGE, -0.24), ("F1", "s", style.GREEN, 0.24))


def class_report(matrix: np.ndarray, ax: Axes | None = None, title: str = "") -> Axes:
    """Draw what a confusion matrix says of each class.

    Parameters
    ----------
    matrix : array of shape (k, k)
        Row i, column j counts how often class i was taken for class j.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.

    Returns
    -------
    Axes
        Its vertical line at each class is Wilson's 95 % interval for the recall.
    """
    ax, report = style.axes(ax), by_class(matrix)
    place = np.arange(len(matrix))
    low, high = _intervals(matrix)
    ax.vlines(place, low, high, color=style.mix(style.BLUE, 0.55), linewidth=4)
    marks = {"linestyle": "", "markeredgecolor": "white", "clip_on": False}
    ax.plot(place, _shown(report.recall), "o", color=style.BLUE, markersize=11, **marks)
    ax.text(
        0, 0.14, "● recall, bar: its 95 % interval", color=style.readable(style.BLUE), **_words(ax)
    )
    for (name, marker, colour, shift), line in zip(ROLES, (0.08, 0.02), strict=True):
        values = _shown(report.precision if name == "precision" else report.f1)
        ax.plot(place + shift, values, marker, color=colour, markersize=8, **marks)
        sign = "▲" if marker == "^" else "■"
        ax.text(0, line, f"{sign} {name}", color=style.readable(colour), **_words(ax))
    ax.set(xlim=(-0.6, len(matrix) - 0.4), ylim=(LOWEST, 1.01), xticks=place)
    style.label(ax, title, "class", "share")
    return ax


def describe_class_report(matrix: np.ndarray) -> str:
    """Say the three numbers of each class, and the interval of its recall."""
    low, high = _intervals(matrix)
    return " ".join(
        f"Class {k}: precision {p:.2f}, recall {r:.2f} [{low[k]:.2f}, {high[k]:.2f}], F1 {f:.2f}."
        for k, (p, r, f) in enumerate(zip(*by_class(matrix), strict=True))
    )


def _intervals(matrix: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    ends = [wilson(row[k], max(int(row.sum()), 1)) for k, row in enumerate(np.asarray(matrix))]
    low, high = np.array(ends).T
    return low, high


def _shown(values: np.ndarray) -> np.ndarray:
    return np.clip(values, LOWEST, 1)


def _words(ax: Axes) -> dict:
    return {"fontsize": style.LABEL, "transform": ax.transAxes, "va": "bottom"}
