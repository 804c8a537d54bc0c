"""A value for each pair of two settings: a table in colours, its best places ringed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from course.plots import style

SIZE = (9.2, 5.0)


def value_map(
    values: np.ndarray,
    columns: Sequence[object],
    rows: Sequence[object],
    ax: Axes | None = None,
    title: str = "",
    *,
    x: str = "",
    y: str = "",
    ringed: Sequence[tuple[int, int]] = (),
    path: Sequence[tuple[int, int]] = (),
) -> Axes:
    """Draw shares from 0 to 1 over two settings, written into their places in per cent.

    Parameters
    ----------
    values : array of shape (rows, columns)
        Lowest row first.
    columns, rows : sequence
        Values of the two settings.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    x, y : str
        Names of the settings.
    ringed : sequence of (row, column)
        Places to put a frame around.
    path : sequence of (row, column)
        Places to lead a dashed line through.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If `values` is not of shape (rows, columns).
    """
    values = np.asarray(values, float)
    if values.shape != (len(rows), len(columns)):
        raise ValueError(
            f"values must be of shape (rows, columns), ({len(rows)}, {len(columns)}), got "
            f"{values.shape}."
        )
    ax = style.axes(ax, SIZE, grid=False)
    ax.imshow(values, cmap=style.SHARES, vmin=0, vmax=1, origin="lower", aspect="auto")
    for (row, column), value in np.ndenumerate(values):
        ax.text(
            column, row, f"{100 * value:.0f}", ha="center", va="center", fontsize=style.TICK,
            color="white" if value > 0.7 else style.INK, zorder=4,
            bbox={"facecolor": style.SHARES(value), "edgecolor": "none", "pad": 1.5},
        )  # fmt: skip
    for row, column in ringed:
        frame = {"fill": False, "edgecolor": style.ORANGE, "linewidth": 3.2, "zorder": 5}
        ax.add_patch(Rectangle((column - 0.46, row - 0.44), 0.92, 0.88, **frame))
    if len(path):
        down, along = np.transpose(path)
        ax.plot(along, down, color=style.BLACK, linestyle=(0, (3, 2)), linewidth=1.8, zorder=2)
    ax.set_xticks(range(len(columns)), list(map(str, columns)))
    ax.set_yticks(range(len(rows)), list(map(str, rows)))
    style.label(ax, title, x, y)
    return ax


def describe_value_map(
    values: np.ndarray, columns: Sequence[object], rows: Sequence[object]
) -> str:
    """Say in words where each column of `values` is largest."""
    values = np.asarray(values, float)
    best = (
        f"{column}: {100 * values[:, k].max():.0f} % at {rows[int(values[:, k].argmax())]}"
        for k, column in enumerate(columns)
    )
    return "Best of each column: " + ", ".join(best) + "."
