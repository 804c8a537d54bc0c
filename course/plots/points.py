"""Points of several classes: each class has a colour and a marker of its own."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from course.plots import style


class Points:
    """Points that can be moved.

    Parameters
    ----------
    ax : Axes
    classes : int, default 2
        How many classes there are, at most 8.
    hollow : bool, default False
        True leaves the markers unfilled: for the validation part beside the training part.

    Attributes
    ----------
    artists : tuple
        What `update` changes, one collection a class.
    """

    def __init__(self, ax: Axes, classes: int = 2, *, hollow: bool = False) -> None:
        self.ax = ax
        looks = list(zip(style.CLASS_COLOURS, style.CLASS_MARKERS, strict=True))
        self.artists = tuple(
            ax.scatter(
                [],
                [],
                s=34,
                marker=marker,
                facecolors="none" if hollow else colour,
                edgecolors=colour if hollow else "white",
                linewidths=1.3 if hollow else 0.7,
                zorder=3,
            )
            for colour, marker in looks[:classes]
        )

    def update(self, x: np.ndarray, y: np.ndarray) -> None:
        """Show the points `x` of shape (n, 2) with their classes `y` of shape (n,)."""
        y = np.ravel(y)
        for i, artist in enumerate(self.artists):
            artist.set_offsets(x[y == i])


def points(
    x: np.ndarray,
    y: np.ndarray,
    ax: Axes | None = None,
    title: str = "",
    *,
    hollow: bool = False,
) -> Axes:
    """Draw points of shape (n, 2) with a colour and a marker for each class.

    Parameters
    ----------
    x : array of shape (n, 2)
    y : array of int of shape (n,) or (n, 1)
        The class, 0 to 7.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    hollow : bool, default False
        True leaves the markers unfilled.

    Returns
    -------
    Axes
    """
    ax = style.axes(ax, (5.4, 5.4))
    x, y = np.asarray(x), np.asarray(y)
    Points(ax, int(np.max(y)) + 1, hollow=hollow).update(x, y)
    ax.update_datalim(x)
    ax.autoscale_view()
    ax.set_aspect("equal", adjustable="datalim")
    style.label(ax, title, "x₁", "x₂")
    return ax


def describe_points(x: np.ndarray, y: np.ndarray) -> str:
    """Say in words how many points of each class there are, and where."""
    x, y = np.asarray(x), np.ravel(y).astype(int)
    parts = [
        f"class {c}: {np.sum(y == c)} points around "
        f"({x[y == c, 0].mean():.2f}, {x[y == c, 1].mean():.2f})"
        for c in np.unique(y)
    ]
    return (
        f"{len(x)} points, x₁ from {x[:, 0].min():.2f} to {x[:, 0].max():.2f}, "
        f"x₂ from {x[:, 1].min():.2f} to {x[:, 1].max():.2f}; {'; '.join(parts)}."
    )
