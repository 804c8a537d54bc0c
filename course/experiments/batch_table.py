"""What batch_size.csv holds: rates chosen on five seeds, judged on fifteen others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from course.experiments.batch_digits import FITTED, RATES, SIZES
from course.experiments.paired import Difference, paired_difference
from course.experiments.table import Table, load_table

CHOOSING, JUDGING = range(5), range(5, 20)  # seeds
JUDGED = (1, 8, 64, 512)  # batch sizes
COMMON = 0.04  # one rate for all of them
BY_THE_RULE = {1: 0.01, 8: 0.08, 64: 0.64, 256: 2.56}  # rate proportional to batch size


class Verdict(NamedTuple):
    """How one batch size did on the judging seeds.

    Attributes
    ----------
    rate : float
    updates, rows, loss, test : float
        Means: updates, rows looked at, loss on training rows, test accuracy in per cent.
    arrived : int
        Runs whose loss is at most 0.05.
    gap : Difference
        Of the test accuracy from that of the reference, in points, seed by seed.
    """

    rate: float
    updates: float
    rows: float
    loss: float
    test: float
    arrived: int
    gap: Difference


def batch_runs() -> Table:
    """Return all trainings of ``batch_size.csv``."""
    return load_table("batch_size")


def choose(runs: Table, equal: str, batch_size: int) -> float:
    """Return the learning rate with the best mean validation accuracy on the choosing seeds.

    Parameters
    ----------
    runs : Table
        With columns equal, batch_size, learning_rate, seed, loss, validation.
    equal : {'epochs', 'updates', 'loss'}
        For equal loss a rate counts only if every run came down to 0.05.
    batch_size : int

    Returns
    -------
    float
        The smallest of equals.
    """
    rates, tried = _tried(runs, equal, batch_size)
    means = [mine["validation"].mean() if _came_down(mine) else 0 for mine in tried]
    return rates[int(np.argmax(means))]


def quickest(runs: Table, equal: str, batch_size: int) -> float:
    """Return the rate with the fewest updates on the choosing seeds, if every run came down.

    Parameters and result as for :func:`choose`.
    """
    rates, tried = _tried(runs, equal, batch_size)
    means = [mine["updates"].mean() if _came_down(mine) else np.inf for mine in tried]
    return rates[int(np.argmin(means))]


def _tried(runs: Table, equal: str, batch_size: int) -> tuple[list[float], list[Table]]:
    """Return the rates of one setting, and for each its runs on the choosing seeds."""
    rows = runs.where(equal=equal, batch_size=batch_size)
    rows = Table({name: c[rows["seed"] < len(CHOOSING)] for name, c in rows.columns.items()})
    return rows.rates(), [rows.where(learning_rate=rate) for rate in rows.rates()]


def _came_down(mine: Table) -> bool:
    """Whether these runs did what they were to do; within other budgets all do."""
    return mine["equal"][0] != "loss" or mine["loss"].max() <= FITTED


def judged(runs: Table, column: str, **setting: Any) -> np.ndarray:
    """Return a column of one setting on the judging seeds, of shape (15,), in their order."""
    rows = runs.where(**setting)
    later = rows["seed"] >= len(CHOOSING)
    return rows[column][later][np.argsort(rows["seed"][later])]


def mean_map(runs: Table, column: str, equal: str) -> np.ndarray:
    """Return means over the choosing seeds, of shape (rates, batch sizes), lowest rate first.

    Parameters
    ----------
    runs : Table
    column : {'loss', 'validation'}
    equal : {'epochs', 'updates'}
    """
    rows = runs.where(equal=equal)
    keep = rows["seed"] < len(CHOOSING)
    row = np.searchsorted(RATES, rows["learning_rate"][keep] - 1e-9)
    place = np.searchsorted(SIZES, rows["batch_size"][keep])
    sums = np.zeros((len(RATES), len(SIZES)))
    np.add.at(sums, (row, place), rows[column][keep])
    return sums / len(CHOOSING)


def against(
    runs: Table, equal: str, rate: float | Callable[..., float] = choose, *, reference: int = 8
) -> dict[int, Verdict]:
    """Judge batches of 1, 8, 64 and 512 rows, each against those of one size.

    Parameters
    ----------
    runs : Table
    equal : {'epochs', 'updates', 'loss'}
    rate : float or function
        One for all, or :func:`choose` or :func:`quickest`, which give each size its own.
    reference : int, default 8
        The batch size to compare with.

    Returns
    -------
    dict of int to Verdict
        By batch size.
    """
    columns = {}
    for size in JUDGED:
        setting = {"equal": equal, "batch_size": size}
        setting["learning_rate"] = rate(runs, equal, size) if callable(rate) else rate
        names = ("updates", "loss", "test")
        columns[size] = setting["learning_rate"], *(judged(runs, n, **setting) for n in names)
    base = columns[reference][3]
    return {
        size: Verdict(
            used, updates.mean(), size * updates.mean(), loss.mean(), 100 * test.mean(),
            int((loss <= FITTED).sum()), paired_difference(100 * test, 100 * base),
        )
        for size, (used, updates, loss, test) in columns.items()
    }  # fmt: skip
