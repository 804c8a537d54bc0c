"""Which class is taken for which."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from course.plots import style


class Confusion:
    """A table of counts that can be changed.

    Parameters
    ----------
    ax : Axes
    labels : sequence of str
        Names of the classes.

    Attributes
    ----------
    artists : tuple
        What `update` changes.
    """

    def __init__(self, ax: Axes, labels: Sequence[str]) -> None:
        k = len(labels)
        self.image = ax.imshow(np.zeros((k, k)), cmap=style.SHARES, vmin=0, vmax=1, zorder=0)
        size = min(style.LABEL, 72 * min(style.inches(ax)) / k / 2.4)
        self.cells = [
            [ax.text(j, i, "", ha="center", va="center", fontsize=size) for j in range(k)]
            for i in range(k)
        ]
        self.artists = (self.image, *(cell for row in self.cells for cell in row))
        ax.set_xticks(range(k), labels)
        ax.set_yticks(range(k), labels)
        ax.set_xticks(np.arange(k - 1) + 0.5, minor=True)
        ax.set_yticks(np.arange(k - 1) + 0.5, minor=True)
        ax.grid(True, which="minor", color=style.GRID, linewidth=0.8)

    def update(self, matrix: np.ndarray) -> None:
        """Show `matrix` of shape (k, k): row i, column j counts class i taken for class j."""
        shares = _shares(matrix)
        self.image.set_data(shares)
        for i, row in enumerate(self.cells):
            for j, cell in enumerate(row):
                wrong = i != j and matrix[i, j] > 0
                cell.set_text(f"{matrix[i, j]:g}" if matrix[i, j] or i == j else "")
                cell.set_color("white" if shares[i, j] > 0.55 else style.INK)
                cell.set_fontweight("bold" if wrong else "normal")


def confusion(
    matrix: np.ndarray,
    ax: Axes | None = None,
    title: str = "",
    *,
    labels: Sequence[str] | None = None,
) -> Axes:
    """Draw a confusion matrix: colours are shares of the row, numbers are counts.

    Parameters
    ----------
    matrix : array of shape (k, k)
        Row i, column j counts how often class i was taken for class j.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    labels : sequence of str, optional
        Names of the classes, by default 0, 1, ...

    Returns
    -------
    Axes
    """
    matrix = np.asarray(matrix)
    ax = style.axes(ax, (5.8, 5.8), grid=False)
    Confusion(ax, labels or [str(i) for i in range(len(matrix))]).update(matrix)
    style.label(ax, title, "predicted class", "true class")
    return ax


def describe_confusion(matrix: np.ndarray, *, labels: Sequence[str] | None = None) -> str:
    """Say in words how many are right, in all and by class, and the most frequent mistake."""
    matrix = np.asarray(matrix)
    labels = labels or [str(i) for i in range(len(matrix))]
    right, total = np.trace(matrix), matrix.sum()
    recall = ", ".join(
        f"{name} {share:.0%}" for name, share in zip(labels, np.diag(_shares(matrix)), strict=True)
    )
    text = (
        f"{right:g} of {total:g} are right ({right / max(total, 1):.1%}). By true class: {recall}."
    )
    wrong = matrix - np.diag(np.diag(matrix))
    i, j = np.unravel_index(wrong.argmax(), wrong.shape)
    if wrong[i, j]:
        text += f" Most frequent mistake: {labels[i]} taken for {labels[j]}, {wrong[i, j]:g} times."
    return text


def _shares(matrix: np.ndarray) -> np.ndarray:
    return matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
