"""Small images in rows: digits, filters and what they show."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle

from course.plots import style

GAP = 0.12  # between two images, as a share of one
INKED = LinearSegmentedColormap.from_list("inked", ["white", style.INK])
SIGNED = LinearSegmentedColormap.from_list("signed", [style.VERMILLION, "white", style.BLUE])


def mosaic(
    rows: Sequence[np.ndarray],
    names: Sequence[str],
    ax: Axes | None = None,
    title: str = "",
    *,
    columns: Sequence[str] = (),
) -> Axes:
    """Draw rows of small images; each row has a scale of its own.

    Parameters
    ----------
    rows : sequence of arrays of shape (n, height, width)
        Where a row holds negative numbers they are orange-red, positive ones blue and zero white;
        elsewhere larger is darker.
    names : sequence of str
        Of the rows, written to their left.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    columns : sequence of str, optional
        Written over the images of the first row.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If there is not one name for each row, or an array is not of three dimensions.
    """
    rows = [np.asarray(row, float) for row in rows]
    if len(rows) != len(names) or any(row.ndim != 3 for row in rows):
        shapes = [row.shape for row in rows]
        raise ValueError(
            f"mosaic needs arrays of shape (n, height, width) and a name for each, got shapes "
            f"{shapes} and {len(names)} names."
        )
    longest = max(map(len, rows))
    ax = style.axes(ax, (1.7 + 0.82 * longest, 0.8 + 0.86 * len(rows)), grid=False)
    for i, row in enumerate(rows):
        _draw_row(ax, row, i * (1 + GAP))
    ax.set_xlim(-0.05, longest * (1 + GAP) - GAP + 0.05)
    ax.set_ylim(len(rows) * (1 + GAP) - GAP + 0.05, -0.05)
    ax.set_aspect("equal")
    middles = [i * (1 + GAP) + 0.5 for i in range(max(longest, len(rows)))]
    ax.set_yticks(middles[: len(rows)], names, fontsize=style.LABEL, color=style.INK)
    ax.set_xticks(middles[: len(columns)], columns, fontsize=style.TICK, color=style.INK)
    ax.xaxis.tick_top()
    style.label(ax, title)
    return ax


def _draw_row(ax: Axes, row: np.ndarray, top: float) -> None:
    largest = float(np.abs(row).max()) or 1.0
    signed = row.min() < 0
    for k, image in enumerate(row):
        left = k * (1 + GAP)
        ax.imshow(
            image, cmap=SIGNED if signed else INKED, vmin=-largest if signed else 0,
            vmax=largest, extent=(left, left + 1, top + 1, top), interpolation="nearest",
        )  # fmt: skip
        ax.add_patch(Rectangle((left, top), 1, 1, fill=False, edgecolor=style.GRID, linewidth=1))


def describe_mosaic(rows: Sequence[np.ndarray], names: Sequence[str]) -> str:
    """Say in words what each row of a mosaic holds."""
    parts = (
        f"{name}: {len(row)} images of {np.shape(row)[1]}×{np.shape(row)[2]}, "
        f"from {np.min(row):.2g} to {np.max(row):.2g}"
        for row, name in zip(rows, names, strict=True)
    )
    return "; ".join(parts) + "."
