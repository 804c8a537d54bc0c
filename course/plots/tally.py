"""How many of so many runs succeeded, setting by setting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from course.plots import style


class Tally:
    """A table of counts that can be changed; the darker, the more succeeded.

    Parameters
    ----------
    ax : Axes
    of : int
        Runs behind each count.
    rows, columns : sequence
        Names of the settings.

    Attributes
    ----------
    artists : tuple
        What `update` changes.
    """

    def __init__(self, ax: Axes, of: int, rows: Sequence[Any], columns: Sequence[Any]) -> None:
        shape = len(rows), len(columns)
        self.image = ax.imshow(
            np.zeros(shape), cmap=style.SHARES, vmin=0, vmax=of, aspect="auto", zorder=0
        )
        middle = {"ha": "center", "va": "center", "fontsize": style.TITLE}
        self.cells = [
            [ax.text(j, i, "", **middle) for j in range(shape[1])] for i in range(shape[0])
        ]
        self.of = of
        self.artists = (self.image, *(cell for row in self.cells for cell in row))
        ax.set_xticks(range(shape[1]), [str(c) for c in columns], fontsize=style.LABEL)
        ax.set_yticks(range(shape[0]), [str(r) for r in rows], fontsize=style.LABEL)
        ax.set_xticks(np.arange(shape[1] - 1) + 0.5, minor=True)
        ax.set_yticks(np.arange(shape[0] - 1) + 0.5, minor=True)
        ax.grid(True, which="minor", color=style.GRID, linewidth=0.8)
        ax.tick_params(which="both", colors=style.INK)

    def update(self, counts: Any) -> None:
        """Show `counts` of shape (rows, columns)."""
        counts = np.asarray(counts)
        self.image.set_data(counts)
        for row, values in zip(self.cells, counts, strict=True):
            for cell, count in zip(row, values, strict=True):
                cell.set_text(f"{count:g}")
                shade = style.SHARES(count / self.of)[:3]
                cell.set_color("white" if style.luminance(shade) < 0.25 else style.INK)


def tally(
    counts: Any,
    ax: Axes | None = None,
    title: str = "",
    *,
    of: int,
    rows: Sequence[Any],
    columns: Sequence[Any],
    x: str = "",
    y: str = "",
) -> Axes:
    """Draw how many of `of` runs succeeded, by two settings.

    Parameters
    ----------
    counts : array_like of shape (rows, columns)
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    of : int
        Runs behind each count.
    rows, columns : sequence
        Names of the settings.
    x, y : str
        What varies from column to column and from row to row.

    Returns
    -------
    Axes
    """
    ax = style.axes(ax, (8.0, 1.7 + 0.42 * len(rows)), grid=False)
    Tally(ax, of, rows, columns).update(counts)
    style.label(ax, title, f"{x}    (in each cell: of {of} runs)".strip(), y)
    return ax


def describe_tally(counts: Any, *, of: int, rows: Sequence[Any], columns: Sequence[Any]) -> str:
    """Say in words how many runs succeeded, a sentence for each row.

    Parameters
    ----------
    counts, of, rows, columns
        As in :func:`tally`.
    """
    sentences = [f"Of {of} runs each, by {', '.join(map(str, columns))}:"]
    for row, values in zip(rows, np.asarray(counts), strict=True):
        sentences.append(f"{row}: {', '.join(f'{count:g}' for count in values)}.")
    return " ".join(sentences)
