"""Results that took too long for a lesson, computed beforehand by a script in data/."""

from __future__ import annotations

import csv
from typing import Any

import numpy as np

from course.datasets.files import data_file


class Table:
    """Columns of equal length, by name.

    Parameters
    ----------
    columns : dict of str to list
    """

    def __init__(self, columns: dict[str, list[Any]]) -> None:
        self.columns = {name: np.asarray(values) for name, values in columns.items()}

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())))

    def __getitem__(self, name: str) -> np.ndarray:
        return self.columns[name]

    def where(self, **values: Any) -> Table:
        """Return the rows whose columns have these values, in the order of the file.

        Raises
        ------
        KeyError
            If there is no such column.
        ValueError
            If there is no such row.
        """
        keep = np.ones(len(self), bool)
        for name, value in values.items():
            keep &= self[name] == value
        if not keep.any():
            raise ValueError(f"The table has no row with {values}.")
        return Table({name: column[keep] for name, column in self.columns.items()})

    def rates(self) -> list[float]:
        """Return the learning rates that occur, in order."""
        return [float(rate) for rate in np.unique(self["learning_rate"])]


def load_table(name: str) -> Table:
    """Read ``data/<name>.csv``; a column of numbers becomes an array of float.

    Raises
    ------
    FileNotFoundError
        If there is no such file.
    """
    with data_file(f"{name}.csv").open(newline="", encoding="utf-8") as file:
        header, *rows = csv.reader(file)
    columns = zip(*rows, strict=True)
    return Table({key: _values(column) for key, column in zip(header, columns, strict=True)})


def _values(column: Any) -> list[Any]:
    try:
        return [float(value) for value in column]
    except ValueError:
        return list(column)


def tuned(rows: Table) -> tuple[float, np.ndarray]:
    """Choose the learning rate on half of the seeds, judge it on the other half.

    Chosen and judged on the same runs, the best of several rates would look better than it is.

    Parameters
    ----------
    rows : Table
        One setting, with columns learning_rate, seed and accuracy.

    Returns
    -------
    learning_rate : float
        With the highest mean accuracy over the lower half of the seeds; the smallest of equals.
    accuracies : array of shape (seeds,)
        Of that rate on the other seeds, in the order of the seeds.
    """
    seeds = np.unique(rows["seed"])
    middle = seeds[len(seeds) // 2]
    rates = rows.rates()
    first = rows["seed"] < middle
    means = [rows["accuracy"][first & (rows["learning_rate"] == r)].mean() for r in rates]
    rate = rates[int(np.argmax(means))]
    rest = rows.where(learning_rate=rate)
    rest = Table({name: column[rest["seed"] >= middle] for name, column in rest.columns.items()})
    return rate, rest["accuracy"][np.argsort(rest["seed"])]
