"""The points of the playground, drawn or one's own, and the features made from them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from course import config, datasets
from course.datasets.files import data_file

VALIDATION = 250  # points of a drawn set that are kept back, however few there are to learn from
SHARE = 0.25  # of one's own points that are kept back
FEWEST = 8
REACH = 1.2  # one's own points are shifted and scaled into a square from -REACH to REACH

DRAWN: dict[str, Callable[..., tuple[np.ndarray, np.ndarray]]] = {
    "circles": datasets.circles,
    "moons": datasets.moons,
    "xor": datasets.xor,
    "spirals": datasets.spirals,
    "gaussians": datasets.gaussians,
}

# How each feature is computed from points p of shape (n, 2), and how that is written.
# At this scale sin(x) is nearly x itself: π makes it a wave.
FEATURES: dict[str, tuple[Callable[[np.ndarray], np.ndarray], str]] = {
    "x1": (lambda p: p[:, 0], "p[:, 0]"),
    "x2": (lambda p: p[:, 1], "p[:, 1]"),
    "x1²": (lambda p: p[:, 0] ** 2, "p[:, 0] ** 2"),
    "x2²": (lambda p: p[:, 1] ** 2, "p[:, 1] ** 2"),
    "x1·x2": (lambda p: p[:, 0] * p[:, 1], "p[:, 0] * p[:, 1]"),
    "sin πx1": (lambda p: np.sin(np.pi * p[:, 0]), "np.sin(np.pi * p[:, 0])"),
    "sin πx2": (lambda p: np.sin(np.pi * p[:, 1]), "np.sin(np.pi * p[:, 1])"),
}


class Own(NamedTuple):
    """Points that somebody brought.

    Attributes
    ----------
    x : array of shape (n, 2)
        Shifted and scaled, column by column, into the square of the playground.
    y : array of int of shape (n,)
        0 or 1.
    columns : tuple of two str
        What the columns of x are called.
    classes : tuple of two str
        What 0 and 1 stand for.
    """

    x: np.ndarray
    y: np.ndarray
    columns: tuple[str, str]
    classes: tuple[str, str]


class Parts(NamedTuple):
    """Points to learn from, and points to be judged on; x of shape (n, 2), y of shape (n,)."""

    x: np.ndarray
    y: np.ndarray
    x_validation: np.ndarray
    y_validation: np.ndarray


def features(p: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """Return the columns `names` of `FEATURES`, of shape (n, len(names)), for points `p`."""
    return np.column_stack([FEATURES[name][0](p) for name in names]).astype(config.floatx())


def parts(data: str, n: int, noise: float, seed: int, own: Own) -> Parts:
    """Return the points of one data set in two parts.

    Parameters
    ----------
    data : str
        A name in `DRAWN`, or ``'csv'`` for `own`.
    n : int
        How many of a drawn set there are to learn from; `VALIDATION` more are kept back.
    noise : float
        Of a drawn set.
    seed : int
        Of the draw, or of the choice of what is kept back.
    own : Own
        A quarter of it is kept back.
    """
    if data == "csv":
        x, x_validation, y, y_validation = datasets.split(own.x, own.y, SHARE, seed, stratify=True)
        return Parts(x, y, x_validation, y_validation)
    x, y = DRAWN[data](n + VALIDATION, noise, seed)
    return Parts(x[:n], y[:n], x[n:], y[n:])


def read_points(source: Any = None) -> Own:
    """Read two columns of numbers and one column with the class.

    Parameters
    ----------
    source : str, Path, DataFrame or (x, y), optional
        A CSV file with one header line, or a DataFrame: two columns of numbers, the class in
        the last one. Or a pair of arrays of shape (n, 2) and (n,). By default the heart that
        comes with the course.

    Raises
    ------
    TypeError, ValueError
        If there are not three columns, too few rows, other than two classes, or a value that
        is no number; the message names the row.
    """
    header, rows = _table(data_file("playground.csv") if source is None else source)
    if len(header) != 3:
        raise ValueError(
            f"data must have two columns of numbers and the class as the third, got "
            f"{len(header)}: {', '.join(header)}. Keep the two to look at and the class."
        )
    if len(rows) < FEWEST:
        raise ValueError(f"data must have at least {FEWEST} rows, got {len(rows)}.")
    x = np.array([_numbers(row, header, i) for i, row in enumerate(rows, start=1)])
    labels = [str(row[2]).strip() for row in rows]
    classes = tuple(sorted(set(labels)))
    if len(classes) != 2:
        few = ", ".join(classes[:5])
        raise ValueError(f"{header[2]} must have two classes, got {len(classes)}: {few}.")
    if min(labels.count(c) for c in classes) < 2:
        raise ValueError(f"Each class of {header[2]} must have at least two rows.")
    y = np.array([classes.index(label) for label in labels])
    return Own(_scaled(x), y, (header[0], header[1]), classes)


def _table(source: Any) -> tuple[list[str], list[Sequence[Any]]]:
    """Return the names of the columns, and the rows."""
    if isinstance(source, str | Path):
        with open(source, newline="", encoding="utf-8-sig") as file:
            rows = [row for row in csv.reader(file) if row]
        return [name.strip() for name in rows[0]] if rows else [], rows[1:]
    if hasattr(source, "columns"):
        return [str(name) for name in source.columns], source.to_numpy().tolist()
    if isinstance(source, tuple | list) and len(source) == 2:
        x, y = np.asarray(source[0]), np.ravel(source[1])
        if x.ndim == 2 and len(x) == len(y):
            names = [f"x{i + 1}" for i in range(x.shape[1])] + ["class"]
            return names, [(*row, label) for row, label in zip(x.tolist(), y, strict=True)]
    raise TypeError(
        "data must be the name of a data set, the path of a CSV file, a DataFrame, or arrays "
        f"(x, y) of shape (n, 2) and (n,), got {type(source).__name__}."
    )


def _numbers(row: Sequence[Any], header: Sequence[str], number: int) -> list[float]:
    if len(row) != len(header):
        raise ValueError(f"Row {number} has {len(row)} values, the header {len(header)}.")
    values = []
    for value, name in zip(row[:2], header, strict=False):
        try:
            values.append(float(value))
        except (TypeError, ValueError):
            raise ValueError(f"Row {number} of {name} must be a number, got {value!r}.") from None
        if not np.isfinite(values[-1]):
            raise ValueError(f"Row {number} of {name} must be finite, got {value!r}.")
    return values


def _scaled(x: np.ndarray) -> np.ndarray:
    low, high = x.min(axis=0), x.max(axis=0)
    half = np.where(high > low, (high - low) / 2, 1.0)
    return (REACH * (x - (low + high) / 2) / half).astype(config.floatx())
