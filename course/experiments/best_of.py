"""The best of many runs of one setting: how much of its score is luck?"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np

from course import config
from course.experiments.few_digits import PARTS
from course.experiments.table import Table, load_table

REST = 797  # digits that judge; `few_digits` keeps them out of all parts


class Draw(NamedTuple):
    """Scores of runs in the order in which they were tried; the last axis counts the runs.

    Attributes
    ----------
    validation, test : arrays of shape (draws, runs)
        Accuracy of each run.
    best, chosen : arrays of shape (draws, runs)
        Of the first k runs, at place k − 1: the best validation score, and the test score of
        the run that has it (the first of equals).
    """

    validation: np.ndarray
    test: np.ndarray
    best: np.ndarray
    chosen: np.ndarray


def pack(right: np.ndarray) -> str:
    """Write answers, right or wrong, of shape (n,), as hexadecimal digits: four a digit."""
    return np.packbits(right).tobytes().hex()


def unpack(text: str, n: int = REST) -> np.ndarray:
    """Read what `pack` wrote, an array of bool of shape (n,)."""
    return np.unpackbits(np.frombuffer(bytes.fromhex(text), np.uint8))[:n].astype(bool)


def answers(rows: Table) -> np.ndarray:
    """Return which of the 797 digits each row of ``evidence.csv`` got right, (rows, 797)."""
    return np.array([unpack(text) for text in rows["right"]])


def sixty_runs() -> np.ndarray:
    """Return the answers of 60 runs of one setting that differ in their seed only, (60, 797)."""
    return answers(load_table("evidence").where(setting="base", part=0))


def ten_parts(setting: str) -> np.ndarray:
    """Return the accuracies of a setting on ten disjoint training parts, of shape (10,).

    Part p was learned with seed p, so that two settings can be compared in pairs.
    """
    rows = load_table("evidence").where(setting=setting)
    mine = rows["part"] == rows["seed"]
    return answers(Table({name: c[mine] for name, c in rows.columns.items()})).mean(1)[:PARTS]


def best_of(right: np.ndarray, validation_size: int, orders: np.ndarray, seed: int = 1) -> Draw:
    """Choose the best of the first k runs by its validation score, for every k, many times.

    Each draw shuffles digits and runs: the first `validation_size` digits validate, all others
    test, and the runs are tried one after the other.

    Parameters
    ----------
    right : array of bool of shape (runs, n)
        Which digits each run got right.
    validation_size : int
        How many of the n digits validate.
    orders : array of int of shape (draws, n)
        An order of the digits for each draw, as `shuffles` gives it.
    seed : int, default 1
        Of the orders of the runs.
    """
    runs, n = right.shape
    held = np.zeros((n, len(orders)), np.float32)
    np.put_along_axis(held, orders[:, :validation_size].T, 1, axis=0)
    counts = right.astype(np.float32) @ held  # whole numbers: exact on every machine
    tried = shuffles(len(orders), runs, seed)
    in_validation = np.take_along_axis(counts.T, tried, 1).astype(float)
    everywhere = right.sum(1)[tried]
    validation = in_validation / validation_size
    test = (everywhere - in_validation) / (n - validation_size)
    best = np.maximum.accumulate(validation, axis=1)
    new = np.diff(best, axis=1, prepend=-1) > 0
    which = np.maximum.accumulate(np.where(new, np.arange(runs), 0), axis=1)
    return Draw(validation, test, best, np.take_along_axis(test, which, 1))


@cache
def shuffles(draws: int, n: int, seed: int = 0) -> np.ndarray:
    """Return `draws` orders of 0, ..., n − 1, of shape (draws, n); always the same ones."""
    rng = config.generator(seed)
    orders = np.array([rng.permutation(n) for _ in range(draws)])
    orders.flags.writeable = False
    return orders
