"""The network itself: units as circles, weights as lines as wide as they are large."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from course.plots import style
from course.plots.upright import Upright

WIDEST = 5.0
GAP = 6  # tiles are so many times as high as the gap between two of them
SOLID, DASHED = "solid", (0, (2.5, 1.2))


class Network:
    """A diagram whose weights can be changed.

    Parameters
    ----------
    ax : Axes
    units : sequence of int
        Width of each layer, the inputs first: ``(2, 8, 8, 1)``.
    names : sequence of str, optional
        What is written below each layer; by default its width.
    most : int, default 12
        How many units of a layer are drawn; how many more there are is written below them.

    Attributes
    ----------
    positions : list of array of shape (shown units, 2)
        Where the units are, in the data coordinates of `ax`, layer by layer.
    artists : tuple
        What `update` changes.
    """

    def __init__(
        self,
        ax: Axes,
        units: Sequence[int],
        *,
        names: Sequence[str] | None = None,
        most: int = 12,
    ) -> None:
        self.ax, self.units = ax, list(units)
        shown = [min(n, most) for n in self.units]
        self.positions, self.unit = _positions(shown, style.inches(ax))
        self.edges = LineCollection(self._segments(), capstyle="butt", zorder=1)
        ax.add_collection(self.edges, autolim=False)
        self.tiles: list[Upright] = []
        self.artists = (self.edges,)
        self._draw_units(names or [str(n) for n in self.units], shown)

    def update(self, weights: Sequence[np.ndarray], largest: float | None = None) -> None:
        """Show `weights`, one matrix of shape (inputs, units) for each step between layers.

        A line is as wide as its weight is large: orange and solid where it is positive, blue
        and dashed where it is negative. `largest` is the size drawn widest, by default the
        largest there is; give a number to keep widths comparable from one picture to the next.
        """
        w = np.concatenate([
            np.asarray(weight)[: len(start), : len(end)].ravel()
            for weight, (start, end) in zip(weights, pairwise(self.positions), strict=True)
        ])  # fmt: skip
        scale = largest or np.max(np.abs(w), initial=0) or 1.0
        positive = w > 0
        self.edges.set_linewidths(WIDEST * np.minimum(np.abs(w) / scale, 1))
        self.edges.set_linestyles([SOLID if p else DASHED for p in positive])
        self.edges.set_colors(
            np.where(positive[:, None], style.mix(style.ORANGE, 0.85), style.mix(style.BLUE, 0.85))
        )

    def paint(self, values: Sequence[np.ndarray], limits: tuple[float, float] = (-1, 1)) -> None:
        """Show in each unit the surface that it computes.

        Parameters
        ----------
        values : sequence of array of shape (units, rows, columns)
            Layer by layer, the inputs first; `limits` get the full colours.
        """
        if not self.tiles:
            self.tiles = [self._column(places) for places in self.positions]
            self.artists = (self.edges, *self.tiles)
        for image, surfaces, places in zip(self.tiles, values, self.positions, strict=True):
            image.set_data(_stacked(np.asarray(surfaces, float)[: len(places)]))
            image.set_clim(*limits)

    def _segments(self) -> np.ndarray:
        """Return the lines' ends, of shape (lines, 2, 2), in the order of the weights."""
        return np.concatenate([
            np.stack([np.repeat(start, len(end), axis=0), np.tile(end, (len(start), 1))], axis=1)
            for start, end in pairwise(self.positions)
        ])  # fmt: skip

    def _draw_units(self, names: Sequence[str], shown: Sequence[int]) -> None:
        places = np.concatenate(self.positions)
        diameter = min(0.62 * self.unit * 72, 24)
        self.ax.scatter(
            *places.T, s=diameter**2, facecolors="white", edgecolors=style.INK, linewidths=1.4,
            zorder=2,
        )  # fmt: skip
        for layer, name, width, count in zip(self.positions, names, self.units, shown, strict=True):
            more = f"\n+ {width - count} more" if width > count else ""
            self.ax.annotate(
                name + more, layer[-1], (0, -diameter / 2 - 5), textcoords="offset points",
                ha="center", va="top", fontsize=style.LABEL, color=style.INK,
            )  # fmt: skip
        width, height = style.inches(self.ax)
        self.ax.set_xlim(0, width)
        self.ax.set_ylim(0, height)
        self.ax.set_aspect("equal")
        self.ax.set_axis_off()

    def _column(self, places: np.ndarray) -> Upright:
        """Return one image for all tiles of a layer: one a unit takes several times as long."""
        half = self.unit * GAP / (GAP + 1) / 2
        (x, top), (_, bottom) = places[0], places[-1]
        extent = (x - half, x + half, bottom - half, top + half)
        return Upright(self.ax, extent, style.TWO_CLASSES, (-1, 1), zorder=3)


def _stacked(surfaces: np.ndarray) -> np.ndarray:
    """Return the tiles one above the other, the first on top, with nothing (NaN) between them."""
    _, rows, columns = surfaces.shape
    if rows % GAP:
        return _stacked(np.repeat(surfaces, GAP, axis=1))
    gap = rows // GAP
    upwards = np.pad(surfaces[::-1], ((0, 0), (0, gap), (0, 0)), constant_values=np.nan)
    return upwards.reshape(-1, columns)[:-gap]


def network(
    weights: Sequence[np.ndarray],
    ax: Axes | None = None,
    title: str = "",
    *,
    names: Sequence[str] | None = None,
    largest: float | None = None,
) -> Axes:
    """Draw a network of dense layers with its weights.

    Parameters
    ----------
    weights : sequence of array of shape (inputs, units)
        One matrix a layer: the kernels, without the biases.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    names : sequence of str, optional
        What is written below each layer; by default its width.
    largest : float, optional
        The size of a weight that gets the widest line; by default that of the largest.

    Returns
    -------
    Axes
    """
    ax = style.axes(ax, grid=False)
    picture = Network(ax, _units(weights), names=names)
    picture.update(weights, largest)
    style.label(ax, title)
    return ax


def describe_network(weights: Sequence[np.ndarray]) -> str:
    """Say in words how wide the network is and how large its weights are."""
    layers = " ".join(
        f"Weights into layer {i}: {w.size}, from {np.min(w):.3g} to {np.max(w):.3g}, "
        f"{np.mean(np.asarray(w) > 0):.0%} positive."
        for i, w in enumerate(map(np.asarray, weights), start=1)
    )
    return f"Network {'-'.join(map(str, _units(weights)))}. {layers}"


def _units(weights: Sequence[np.ndarray]) -> list[int]:
    return [len(weights[0]), *(np.shape(w)[1] for w in weights)]


def _positions(shown: Sequence[int], inches: tuple[float, float]) -> tuple[list[np.ndarray], float]:
    """Return the units' places in inches, layer by layer, and the room for one unit."""
    width, height = inches
    foot = 0.6
    unit = min((height - foot) / max(shown), width / len(shown), 0.9)
    middle = foot + (height - foot) / 2
    columns = (np.arange(len(shown)) + 0.5) * width / len(shown)
    layers = [
        np.column_stack([np.full(n, x), middle + unit * ((n - 1) / 2 - np.arange(n))])
        for x, n in zip(columns, shown, strict=True)
    ]
    return layers, unit
