"""The precomputed transfers: each way at its own learning rate, and where one overtakes another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import product

import numpy as np

from course.experiments.paired import Difference, paired_difference
from course.experiments.table import Table, load_table
from course.experiments.transferred_digits import FOUR, LABELS, TASKS

HEAD_ONLY = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)  # learning rates tried
ALL_LAYERS = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)
THAWED = (0.00003, *ALL_LAYERS)
TUNING, JUDGING = range(10), range(10, 26)  # seeds
EXTRA = {  # only for parity
    "thawed later": LABELS,
    "frozen, leaky source": LABELS,
    "from scratch, longer": (10, 50),
}


def settings() -> Iterator[tuple[str, str, int]]:
    """Yield each task, way and number of labels that the table has."""
    yield from product(TASKS, FOUR, LABELS)
    for way, counts in EXTRA.items():
        yield from (("parity", way, labels) for labels in counts)


def rates_of(way: str) -> tuple[float, ...]:
    """Return the learning rates that are tried for `way`: seven or eight."""
    if way == "thawed later":
        return THAWED
    return HEAD_ONLY if "frozen" in way else ALL_LAYERS


def best_rate(rows: Table) -> float:
    """Return the learning rate with the highest mean accuracy; the smallest of equals.

    Parameters
    ----------
    rows : Table
        One setting on validation images, with columns learning_rate and accuracy.
    """
    rates = rows.rates()
    means = [rows.where(learning_rate=rate)["accuracy"].mean() for rate in rates]
    return rates[int(np.argmax(means))]


@lru_cache(maxsize=256)
def judged(task: str, way: str, labels: int) -> tuple[float, np.ndarray]:
    """Return what the table says of one setting.

    Parameters
    ----------
    task, way : str
    labels : int

    Returns
    -------
    learning_rate : float
        Chosen by validation images on seeds 0 to 9.
    accuracies : array of shape (16,)
        With that rate, on the test images, with seeds 10 to 25.

    Raises
    ------
    ValueError
        If the table has no such setting.
    """
    rows = _table().where(task=task, way=way, labels=labels)
    test = rows.where(part="test")
    return best_rate(rows.where(part="validation")), test["accuracy"][np.argsort(test["seed"])]


@lru_cache(maxsize=1)
def _table() -> Table:
    return load_table("transfer_learning")


def mean_curve(task: str, way: str, counts: Sequence[int] = LABELS) -> np.ndarray:
    """Return the mean test accuracies of one way, one for each number of labels in `counts`."""
    return np.array([judged(task, way, labels)[1].mean() for labels in counts])


def ahead(task: str, way: str, other: str, labels: int) -> Difference:
    """Return by how many points of a hundred `way` beats `other`, paired by seeds."""
    a, b = (100 * judged(task, name, labels)[1] for name in (way, other))
    return paired_difference(a, b)


def crossover(counts: Sequence[int], first: Sequence[float], second: Sequence[float]) -> int | None:
    """Return the smallest count from which on `second` is never below `first`, or None.

    Parameters
    ----------
    counts : sequence of int
        In rising order.
    first, second : sequences of float
        A value for each count.
    """
    lead = np.asarray(first) > np.asarray(second)
    start = int(np.flatnonzero(lead)[-1]) + 1 if lead.any() else 0
    return counts[start] if start < len(counts) else None
