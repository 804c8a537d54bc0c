"""The picture of the playground: the network on the left, its answer and its loss on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course import projector
from course.explorers.playground_run import View
from course.plots import Curves, Network, Surface, style

SHOWN = 8  # units of a layer that are drawn
DOTS = 200  # points that are drawn; more would hide the answer behind them
SHADES = 16  # of colour: steps as on a map, and a third of the bytes of a smooth picture
EPOCHS, LOSS = 100, 1.0  # where the axes of the loss end at first; they double


class Losses(Curves):
    """Two curves whose axes double where they become too small, and stand still otherwise.

    Their names stand still too: words that move take as long to draw as all tiles of a network.
    """

    _ends: tuple[int | None, tuple[float, float] | None] | None = None

    def __init__(self, ax: Axes, names: Sequence[str]) -> None:
        super().__init__(ax, names)
        self.artists = tuple(self.lines.values())
        for label in self.labels.values():
            label.remove()
        ax.legend(
            self.artists, names, loc="upper right", ncols=len(names), frameon=False, borderpad=0,
            fontsize=style.TICK, handlelength=1.8, handletextpad=0.4, columnspacing=1.0,
        )  # fmt: skip

    def _set_limits(self, arrays: Mapping[str, np.ndarray]) -> None:
        longest = max(map(len, arrays.values()))
        highest = max((float(a.max()) for a in arrays.values() if len(a)), default=0.0)
        self.epochs, top = EPOCHS, LOSS
        while self.epochs < longest:
            self.epochs *= 2
        while top < min(highest, 1e6):
            top *= 2
        self.limits = (0.0, top)
        if (self.epochs, self.limits) != self._ends:
            self._ends = self.epochs, self.limits
            self.ax.set_ylim(self.limits)
            self.ax.set_yticks([0.0, top / 2, top])
            super()._set_limits(arrays)
            self.ax.set_xlim(self.first, self.epochs)

    def _set_labels(self, arrays: Mapping[str, np.ndarray]) -> None:
        """Nothing: the legend has the names."""


class Picture:
    """The artists of the playground.

    Parameters
    ----------
    figure : Figure
    """

    def __init__(self, figure: Figure) -> None:
        figure.set_layout_engine("none")
        self.ax = style.axes(figure.add_axes((0.06, 0.02, 0.53, 0.88)), grid=False)
        scale = projector.scale()  # larger type needs more room below both axes
        low, bottom = 0.105 * scale, 0.305 + 0.09 * scale
        surface = style.axes(figure.add_axes((0.66, bottom, 0.32, 0.93 - bottom)), grid=False)
        losses = style.axes(figure.add_axes((0.66, low, 0.32, 0.305 - low)))
        self.surface, self.losses = Surface(surface), Losses(losses, ("training", "validation"))
        self.surface.image.set_cmap(style.TWO_CLASSES.resampled(SHADES))
        surface.set_xticks([-1, 0, 1])
        surface.set_yticks([-1, 0, 1])
        style.label(losses, x="epoch", y="loss")
        lettering = {
            "fontsize": style.TITLE / scale, "color": style.INK, "va": "center",
            "transform": figure.transFigure,
        }  # fmt: skip
        self.sizes = surface.text(0.01, 0.965, "", **lettering)
        self.moment = surface.text(0.795, 0.965, "", ha="right", **lettering)
        surface.text(0.795, 0.965, " right (validation)", **lettering)
        self.network: Network | None = None
        self._points: Any = None
        self._architecture: tuple[tuple[str, ...], list[int]] | None = None
        for artist in (*self.surface.artists, *self.losses.artists, self.moment):
            artist.set_animated(True)

    def show(self, view: View) -> None:
        """Show a moment of a run."""
        if view.points is not self._points:
            self._points = view.points
            self.surface.points.update(view.points.x[:DOTS], view.points.y[:DOTS])
            style.label(self.surface.ax, "", *view.columns)
        sizes = [len(part) for part in view.tiles]
        if (view.features, sizes) != self._architecture:
            self._architecture = view.features, sizes
            self._draw_network(view.features, sizes)
        self.network.update(view.kernels)
        self.network.paint([part[:SHOWN] for part in view.tiles])
        self.surface.update(view.values)
        self.losses.update(view.losses)
        self.sizes.set_text(f"{'-'.join(map(str, sizes))}: {view.parameters:,} parameters")
        self.moment.set_text(f"epoch {view.epoch}: {view.accuracy:.0%}")

    def _draw_network(self, features: Sequence[str], sizes: Sequence[int]) -> None:
        # Not ax.clear(), which makes all ticks anew: a fifth of the time of a redraw.
        for artist in (*self.ax.collections, *self.ax.images, *self.ax.texts):
            artist.remove()
        shown = [min(n, SHOWN) for n in sizes]
        self.network = Network(self.ax, shown, names=[""] * len(shown))
        self.network.paint([np.zeros((n, 2, 2)) for n in shown])
        for tile in self.network.artists[1:]:
            tile.set_cmap(style.TWO_CLASSES.resampled(SHADES))
        for artist in self.network.artists:
            artist.set_animated(True)
        for name, place in zip(features, self.network.positions[0], strict=True):
            self._name(name, place, (-0.5, 0), ha="right", va="center")
        for n, places in zip(sizes[1:-1], self.network.positions[1:-1], strict=True):
            text = f"{n}" if n <= SHOWN else f"{SHOWN} of {n}"
            self._name(text, places[-1], (0, -0.5), ha="center", va="top")
        self._name("output", self.network.positions[-1][0], (-0.42, -0.5), ha="left", va="top")

    def _name(self, text: str, place: np.ndarray, side: tuple[float, float], **how: Any) -> None:
        """Write beside a tile; `side` is in units of the room that a tile has."""
        offset = [72 * self.network.unit * part for part in side]
        self.ax.annotate(
            text, place, offset, textcoords="offset points", fontsize=style.TICK,
            color=style.INK, **how,
        )  # fmt: skip
