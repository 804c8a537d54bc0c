"""What changed over the epochs: one line a quantity, its name written at its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course.plots import style

Series = Mapping[str, Sequence[float]]


class Curves:
    """Lines that can be moved: what an explorer keeps while a network trains.

    Parameters
    ----------
    ax : Axes
    names : iterable of str
        One line each. ``validation`` and ``val_...`` are dashed, in the colour of their
        training partner.
    epochs : int, optional
        How far the horizontal axis goes; by default as far as the data.
    limits : pair of float, optional
        Ends of the vertical axis; by default those of the data.
    log : bool, default False
        True makes the vertical axis logarithmic.
    chosen : str, optional
        The one line that is highlighted; the others turn grey.

    Attributes
    ----------
    artists : tuple
        What `update` changes.
    """

    first = 1  # the number of the first epoch

    def __init__(
        self,
        ax: Axes,
        names: Iterable[str],
        *,
        epochs: int | None = None,
        limits: tuple[float, float] | None = None,
        log: bool = False,
        chosen: str | None = None,
    ) -> None:
        self.ax, self.epochs, self.limits = ax, epochs, limits
        names = list(names)
        ax.set_yscale("log" if log else "linear")
        colours, marks = _colours(names, chosen), _marks(names, chosen)
        self.lines = {}
        for name in names:
            look = {**_role(name), **marks[name], "zorder": 2 + (name == chosen)}
            self.lines[name] = ax.plot([], [], color=colours[name], **look)[0]
        # Horizontally at the line's end, vertically a share of the axes: room to be moved apart.
        self.labels = {
            name: ax.text(
                0, 0, name, color=style.readable(colours[name]), fontsize=style.LABEL,
                va="center", transform=ax.get_xaxis_transform(),
            )
            for name in names
        }  # fmt: skip
        self.artists = (*self.lines.values(), *self.labels.values())
        if limits is not None:
            ax.set_ylim(limits)

    def update(self, series: Series) -> None:
        """Draw `series`, name by name: values of epochs 1, 2, ...; NaN leaves a gap."""
        arrays = {name: np.asarray(series[name], float) for name in self.lines}
        for name, values in arrays.items():
            # Matplotlib cannot place markers on a line of NaN alone.
            shown = values if np.isfinite(values).any() else values[:0]
            self.lines[name].set_data(np.arange(len(shown)) + self.first, shown)
        self._set_limits(arrays)
        self._set_labels(arrays)

    def _set_limits(self, arrays: Mapping[str, np.ndarray]) -> None:
        count = self.epochs or max((len(values) for values in arrays.values()), default=1)
        first, last = self.first, self.first + max(count, 2) - 1
        size = 0.58 * style.LABEL / 72 / style.inches(self.ax)[0]
        room = min(0.4, size * (1 + max((len(name) for name in arrays), default=0)))
        self.ax.set_xlim(first, first + (last - first) / (1 - room))
        self.ax.set_xticks([t for t in style.ticks(first, last) if t == int(t)])
        if self.limits is None:
            self.ax.set_ylim(*_limits(arrays.values(), self.ax.get_yscale() == "log"))

    def _set_labels(self, arrays: Mapping[str, np.ndarray]) -> None:
        """Write each name where its line ends, moved apart where two ends meet."""
        to_share = self.ax.transData + self.ax.transAxes.inverted()
        left, right = self.ax.get_xlim()
        seen = [name for name, values in arrays.items() if np.isfinite(values).any()]
        for name, text in self.labels.items():
            text.set_visible(name in seen)
        ends = [int(np.flatnonzero(np.isfinite(arrays[name]))[-1]) for name in seen]
        heights = [
            to_share.transform((end + self.first, arrays[name][end]))[1]
            for name, end in zip(seen, ends, strict=True)
        ]
        gap = 1.35 * style.LABEL / 72 / style.inches(self.ax)[1]
        places = spread(np.clip(heights, 0, 1), gap)
        for name, end, height in zip(seen, ends, places, strict=True):
            x = end + self.first + 0.015 * (right - left)
            self.labels[name].set_position((x, height))


def curves(
    series: Series,
    ax: Axes | None = None,
    title: str = "",
    *,
    x: str = "epoch",
    y: str = "",
    limits: tuple[float, float] | None = None,
    log: bool = False,
    chosen: str | None = None,
) -> Axes:
    """Draw several quantities over the epochs, with their names at the ends of the lines.

    Parameters
    ----------
    series : mapping of str to sequence of float
        Values of epochs 1, 2, ... by name.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    x, y : str, default 'epoch' and ''
        Names of the axes.
    limits, log, chosen
        As in :class:`Curves`.

    Returns
    -------
    Axes
    """
    ax = style.axes(ax)
    Curves(ax, series, limits=limits, log=log, chosen=chosen).update(series)
    style.label(ax, title, x, y)
    return ax


def history(
    history: Any,
    key: str = "loss",
    ax: Axes | None = None,
    title: str = "",
    *,
    limits: tuple[float, float] | None = None,
    log: bool = False,
) -> Axes:
    """Draw one quantity of a training: training solid, validation dashed.

    Parameters
    ----------
    history : History, or its dict
        What ``fit`` returns.
    key : str, default 'loss'
        ``'loss'``, ``'accuracy'``, ...; its ``val_`` partner is drawn where there is one.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    limits, log
        As in :class:`Curves`.

    Returns
    -------
    Axes

    Raises
    ------
    KeyError
        If the history has no such key.
    """
    return curves(_pair(history, key), ax, title, y=key, limits=limits, log=log)


def describe_curves(series: Series) -> str:
    """Say in words how each line starts and ends, and where its extremes are."""
    return " ".join(_describe(name, np.asarray(values, float)) for name, values in series.items())


def describe_history(history: Any, key: str = "loss") -> str:
    """Say in words what :func:`history` draws."""
    return f"{key} by epoch. {describe_curves(_pair(history, key))}"


def spread(places: np.ndarray, gap: float) -> np.ndarray:
    """Move heights in [0, 1] until all are `gap` apart, in the same order, as little as can be.

    With ``q_i = p_i − i · gap`` the wish is that q never falls: isotonic regression, solved by
    pooling neighbours that are out of order (Ayer et al., 1955). The outermost keep half a gap
    from 0, and from 1 where there is room for all.
    """
    order = np.argsort(places, kind="stable")
    ranks = gap * np.arange(len(order))
    pools: list[tuple[float, int]] = []
    for q in np.asarray(places, float)[order] - ranks:
        pools.append((q, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, m), (b, n) = pools[-2:]
            pools[-2:] = [((m * a + n * b) / (m + n), m + n)]
    q = np.repeat([mean for mean, _ in pools], [count for _, count in pools])
    result = np.empty(len(order))
    highest = max(gap / 2, 1 - gap * (len(order) - 0.5))
    result[order] = np.clip(q, gap / 2, highest) + ranks
    return result


def _pair(history: Any, key: str) -> dict[str, Sequence[float]]:
    logs = getattr(history, "history", history)
    if key not in logs:
        raise KeyError(f"The history has no {key!r}; it has {', '.join(map(repr, logs))}.")
    pair = {"training": logs[key]}
    if f"val_{key}" in logs:
        pair["validation"] = logs[f"val_{key}"]
    return pair


def _is_validation(name: str) -> bool:
    return name.startswith("val_") or "validation" in name


def _role(name: str) -> dict[str, Any]:
    return style.VALIDATION if _is_validation(name) else style.TRAINING


def _colours(names: Sequence[str], chosen: str | None) -> dict[str, str]:
    """Ink for one run; for several a colour each, or grey with the chosen one highlighted."""
    base = {name: _run(name) for name in names}
    runs = list(dict.fromkeys(base.values()))
    if chosen is not None:
        return {name: style.HIGHLIGHT if name == chosen else style.MUTED for name in names}
    if len(runs) == 1:
        return dict.fromkeys(names, style.INK)
    palette = style.RUN_COLOURS
    return {name: palette[runs.index(base[name]) % len(palette)] for name in names}


def _marks(names: Sequence[str], chosen: str | None) -> dict[str, dict[str, Any]]:
    """Return what tells several runs apart without colour: a marker here and there."""
    runs = list(dict.fromkeys(_run(name) for name in names))
    if chosen is not None or len(runs) == 1:
        return {name: {} for name in names}
    look = {"markevery": 0.15, "markersize": 7, "markeredgecolor": "white"}
    shapes = style.CLASS_MARKERS
    return {n: {"marker": shapes[runs.index(_run(n)) % len(shapes)], **look} for n in names}


def _run(name: str) -> str:
    """Return the training partner of a validation curve, and every other name as it is."""
    return name.removeprefix("val_").replace("validation", "training")


def _limits(arrays: Iterable[np.ndarray], log: bool) -> tuple[float, float]:
    """Return ends of the vertical axis a little beyond the finite data."""
    values = np.concatenate([np.ravel(a) for a in arrays] or [[]])
    values = values[np.isfinite(values) & ((values > 0) | (not log))]
    if not len(values):
        return (0.1, 1.0) if log else (0.0, 1.0)
    low, high = values.min(), values.max()
    if log:
        return low / 1.5, high * 1.5
    margin = 0.06 * (high - low) or 0.06 * abs(high) or 1.0
    return low - margin, high + margin


def _describe(name: str, values: np.ndarray) -> str:
    finite = np.flatnonzero(np.isfinite(values))
    if not len(finite):
        return f"{name}: no finite value in {len(values)} epochs."

    def at(i: int) -> str:
        return f"{values[i]:.3g} in epoch {i + 1}"

    lowest, highest = finite[np.argmin(values[finite])], finite[np.argmax(values[finite])]
    lost = len(values) - len(finite)
    return (
        f"{name}: {at(finite[0])}, {at(finite[-1])}; lowest {at(lowest)}, highest {at(highest)}"
        + (f"; not finite in {lost} epochs." if lost else ".")
    )
