"""One step of Bayesian optimization: what is known, what is believed, where to measure next."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from course.plots import style
from course.plots.band import Band

BAND = 1.96  # standard deviations, for 95 %
SHARE = 0.24  # of the height, for the acquisition


class Surrogate:
    """Measurements, the mean with its band, and below them the acquisition and its maximum.

    Parameters
    ----------
    ax : Axes
    truth : pair of arrays of shape (m,), optional
        The function that a search would not know: its places and its values.

    Attributes
    ----------
    artists : tuple
        What `update` changes.
    """

    def __init__(self, ax: Axes, truth: tuple[np.ndarray, np.ndarray] | None = None) -> None:
        self.ax, self.truth = ax, truth
        if truth is not None:
            ax.plot(*truth, color=style.MUTED, lw=1.6, ls=(0, (2, 2)), label="truth")
        self.band = Band(ax, style.BLUE, 0.16, "95 %")
        self.line = ax.plot([], [], color=style.BLUE, label="mean")[0]
        self.gain = Band(ax, style.GREEN, 0.45, "acquisition")
        self.next = ax.plot([], [], color=style.HIGHLIGHT, lw=1.8, label="next")[0]
        self.marker = ax.plot([], [], "v", color=style.HIGHLIGHT, ms=10)[0]
        self.points = ax.plot([], [], "o", color=style.INK, ms=8, mec="white", label="measured")[0]
        self.artists = (
            self.band.artist, self.line, self.gain.artist, self.next, self.marker, self.points,
        )  # fmt: skip

    def update(
        self,
        x: np.ndarray,
        mean: np.ndarray,
        std: np.ndarray,
        measured: tuple[np.ndarray, np.ndarray],
        acquisition: np.ndarray | None = None,
    ) -> None:
        """Show the belief at `x`, of shape (m,), after the `measured` (places, values)."""
        low, high = mean - BAND * std, mean + BAND * std
        self.band.update(x, low, high)
        self.line.set_data(x, mean)
        self.points.set_data(*measured)
        parts = [low, high, measured[1], *([] if self.truth is None else [self.truth[1]])]
        bottom, top = min(map(np.min, parts)), max(map(np.max, parts))
        room = (top - bottom) * SHARE / (1 - SHARE) * (acquisition is not None)
        self.ax.set_ylim(bottom - 1.15 * room - 0.04 * (top - bottom), top + 0.06 * (top - bottom))
        self.ax.set_xlim(x[0], x[-1])
        self._show_acquisition(x, acquisition, bottom - 1.15 * room, room)

    def _show_acquisition(
        self, x: np.ndarray, acquisition: np.ndarray | None, floor: float, room: float
    ) -> None:
        if acquisition is None:
            self.gain.update(x[:0], x[:0], x[:0])
            self.next.set_data([], [])
            self.marker.set_data([], [])
            return
        above = acquisition - acquisition.min()
        height = floor + room * above / (above.max() or 1)
        at = int(np.argmax(acquisition))
        self.gain.update(x, np.full(len(x), floor), height)
        self.next.set_data([x[at]] * 2, [floor, floor + room])
        self.marker.set_data([x[at]], [floor + room])


def surrogate(
    x: np.ndarray,
    mean: np.ndarray,
    std: np.ndarray,
    measured: tuple[np.ndarray, np.ndarray],
    acquisition: np.ndarray | None = None,
    ax: Axes | None = None,
    title: str = "",
    *,
    truth: tuple[np.ndarray, np.ndarray] | None = None,
    y: str = "loss",
    parameter: str = "",
) -> Axes:
    """Draw what a Gaussian process believes of a function of one hyperparameter.

    Parameters
    ----------
    x : array of shape (m,)
        Ascending.
    mean, std : arrays of shape (m,)
        Of the process at `x`; the band is mean ± 1.96 std.
    measured : pair of arrays of shape (n,)
        Places and values.
    acquisition : array of shape (m,), optional
        Drawn in its own scale along the bottom; its highest place is where to measure next.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    truth : pair of arrays of shape (m,), optional
        The function that the search does not know.
    y, parameter : str, default 'loss' and ''
        Names of the vertical and of the horizontal axis.

    Returns
    -------
    Axes
    """
    ax = style.axes(ax)
    picture = Surrogate(ax, truth)
    picture.update(*map(np.asarray, (x, mean, std)), measured, acquisition)
    kept = [a for a in ax.get_legend_handles_labels()[0] if acquisition is not None
            or a not in (picture.gain.artist, picture.next)]  # fmt: skip
    ax.legend(
        handles=kept, loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False,
        fontsize=style.TICK, borderaxespad=0.2, handlelength=1.6, columnspacing=1.4,
    )  # fmt: skip
    style.label(ax, title, parameter, y, above=48)
    return ax


def describe_surrogate(
    x: np.ndarray,
    mean: np.ndarray,
    std: np.ndarray,
    measured: tuple[np.ndarray, np.ndarray],
    acquisition: np.ndarray | None = None,
) -> str:
    """Say in words what was measured, where least is known, and where to measure next.

    Parameters
    ----------
    x, mean, std, measured, acquisition
        As in :func:`surrogate`.
    """
    places, values = map(np.asarray, measured)
    best, widest = int(np.argmin(values)), int(np.argmax(std))
    text = (
        f"{len(places)} measurements, the lowest {values[best]:.3g} at {places[best]:.3g}. "
        f"The mean is lowest, {np.min(mean):.3g}, at {x[np.argmin(mean)]:.3g}; least is known at "
        f"{x[widest]:.3g}, {mean[widest]:.3g} ± {BAND * std[widest]:.3g}."
    )
    if acquisition is None:
        return text
    return f"{text} The next measurement is best made at {x[np.argmax(acquisition)]:.3g}."
