"""How values are distributed in each layer: one outline above the other, the first layer on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from course.plots import style


class Histograms:
    """A row of outlines that can be changed.

    Parameters
    ----------
    ax : Axes
    names : sequence of str
        One row each, from the top.
    limits : (left, right), default (-1.0, 1.0)
        The range of values; what lies beyond counts in the outermost bins.
    bins : int, default 41
        Bins of equal width.

    Attributes
    ----------
    artists : tuple
        What `update` changes.
    """

    def __init__(
        self,
        ax: Axes,
        names: Sequence[str],
        *,
        limits: tuple[float, float] = (-1.0, 1.0),
        bins: int = 41,
    ) -> None:
        self.ax, self.limits, self.bins = ax, limits, bins
        self.outlines = PolyCollection(
            [], facecolors=style.mix(style.FORWARD["color"], 0.55),
            edgecolors=style.FORWARD["color"], linewidths=1.0, zorder=2,
        )  # fmt: skip
        ax.add_collection(self.outlines, autolim=False)
        ax.grid(False, axis="y")
        size = style.LABEL if len(names) <= 12 else 9.5
        self.notes = [
            ax.text(
                1.02, -row - 0.12, "", color=style.INK, fontsize=size, va="center",
                transform=ax.get_yaxis_transform(),
            )
            for row in range(len(names))
        ]  # fmt: skip
        self.artists = (self.outlines, *self.notes)
        ax.set_xlim(limits)
        ax.set_xticks(style.ticks(*limits))
        ax.set_ylim(-len(names) + 0.4, 0.6)
        ax.set_yticks(-np.arange(len(names)) - 0.35, names, fontsize=size, va="bottom")

    def update(self, values: Sequence[np.ndarray], notes: Sequence[str] | None = None) -> None:
        """Show the distribution of each array, scaled to one height, with a note on its right."""
        self.outlines.set_verts([self._outline(row, v) for row, v in enumerate(values)])
        for text, note in zip(self.notes, notes or [], strict=False):
            text.set_text(note)

    def _outline(self, row: int, values: np.ndarray) -> np.ndarray:
        low, high = self.limits
        edges = np.linspace(low, high, self.bins + 1)
        counts = np.histogram(np.clip(values, low, high), self.bins, self.limits)[0]
        heights = 0.85 * np.sqrt(counts / max(counts.max(), 1))
        x = np.concatenate([edges[:1], np.repeat(edges[1:-1], 2), edges[-1:]])
        foot = -row - 0.35
        return np.vstack(
            [(low, foot), np.column_stack([x, foot + np.repeat(heights, 2)]), (high, foot)]
        )


def histograms(
    values: Mapping[str, np.ndarray],
    ax: Axes | None = None,
    title: str = "",
    *,
    x: str = "activation",
    limits: tuple[float, float] = (-1.0, 1.0),
    notes: Sequence[str] | None = None,
) -> Axes:
    """Draw how the values of each layer are distributed.

    Heights are square roots of counts (J. Tukey's rootogram), so that a few values in the tails
    stay visible beside a spike. Each row has its own scale: a spike and a broad hill reach the
    same height.

    Parameters
    ----------
    values : mapping of str to array of any shape
        By layer, in order; as ``model.activations(x)`` returns them.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    x : str, default 'activation'
        What the values are.
    limits : (left, right), default (-1.0, 1.0)
        The range of values; what lies beyond counts in the outermost bins.
    notes : sequence of str, optional
        One short text a layer, written on its right: ``'37 % saturated'``.

    Returns
    -------
    Axes
    """
    ax = style.axes(ax, (6.4, min(max(3.0, 0.42 * len(values) + 1.4), 6.6)))
    Histograms(ax, list(values), limits=limits).update(list(values.values()), notes)
    style.label(ax, title, x)
    return ax


def describe_histograms(values: Mapping[str, np.ndarray]) -> str:
    """Say in words the mean, the standard deviation and the extremes of each layer."""
    return " ".join(
        f"{name}: mean {np.mean(v):.3g}, standard deviation {np.std(v):.3g}, "
        f"from {np.min(v):.3g} to {np.max(v):.3g}."
        for name, v in values.items()
    )
