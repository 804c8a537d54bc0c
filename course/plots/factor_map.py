"""Factors over two quantities: what fades, what keeps its size, what explodes."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from course.plots import style

FACTORS = LinearSegmentedColormap.from_list(
    "factors",
    [style.BLUE, style.mix(style.BLUE, 0.4), "white", style.ORANGE, style.VERMILLION],
).with_extremes(bad=style.GRID)


class FactorMap:
    """An image of factors that can be changed: white is 1, blue fades, red explodes.

    Parameters
    ----------
    ax : Axes
    columns : int
        The horizontal quantity counts 1, 2, ..., `columns`.
    heights : (lowest, highest)
        Ends of the vertical quantity; rows are equal factors of it apart.
    decades : float
        A factor of 10 to this power, or to minus it, gets the full colour.

    Attributes
    ----------
    artists : tuple
        What `update` and `mark` change.
    """

    def __init__(
        self, ax: Axes, columns: int, heights: tuple[float, float], *, decades: float = 6
    ) -> None:
        self.ax, self.decades = ax, decades
        low, high = np.log10(heights)
        self.image = ax.imshow(
            np.full((2, columns), np.nan), cmap=FACTORS, vmin=-decades, vmax=decades,
            extent=(0.5, columns + 0.5, low, high), origin="lower", aspect="auto", zorder=0,
        )  # fmt: skip
        marker = {"marker": "o", "markersize": 13, "markerfacecolor": "none", "clip_on": False}
        (self.place,) = ax.plot([], [], **marker, color=style.BLACK, markeredgewidth=2.6, zorder=4)
        self.line = ax.axhline(low, color=style.INK, linestyle=(0, (4, 2)), linewidth=1.6)
        self.note = ax.text(
            0.8, low, "", fontsize=style.TICK, color=style.INK, ha="left", va="bottom"
        )
        self.artists = (self.image, self.line, self.note, self.place)
        marks = [m for m in (0.1, 0.3, 1, 3, 10, 30) if heights[0] <= m <= heights[1]]
        ax.set_yticks(np.log10(marks), [f"{m:g}" for m in marks])
        ax.set_xticks([1, *style.ticks(5, columns)])

    def update(self, factors: np.ndarray) -> None:
        """Show `factors` of shape (rows, columns), lowest row first; NaN is not known yet."""
        with np.errstate(divide="ignore"):
            self.image.set_data(np.log10(factors))

    def mark(self, column: int, height: float, line: float | None, note: str = "") -> None:
        """Put the ring at a place, and the dashed line with a note at another height, or away."""
        low, high = self.image.get_extent()[2:]
        self.place.set_data([column], [np.clip(np.log10(height), low, high)])
        for artist in (self.line, self.note):
            artist.set_visible(line is not None)
        if line is None:
            return
        self.line.set_ydata([np.log10(line)] * 2)
        self.note.set_text(note)
        self.note.set_y(np.log10(line) + 0.01 * (high - low))

    def scale(self, figure: Any, text: str) -> None:
        """Draw the scale of the colours beside the image, named `text`."""
        d = self.decades
        bar = figure.colorbar(self.image, ax=self.ax, ticks=[-d, 0, d], pad=0.02, aspect=30)
        bar.ax.set_yticklabels([f"$10^{{{-d:g}}}$", "1", f"$10^{{{d:g}}}$"], fontsize=style.TICK)
        bar.set_label(text, fontsize=style.TICK, color=style.INK, labelpad=-12)
        bar.outline.set_visible(False)
        bar.ax.tick_params(length=0, colors=style.SOFT)


def factor_map(
    factors: np.ndarray,
    heights: tuple[float, float],
    ax: Axes | None = None,
    title: str = "",
    *,
    x: str = "",
    y: str = "",
) -> Axes:
    """Draw factors over a counted and a logarithmic quantity.

    Parameters
    ----------
    factors : array of shape (rows, columns)
        Lowest row first; NaN is left grey.
    heights : (lowest, highest)
        Ends of the vertical quantity.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    x, y : str
        Names of the axes.

    Returns
    -------
    Axes
    """
    ax = style.axes(ax, grid=False)
    picture = FactorMap(ax, np.shape(factors)[1], heights)
    picture.update(np.asarray(factors, float))
    style.label(ax, title, x, y)
    return ax


def describe_factor_map(factors: np.ndarray) -> str:
    """Say in words how much of the map fades, keeps its size within 10 either way, explodes."""
    known = np.asarray(factors, float)
    known = known[np.isfinite(known)]
    if not len(known):
        return "Nothing is known yet."
    fades, explodes = np.mean(known < 0.1), np.mean(known > 10)
    return (
        f"Below a tenth on {fades:.0%} of the map, above ten on {explodes:.0%}, "
        f"in between on {1 - fades - explodes:.0%}; from {known.min():.1e} to {known.max():.1e}."
    )
