"""What a network answers at every point of the plane."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

from course.plots import style
from course.plots.points import Points
from course.plots.upright import Upright

Limits = tuple[float, float, float, float]
SQUARE: Limits = (-1.5, 1.5, -1.5, 1.5)


class Surface:
    """An image of the answers that can be changed, with points on top.

    Parameters
    ----------
    ax : Axes
    limits : (left, right, bottom, top), default (-1.5, 1.5, -1.5, 1.5)
        The part of the plane that is shown.
    classes : int, default 2
        How many classes the points have.
    values : pair of float, default (0.0, 1.0)
        The values that get the full colours of class 0 and class 1; the boundary is half way.
        (0, 1) for a probability, (−1, 1) for a tanh.

    Attributes
    ----------
    points : Points
        Its `update` moves the points.
    artists : tuple
        What the updates change.
    """

    def __init__(
        self,
        ax: Axes,
        limits: Limits = SQUARE,
        *,
        classes: int = 2,
        values: tuple[float, float] = (0.0, 1.0),
    ) -> None:
        self.ax, self.limits = ax, limits
        self.image = Upright(ax, limits, style.TWO_CLASSES, values, smooth=True, zorder=0)
        self.points = Points(ax, classes)
        self.artists = (self.image, *self.points.artists)
        ax.set_xlim(limits[:2])
        ax.set_ylim(limits[2:])
        ax.set_aspect("equal")

    def update(self, values: np.ndarray) -> None:
        """Show `values` of shape (rows, columns), or (rows, columns, classes)."""
        self.image.set_data(values if values.ndim == 2 else _colours(values))


def surface(
    predict: Callable[[np.ndarray], Any] | np.ndarray,
    x: np.ndarray | None = None,
    y: np.ndarray | None = None,
    ax: Axes | None = None,
    title: str = "",
    *,
    limits: Limits | None = None,
    n: int = 100,
) -> Axes:
    """Draw what `predict` answers over the plane, with points on top.

    Parameters
    ----------
    predict : callable or array
        From points of shape (m, 2) to probabilities of shape (m,), (m, 1) or (m, classes); or
        these values on a grid already, as :func:`evaluate` returns them.
    x : array of shape (p, 2), optional
        Points.
    y : array of int of shape (p,), optional
        Their classes.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    limits : (left, right, bottom, top), optional
        By default a square around the points.
    n : int, default 100
        Rows and columns of the grid.

    Returns
    -------
    Axes
    """
    ax = style.axes(ax, (5.4, 5.4), grid=False)
    limits = around(x) if limits is None else limits
    values = evaluate(predict, limits, n) if callable(predict) else np.asarray(predict)
    classes = values.shape[2] if values.ndim == 3 else 2
    picture = Surface(ax, limits, classes=classes)
    picture.update(values)
    if x is not None:
        picture.points.update(np.asarray(x), np.asarray(y))
    style.label(ax, title, "x₁", "x₂")
    return ax


def describe_surface(
    values: np.ndarray,
    x: np.ndarray | None = None,
    y: np.ndarray | None = None,
    *,
    limits: Limits | None = None,
) -> str:
    """Say in words which class has how much of the plane, and how many points are right.

    Parameters
    ----------
    values : array of shape (rows, columns) or (rows, columns, classes)
        As :func:`evaluate` returns them; a single value above ½ means class 1.
    x, y, limits
        As in :func:`surface`. A point gets the class of the grid point nearest to it.
    """
    limits = around(x) if limits is None else limits
    classes = (values > 0.5).astype(int) if values.ndim == 2 else values.argmax(axis=-1)
    count = 2 if values.ndim == 2 else values.shape[2]
    shares = ", ".join(f"class {c} on {np.mean(classes == c):.0%}" for c in range(count))
    left, right, bottom, top = limits
    text = (
        f"Predicted over x₁ from {left:.3g} to {right:.3g} and x₂ from {bottom:.3g} to {top:.3g}: "
        f"{shares} of the area."
    )
    if x is None:
        return text
    y = np.ravel(y)
    hit = classes[_cells(np.asarray(x), limits, classes.shape)] == y
    right = ", ".join(
        f"{np.sum(hit & (y == c))} of {np.sum(y == c)} of class {c}" for c in range(count)
    )
    return f"{text} Points classified correctly: {right}."


def evaluate(
    predict: Callable[[np.ndarray], Any], limits: Limits = SQUARE, n: int = 100
) -> np.ndarray:
    """Return the answers of `predict` on n×n points of the plane.

    Parameters
    ----------
    predict : callable
        From points of shape (m, 2) to values of shape (m,), (m, 1) or (m, classes).
    limits : (left, right, bottom, top), default (-1.5, 1.5, -1.5, 1.5)
        The part of the plane.
    n : int, default 100
        Rows and columns of the grid.

    Returns
    -------
    array of shape (n, n) or (n, n, classes)
    """
    values = np.asarray(predict(grid(limits, n)))
    return values.reshape(n, n) if values.size == n * n else values.reshape(n, n, -1)


def grid(limits: Limits = SQUARE, n: int = 100) -> np.ndarray:
    """Return n×n points, the centres of n×n cells, of shape (n², 2), row by row from below."""
    left, right, bottom, top = limits
    steps = (np.arange(n) + 0.5) / n
    u, v = np.meshgrid(left + (right - left) * steps, bottom + (top - bottom) * steps)
    return np.column_stack([u.ravel(), v.ravel()]).astype(np.float32)


def around(x: np.ndarray | None) -> Limits:
    """Return the limits of a square that holds the points `x`, with a margin of a tenth."""
    if x is None or not len(x):
        return SQUARE
    low, high = np.min(x, axis=0), np.max(x, axis=0)
    middle, half = (low + high) / 2, 0.55 * float(np.max(high - low)) or 1.0
    left, bottom = (float(m) - half for m in middle)
    return left, left + 2 * half, bottom, bottom + 2 * half


def _colours(values: np.ndarray) -> np.ndarray:
    """Return the colour of the likeliest class, the paler the less certain it is."""
    palette = np.array([to_rgb(c) for c in style.CLASS_COLOURS[: values.shape[-1]]])
    likeliest, certainty = values.argmax(axis=-1), values.max(axis=-1)
    chance = 1 / values.shape[-1]
    share = 0.15 + 0.33 * np.clip((certainty - chance) / (1 - chance), 0, 1)
    return 1 - share[..., None] * (1 - palette[likeliest])


def _cells(x: np.ndarray, limits: Limits, shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Return row and column of the grid point nearest to each point."""
    rows, columns = shape
    left, right, bottom, top = limits
    row = (x[:, 1] - bottom) / (top - bottom) * rows
    column = (x[:, 0] - left) / (right - left) * columns
    return (
        np.clip(row.astype(int), 0, rows - 1),
        np.clip(column.astype(int), 0, columns - 1),
    )
