"""The area between two lines, which can be changed."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection


class Band:
    """A shaded area.

    Parameters
    ----------
    ax : Axes
    colour : str
    alpha : float
        How opaque it is.
    label : str
        For a legend.
    steps : bool
        True keeps the height of each place until the next, as a line ``steps-post`` does.

    Attributes
    ----------
    artist : PolyCollection
    """

    def __init__(
        self, ax: Axes, colour: str, alpha: float = 0.2, label: str = "", *, steps: bool = False
    ) -> None:
        self.steps = steps
        self.artist = PolyCollection([], color=colour, alpha=alpha, lw=0, label=label, zorder=1)
        ax.add_collection(self.artist, autolim=False)

    def update(self, x: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        """Fill from `low` to `high` at `x`, all of shape (n,); nothing where n is 0."""
        if self.steps:
            x, low, high = np.repeat(x, 2)[1:], np.repeat(low, 2)[:-1], np.repeat(high, 2)[:-1]
        outline = np.column_stack([np.r_[x, x[::-1]], np.r_[low, high[::-1]]])
        self.artist.set_verts([outline] if len(x) else [])
