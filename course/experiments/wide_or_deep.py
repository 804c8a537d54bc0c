"""As many parameters in one wide layer or in several narrow ones, on two kinds of data."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config
from course.datasets import load_digits, spirals, split
from course.experiments.table import Table
from course.layers import Dense, Input
from course.models import Sequential
from course.optimizers import Adam

# Hidden layers of equal networks: 501 parameters on spirals, 2,410 to 2,412 on digits.
SHAPES = {
    "spirals": {1: (125,), 2: (20, 20), 4: (12, 11, 13, 11)},
    "digits": {1: (32,), 2: (24, 24), 3: (20, 20, 22)},
}
EPOCHS = {"spirals": 100, "digits": 30}


def task_data(task: str, seed: int = 0) -> tuple[np.ndarray, ...]:
    """Return points to learn from and others to judge by.

    Parameters
    ----------
    task : {'spirals', 'digits'}
        400 points of two arms that wind twice, with 1,000 others; 300 digits, with 450 others.
    seed : int, default 0

    Returns
    -------
    x, y, x_new, y_new : arrays

    Raises
    ------
    ValueError
        If there is no such task.
    """
    checks.one_of("task", task, tuple(SHAPES))
    if task == "spirals":
        return *spirals(400, 0.03, seed, turns=2), *spirals(1000, 0.03, 10_000 + seed, turns=2)
    x, x_new, y, y_new = split(*load_digits(), 450, seed, stratify=True)
    return x[:300], y[:300], x_new, y_new


def shaped_network(task: str, depth: int) -> Sequential:
    """Return the network of `task` with so many hidden ReLU layers (``SHAPES``), not compiled."""
    start = {"kernel_initializer": "he_uniform"}
    hidden = [Dense(units, "relu", **start) for units in SHAPES[task][depth]]
    inputs, output = (2, Dense(1, "sigmoid")) if task == "spirals" else (64, Dense(10, "softmax"))
    return Sequential([Input(shape=(inputs,)), *hidden, output])


def trained_shape(task: str, depth: int, learning_rate: float, seed: int = 0) -> Sequential:
    """Train :func:`shaped_network` with Adam in batches of 32: 100 epochs on spirals, 30 on digits.

    Parameters
    ----------
    task : {'spirals', 'digits'}
    depth : int
    learning_rate : float
    seed : int, default 0
        Of the data, the first weights and the order.

    Returns
    -------
    Sequential
        With the metric 'accuracy'.
    """
    x, y, _, _ = task_data(task, seed)
    loss = "binary_crossentropy" if task == "spirals" else "sparse_categorical_crossentropy"
    with config.seeded(seed):
        model = shaped_network(task, depth)
        model.compile(Adam(learning_rate), loss, metrics=["accuracy"])
        model.fit(x, y, batch_size=32, epochs=EPOCHS[task], verbose=0)
    return model


def accuracies(model: Any, task: str, seed: int = 0) -> tuple[float, float]:
    """Return the accuracies on the points that were learned and on the new ones."""
    x, y, x_new, y_new = task_data(task, seed)
    return model.evaluate(x, y, verbose=0)[1], model.evaluate(x_new, y_new, verbose=0)[1]


def chosen(rows: Table, column: str = "new", *, lowest: bool = True) -> tuple[float, Table]:
    """Choose the learning rate on the lower half of the seeds; return the runs of the other half.

    Parameters
    ----------
    rows : Table
        One setting, with columns learning_rate, seed and `column`.
    column : str, default 'new'
        What is averaged over the seeds.
    lowest : bool, default True
        Whether a low mean is good; False looks for the highest.

    Returns
    -------
    learning_rate : float
        The smallest of equals.
    rows : Table
        Of that rate and the upper half of the seeds, in their order.
    """
    seeds, rates = np.unique(rows["seed"]), rows.rates()
    middle = seeds[len(seeds) // 2]
    first = rows["seed"] < middle
    means = [rows[column][first & (rows["learning_rate"] == rate)].mean() for rate in rates]
    rate = rates[int(np.argmin(means) if lowest else np.argmax(means))]
    rest = rows.where(learning_rate=rate)
    order = np.argsort(rest["seed"])
    order = order[rest["seed"][order] >= middle]
    return rate, Table({name: values[order] for name, values in rest.columns.items()})


def inside(rate: float, rows: Table) -> bool:
    """Return whether `rate` has a smaller and a larger one beside it in the grid of `rows`."""
    return rows.rates()[0] < rate < rows.rates()[-1]
