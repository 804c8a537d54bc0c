"""Digits learned by five optimizers, each at many learning rates, with a test set kept aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course import checks, config
from course.datasets import load_digits, split
from course.experiments.table import Table
from course.layers import Dense, Input
from course.models import Sequential
from course.optimizers import SGD, Adam, RMSprop

OPTIMIZERS: dict[str, Callable[[float], Any]] = {
    "SGD": SGD,
    "momentum 0.9": lambda rate: SGD(rate, momentum=0.9),
    "Nesterov 0.9": lambda rate: SGD(rate, momentum=0.9, nesterov=True),
    "RMSprop": RMSprop,
    "Adam": Adam,
}
RATES = (
    0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0,
)  # fmt: skip
TEST, VALIDATION, BATCH, EPOCHS = 450, 300, 32, 10
BUDGETS = (1, EPOCHS)  # epochs after which a training is judged


def three_parts(seed: int = 0) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """Return digits to learn from (1,047), to choose by (300), and to judge by (450).

    Parameters
    ----------
    seed : int, default 0
        Of the split between the first two; the 450 are always the same, and in no other part.

    Returns
    -------
    tuple of three pairs
        x of shape (n, 64) in [0, 1] and the digits y of shape (n,).
    """
    x, x_test, y, y_test = split(*load_digits(), TEST, 0, stratify=True)
    x, x_val, y, y_val = split(x, y, VALIDATION, seed, stratify=True)
    return (x, y), (x_val, y_val), (x_test, y_test)


def digit_scores(
    optimizer: str, learning_rate: float, seed: int = 0, *, epochs: int = EPOCHS
) -> list[tuple[float, ...]]:
    """Train 64-32-10 (ReLU, batches of 32) and judge it after one epoch, and at the end.

    Parameters
    ----------
    optimizer : str
        One of ``OPTIMIZERS``.
    learning_rate : float
    seed : int, default 0
        Of the split, the first weights and the order of the digits: the same for each optimizer.
    epochs : int, default 10

    Returns
    -------
    list of (training accuracy, validation accuracy, test accuracy)
        After one epoch, and after `epochs`.
    """
    checks.one_of("optimizer", optimizer, tuple(OPTIMIZERS))
    parts = three_parts(seed)
    scores = []
    with config.seeded(seed), np.errstate(over="ignore", invalid="ignore"):
        model = Sequential([Input(shape=(64,)), Dense(32, "relu"), Dense(10, "softmax")])
        rule = OPTIMIZERS[optimizer](learning_rate)
        model.compile(rule, "sparse_categorical_crossentropy", metrics=["accuracy"])
        for more in (1, epochs - 1):
            model.fit(*parts[0], batch_size=BATCH, epochs=more, verbose=0)
            scores.append(tuple(float(model.evaluate(*part, verbose=0)[1]) for part in parts))
    return scores


def judged(table: Table, optimizer: str, learning_rate: float, epochs: int = EPOCHS) -> np.ndarray:
    """Return the test accuracies of one setting, with the seeds that judge.

    Parameters
    ----------
    table : Table
        ``load_table("optimizers")``.
    optimizer : str
    learning_rate : float
    epochs : int, default 10
        One of ``BUDGETS``.

    Returns
    -------
    array of shape (seeds / 2,)
        Of the upper half of the seeds, in their order.
    """
    rows = table.where(optimizer=optimizer, learning_rate=learning_rate, epochs=epochs)
    order = np.argsort(rows["seed"])
    return rows["test"][order][len(rows) // 2 :]


def best_rate(table: Table, optimizer: str, epochs: int = EPOCHS) -> float:
    """Return the rate with the highest mean validation accuracy over the lower half of the seeds.

    Neither the test digits nor the seeds of :func:`judged` have a part in it.

    Parameters
    ----------
    table : Table
        ``load_table("optimizers")``.
    optimizer : str
    epochs : int, default 10
        One of ``BUDGETS``.

    Returns
    -------
    float
        The smallest of equals.
    """
    rows = table.where(optimizer=optimizer, epochs=epochs)
    choosing = rows["seed"] < np.unique(rows["seed"])[len(np.unique(rows["seed"])) // 2]
    means = [
        rows["validation"][choosing & (rows["learning_rate"] == rate)].mean()
        for rate in rows.rates()
    ]
    return rows.rates()[int(np.argmax(means))]
