"""How a distribution changes over time: one histogram a column, the first one on the left."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from course.plots import style

SHARES = (0.05, 0.5, 0.95)


class Spread:
    """Columns of histograms, darker where more values are, with quantiles as lines.

    Parameters
    ----------
    ax : Axes
    limits : (bottom, top)
        The range of values; what lies beyond counts in the outermost bins.
    bins : int, default 41
        Bins of equal height.

    Attributes
    ----------
    artists : tuple
        What `update` changes.
    """

    def __init__(self, ax: Axes, limits: tuple[float, float], *, bins: int = 41) -> None:
        self.ax, self.limits, self.bins = ax, limits, bins
        self.image = ax.imshow(
            np.zeros((bins, 1)), cmap=style.HEIGHTS, vmin=0, vmax=1, origin="lower",
            aspect="auto", interpolation="nearest", extent=(-0.5, 0.5, *limits), zorder=0,
        )  # fmt: skip
        ink = style.FORWARD["color"]
        looks = (style.VALIDATION, style.TRAINING, style.VALIDATION)
        self.lines = [ax.plot([], [], color=ink, zorder=3, **look)[0] for look in looks]
        self.artists = (self.image, *self.lines)
        ax.set_ylim(limits)
        ax.set_yticks(style.ticks(*limits))

    def update(self, values: Sequence[np.ndarray], times: Sequence[float] | None = None) -> None:
        """Show `values`, one array for each of the equally spaced `times`, by default 0, 1, ..."""
        times = np.arange(len(values)) if times is None else np.asarray(times, float)
        step = (times[-1] - times[0]) / max(len(times) - 1, 1) or 1.0
        edges = times[0] - step / 2, times[-1] + step / 2
        self.image.set_data(np.column_stack([self._column(v) for v in values]))
        self.image.set_extent((*edges, *self.limits))
        self.ax.set_xlim(edges)
        self.ax.set_ylim(self.limits)
        for line, row in zip(self.lines, _quantiles(values).T, strict=True):
            line.set_data(times, row)

    def _column(self, values: np.ndarray) -> np.ndarray:
        counts = np.histogram(np.clip(values, *self.limits), self.bins, self.limits)[0]
        return np.sqrt(counts / max(counts.max(), 1))


def spread(
    values: Sequence[np.ndarray],
    times: Sequence[float] | None = None,
    ax: Axes | None = None,
    title: str = "",
    *,
    x: str = "epoch",
    y: str = "weight",
    limits: tuple[float, float] | None = None,
) -> Axes:
    """Draw histograms over time: of weights, activations or gradients while a model trains.

    A column is one histogram, darker where more of the values are, by the square root of
    the counts (J. Tukey's rootogram), so that few values in the tails stay visible. Each column
    has its own scale. The solid line is the median; 5 % of the values lie above the upper dashed
    line, and 5 % below the lower one.

    Parameters
    ----------
    values : sequence of array
        One array, of any shape, for each time; as ``WeightHistory().values["dense/kernel"]``.
    times : sequence of float, optional
        When, at equal distances; as ``WeightHistory().times``. By default 0, 1, 2, ...
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    x, y : str, default 'epoch' and 'weight'
        What the times and the values are.
    limits : (bottom, top), optional
        The range of values; by default from the smallest to the largest.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If there are no values, or not as many times.
    """
    values = [np.ravel(v) for v in values]
    if not values or (times is not None and len(times) != len(values)):
        count = "none" if times is None else f"{len(times)} times"
        raise ValueError(f"values must be arrays, one a time, got {len(values)} and {count}.")
    ax = style.axes(ax, grid=False)
    if limits is None:
        low, high = min(v.min() for v in values), max(v.max() for v in values)
        limits = (low, high) if high > low else (low - 0.5, high + 0.5)
    Spread(ax, limits).update(values, times)
    style.label(ax, title, x, y)
    return ax


def describe_spread(
    values: Sequence[np.ndarray], times: Sequence[float] | None = None, *, x: str = "epoch"
) -> str:
    """Say in words the median and the range of nine tenths of the values, first and last.

    Parameters
    ----------
    values, times, x
        As in :func:`spread`.
    """
    times = range(len(values)) if times is None else times
    low, median, high = _quantiles(values).T
    return " ".join(
        f"At {x} {times[k]:g} the median is {median[k]:.3g}, and nine tenths of the values lie "
        f"between {low[k]:.3g} and {high[k]:.3g}."
        for k in sorted({0, len(values) - 1})
    )


def _quantiles(values: Sequence[np.ndarray]) -> np.ndarray:
    """Return the three quantiles of each array, of shape (times, 3)."""
    return np.array([np.quantile(v, SHARES) for v in values])
