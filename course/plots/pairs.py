"""Two settings run in pairs: a line leads from the score of one to that of the other."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from course.plots import style

RISES = {"colors": style.BLUE, "linestyles": "-", "linewidths": 2.4}
FALLS = {"colors": style.HIGHLIGHT, "linestyles": [(0, (3, 2))], "linewidths": 2.4}


class Pairs:
    """Lines between two columns of points: solid and blue where they rise, dashed where not.

    Parameters
    ----------
    ax : Axes
    names : sequence of str
        Of the two settings.

    Attributes
    ----------
    artists : tuple
        What `update` changes.
    """

    def __init__(self, ax: Axes, names: tuple[str, str]) -> None:
        self.rises = ax.add_collection(LineCollection([], zorder=2, **RISES))
        self.falls = ax.add_collection(LineCollection([], zorder=2, **FALLS))
        (self.points,) = ax.plot(
            [], [], linestyle="none", marker="o", markersize=8, color=style.INK, zorder=3
        )
        at_end = {"fontsize": style.LABEL, "va": "center", "color": style.INK}
        self.means = [
            ax.text(-0.08, 0, "", ha="right", **at_end),
            ax.text(1.08, 0, "", ha="left", **at_end),
        ]
        self.artists = (self.rises, self.falls, self.points, *self.means)
        ax.set_xlim(-0.6, 1.6)
        ax.set_xticks((0, 1), names)
        ax.tick_params(axis="x", labelsize=style.LABEL, labelcolor=style.INK)
        ax.grid(False, axis="x")

    def update(self, a: Any, b: Any) -> None:
        """Show the scores `a` on the left and `b` on the right, both of shape (n,)."""
        a, b = _checked(a, b)
        lines = np.stack([np.zeros_like(a), a, np.ones_like(b), b], axis=1).reshape(-1, 2, 2)
        self.rises.set_segments(list(lines[b > a]))
        self.falls.set_segments(list(lines[b <= a]))
        self.points.set_data(*lines.reshape(-1, 2).T)
        for text, scores in zip(self.means, (a, b), strict=True):
            text.set_y(scores.mean())
            text.set_text(f"mean\n{scores.mean():.1f}")


def pairs(
    a: Any,
    b: Any,
    ax: Axes | None = None,
    title: str = "",
    *,
    names: tuple[str, str] = ("a", "b"),
    y: str = "score",
) -> Axes:
    """Draw two settings that were run in pairs: with the same seed, on the same data.

    Parameters
    ----------
    a, b : array-like of shape (n,)
        Their scores; those at one place belong together.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    names : sequence of str, default ('a', 'b')
        Of the two settings.
    y : str, default 'score'
        What the score is.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If there are not two lists of equal length.
    """
    a, b = _checked(a, b)
    ax = style.axes(ax)
    Pairs(ax, names).update(a, b)
    low, high = min(a.min(), b.min()), max(a.max(), b.max())
    room = 0.08 * (high - low) or 0.5
    ax.set_ylim(low - room, high + room)
    style.label(ax, title, "", y)
    return ax


def describe_pairs(a: Any, b: Any, *, names: tuple[str, str] = ("a", "b")) -> str:
    """Say in words how many pairs rise, and both means.

    Parameters
    ----------
    a, b : array-like of shape (n,)
        Their scores; those at one place belong together.
    names : sequence of str, default ('a', 'b')
        Of the two settings.
    """
    a, b = _checked(a, b)
    return (
        f"From {names[0]} to {names[1]}, {np.sum(b > a)} of {len(a)} pairs rise; "
        f"the means are {a.mean():.3g} and {b.mean():.3g}."
    )


def _checked(a: Any, b: Any) -> tuple[np.ndarray, np.ndarray]:
    a, b = np.asarray(a, float), np.asarray(b, float)
    if a.ndim != 1 or a.shape != b.shape or not len(a):
        raise ValueError(
            "pairs needs two lists of equal length, in the same order; got shapes "
            f"{a.shape} and {b.shape}."
        )
    return a, b
