"""Accuracies of one network in its two modes, epoch by epoch, as curves that can be changed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from course.experiments.two_modes import Modes
from course.plots import style
from course.plots.band import Band

NAMES = ("training=True", "training=False")


class ModePair:
    """Two curves, training mode solid and inference mode dashed, the gap between them shaded.

    Parameters
    ----------
    ax : Axes
    epochs : int
        How far the curves will go.

    Attributes
    ----------
    artists : tuple
        What `update` changes.
    """

    def __init__(self, ax: Axes, epochs: int) -> None:
        ax.set(xlim=(0, epochs * 1.55), ylim=(0, 1), xticks=range(0, epochs + 1, 2))
        self.band = Band(ax, style.HIGHLIGHT, 0.25)
        looks = (style.TRAINING, style.VALIDATION)
        self.lines = [ax.plot([], [], color=style.INK, **look)[0] for look in looks]
        words = {"fontsize": style.LABEL, "color": style.INK, "va": "center"}
        self.words = [ax.text(0, 0, name, **words) for name in NAMES]
        self.artists = (self.band.artist, *self.lines, *self.words)

    def update(self, modes: Sequence[Modes]) -> None:
        """Show accuracies after epochs 0, 1, ..."""
        epochs, values = np.arange(len(modes)), np.array(modes).T
        self.band.update(epochs, *values)
        for line, row in zip(self.lines, values, strict=True):
            line.set_data(epochs, row)
        # The upper line's name stands above, also where both end at one height.
        places = spread_ends(values[:, -1])
        for text, place in zip(self.words, places, strict=True):
            text.set_position((epochs[-1] + 0.15, place))


def spread_ends(ends: np.ndarray) -> np.ndarray:
    """Return heights for two names, at least 0.07 apart and within the axes."""
    middle, half = ends.mean(), max(abs(ends[0] - ends[1]) / 2, 0.035)
    middle = float(np.clip(middle, 0.03 + half, 0.97 - half))
    up = 1 if ends[0] >= ends[1] else -1
    return np.array([middle + up * half, middle - up * half])
