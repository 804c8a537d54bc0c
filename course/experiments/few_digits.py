"""A small network that learns from a hundred digits: good for asking how sure a score is."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config, optimizers
from course.datasets import load_digits
from course.layers import Dense, Input
from course.models import Sequential

PARTS, ROWS = 10, 100


def few_digits(*parts: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return a hundred digits to learn from, and 797 that belong to no part, to judge by.

    The 1,797 digits are shuffled once, always in the same way, and cut into ten parts and a
    rest. Parts share no digit, so what ten networks learn from them is independent.

    Parameters
    ----------
    *parts : int
        0 to 9, by default part 0; those of several parts are joined.

    Returns
    -------
    x, y : arrays of shape (100·parts, 64) and (100·parts,)
    x_rest, y_rest : arrays of shape (797, 64) and (797,)
        The same for all parts.

    Raises
    ------
    TypeError, ValueError
        If there is no such part.
    """
    numbers = [checks.integer("part", part, 0) for part in parts or (0,)]
    checks.number("part", max(numbers), 0, PARTS - 1)
    x, y = load_digits()
    order = config.generator(0).permutation(len(x))
    train = np.concatenate([order[ROWS * part : ROWS * (part + 1)] for part in numbers])
    rest = order[ROWS * PARTS :]
    return x[train], y[train], x[rest], y[rest]


def digit_network(
    x: np.ndarray,
    y: np.ndarray,
    seed: int = 0,
    *,
    units: int = 16,
    learning_rate: float = 0.01,
    epochs: int = 20,
    **fit: Any,
) -> Sequential:
    """Train 64-units-10 on digits with Adam, in batches of 20.

    Parameters
    ----------
    x : array of shape (n, 64)
    y : array of int of shape (n,)
    seed : int, default 0
        Of the first weights and of the order of the digits.
    units : int, default 16
        Of the hidden layer, with ReLU.
    learning_rate : float, default 0.01
    epochs : int, default 20
    **fit
        Further arguments of `Model.fit`, as ``validation_split``.

    Returns
    -------
    Sequential
        With the metric 'accuracy', and its `history`.
    """
    with config.seeded(seed):
        model = Sequential(
            [Input(shape=(64,)), Dense(units, activation="relu"), Dense(10, activation="softmax")]
        )
        optimizer = optimizers.Adam(learning_rate)
        model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
        model.fit(x, y, batch_size=20, epochs=epochs, verbose=0, **fit)
    return model


def right_answers(model: Any, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return for each row of `x`, of shape (n, d), whether the most probable class is `y`."""
    return model.predict(x, verbose=0).argmax(1) == y
