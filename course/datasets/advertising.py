"""Sales against advertising budgets: one feature on a scale far from that of its weight."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from os import PathLike
from pathlib import Path

import numpy as np

from course import config
from course.datasets.files import data_file


def load_advertising(
    path: str | PathLike[str] | None = None, columns: Sequence[str] = ("TV",)
) -> tuple[np.ndarray, np.ndarray]:
    """Advertising budgets (thousands of dollars) and sales (thousands of units) of 200 markets.

    What ships with the course is not the real table: it is drawn from the regression that
    James, Witten, Hastie and Tibshirani publish for it (*An Introduction to Statistical
    Learning*, section 3.1)::

        sales = 7.03 + 0.0475 · TV + 3.26 · z        z standard normal

    with budgets from 0.7 to 296.4. The real file is read where `path` names it.

    Parameters
    ----------
    path : path of a CSV file, optional
        The real table, with the columns ``TV``, ``radio``, ``newspaper``, ``sales`` in any
        order and case; other columns are left out. None reads the data that ship.
    columns : sequence of str, default ('TV',)
        The features. Only ``TV`` ships.

    Returns
    -------
    x : array of shape (n, len(columns))
    y : array of shape (n,)
        Sales.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    TypeError, ValueError
        If `path` is no path, a column is missing, or a cell is no number: named with its line.
    """
    if not isinstance(path, str | PathLike | None):
        raise TypeError(f"path must be the name of a file, got {path!r}.")
    file = data_file("advertising.csv") if path is None else Path(path)
    if not file.is_file():
        raise FileNotFoundError(
            f"There is no file {str(path)!r}. Call load_advertising() for the data that ship."
        )
    columns = [columns] if isinstance(columns, str) else columns
    if not isinstance(columns, Iterable) or not all(isinstance(c, str) for c in columns):
        raise TypeError(f"columns must be names such as ['TV'], got {columns!r}.")
    columns = list(columns)
    if not columns:
        raise ValueError("columns must name at least one feature, such as ['TV'], got [].")
    table = _read(file, [*columns, "sales"], shipped=path is None)
    return table[:, :-1], table[:, -1]


def _read(file: Path, wanted: list[str], shipped: bool) -> np.ndarray:
    """Return the columns `wanted` as an array of shape (n, len(wanted))."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines)
        header = [cell.strip() for cell in next(reader, [])]
        places = _places(file, header, wanted, shipped)
        rows = [
            [_number(file, row, place, header[place], reader.line_num) for place in places]
            for row in reader
            if row
        ]
    if not rows:
        raise ValueError(f"{file.name} has no rows below its header.")
    return np.array(rows, config.floatx())


def _places(file: Path, header: list[str], wanted: list[str], shipped: bool) -> list[int]:
    known = {name.lower(): place for place, name in enumerate(header)}
    missing = [name for name in wanted if name.lower() not in known]
    if missing:
        there = ", ".join(name for name in header if name) or "none"
        fix = (
            "Give the path of the real file, load_advertising('Advertising.csv'), to have more."
            if shipped
            else "The first line of the file must name its columns, separated by commas."
        )
        raise ValueError(f"{file.name} has no column {missing[0]!r}; its columns: {there}. {fix}")
    return [known[name.lower()] for name in wanted]


def _number(file: Path, row: list[str], place: int, column: str, line: int) -> float:
    cell = row[place] if place < len(row) else ""
    try:
        value = float(cell)
    except ValueError:
        value = np.nan
    if not np.isfinite(value):
        raise ValueError(
            f"{file.name}, line {line}, column {column!r}: expected a number, got {cell!r}."
        )
    return value
