"""How large the signals are, layer by layer: activations going forward, gradients coming back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course.plots import style

LIMITS = (1e-10, 1e4)


class Signals:
    """Two profiles over the layers that can be changed.

    Parameters
    ----------
    ax : Axes
    layers : int
        How many layers there are.
    limits : (lowest, highest), default (1e-10, 10000.0)
        Ends of the logarithmic axis. What lies beyond is drawn, hollow, at the end.

    Attributes
    ----------
    artists : tuple
        What `update` changes.
    """

    def __init__(self, ax: Axes, layers: int, *, limits: tuple[float, float] = LIMITS) -> None:
        self.ax, self.limits = ax, limits
        ax.set_yscale("log")
        ax.set_ylim(limits)
        ax.minorticks_off()
        self.lines, self.beyond = [], []
        for role in (style.FORWARD, style.BACKWARD):
            hollow = {"linestyle": "", "markerfacecolor": "white", "markeredgewidth": 1.8}
            self.lines.append(ax.plot([], [], linewidth=2.4, markersize=6, **role)[0])
            self.beyond.append(ax.plot([], [], markersize=7, **{**role, **hollow})[0])
        self.artists = (*self.lines, *self.beyond)
        _name(ax, 0.0, "left", "● activations, forward →", style.FORWARD)
        _name(ax, 1.0, "right", "← gradients, backward ■", style.BACKWARD)
        self.resize(layers)

    def resize(self, layers: int) -> None:
        """Make room for another number of layers."""
        self.ax.set_xlim(0.5, max(layers, 2) + 0.5)
        inner = [t for t in style.ticks(1, layers) if t == int(t) and 1 < t < 0.95 * layers]
        self.ax.set_xticks(sorted({1, layers, *inner}))

    def update(self, forward: Sequence[float], backward: Sequence[float]) -> None:
        """Show the sizes of the activations and gradients of layers 1, 2, ..."""
        for i, values in enumerate((forward, backward)):
            sizes = np.asarray(values, float)
            layer = np.arange(1, len(sizes) + 1)
            shown = np.clip(sizes, *self.limits)
            outside = shown != sizes
            self.lines[i].set_data(layer, shown)
            self.beyond[i].set_data(layer[outside], shown[outside])


def signals(
    forward: Sequence[float],
    backward: Sequence[float],
    ax: Axes | None = None,
    title: str = "",
    *,
    limits: tuple[float, float] = LIMITS,
) -> Axes:
    """Draw the size of the signals by layer, both directions on one logarithmic axis.

    Parameters
    ----------
    forward : sequence of float
        Size of the activations of layers 1, 2, ...: a standard deviation or a norm.
    backward : sequence of float
        Size of the gradients of layers 1, 2, ...
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    limits : (lowest, highest), default (1e-10, 10000.0)
        Ends of the logarithmic axis. What lies beyond is drawn, hollow, at the end.

    Returns
    -------
    Axes
    """
    ax = style.axes(ax)
    Signals(ax, max(len(forward), len(backward)), limits=limits).update(forward, backward)
    style.label(ax, title, "layer", "size of the signal", above=28)
    return ax


def describe_signals(forward: Sequence[float], backward: Sequence[float]) -> str:
    """Say in words how the signals change from the first layer to the last, and back."""
    forward, backward = np.asarray(forward, float), np.asarray(backward, float)
    return (
        f"Activations, forward: {_describe(forward, 1, len(forward))} "
        f"Gradients, backward: {_describe(backward[::-1], len(backward), 1)}"
    )


def _name(ax: Axes, x: float, side: str, text: str, role: Mapping[str, Any]) -> None:
    # Both names stand in one line: 50 characters, with a gap between them.
    size = style.LABEL * min(1.0, style.characters(ax, style.LABEL) / 50)
    ax.text(
        x, 1.015, text, color=role["color"], fontsize=size, ha=side, va="bottom",
        transform=ax.transAxes,
    )  # fmt: skip


def _describe(values: np.ndarray, first: int, last: int) -> str:
    text = f"{values[0]:.3g} in layer {first}, {values[-1]:.3g} in layer {last}"
    steps = len(values) - 1
    if steps and np.all(np.isfinite(values)) and values[0] > 0 and values[-1] > 0:
        text += f", a factor of {(values[-1] / values[0]) ** (1 / steps):.3g} a layer"
    return text + "."
