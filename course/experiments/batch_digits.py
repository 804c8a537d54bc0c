"""Digits learned in batches of 1 to 512 rows: equal epochs, equal updates, or equal loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import numpy as np

from course import checks, config
from course.datasets import load_digits, split
from course.layers import Dense, Input
from course.models import Sequential
from course.optimizers import SGD
from course.tuners.blas import one_thread

ROWS, VALIDATION, TEST = 512, 685, 600
SIZES = tuple(2**k for k in range(10))  # 1, 2, 4, ..., 512
RATES = tuple(round(0.01 * 2**k, 2) for k in range(9))  # 0.01, 0.02, ..., 2.56
EPOCHS, UPDATES = 10, 512
BUDGETS = ("epochs", "updates")
FITTED = 0.05  # training loss at which `until_fitted` stops
LONGEST, EVERY = 10 * ROWS, 32  # updates: where it gives up, how often it looks
PIECE = 4096  # rows that one `fit` is given: few enough to copy, many enough to be quick


class Parts(NamedTuple):
    """Digits to learn from, to choose by, and to judge by."""

    x: np.ndarray
    y: np.ndarray
    x_validation: np.ndarray
    y_validation: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray


class Scores(NamedTuple):
    """Of a trained network: mean loss on its training rows, accuracies on the other parts."""

    loss: float
    validation: float
    test: float


def batch_digits(seed: int = 0) -> Parts:
    """Return 512 digits to learn from, 685 to choose by, 600 to judge by.

    The 600 are the same for all seeds; the seed divides the others.

    Parameters
    ----------
    seed : int, default 0

    Returns
    -------
    Parts
        x of shape (n, 64) in [0, 1], y of shape (n,) each; every part with the same mixture
        of classes.
    """
    rest, x_test, y_rest, y_test = split(*load_digits(), TEST, 0, stratify=True)
    x, x_val, y, y_val = split(rest, y_rest, VALIDATION, seed, stratify=True)
    return Parts(x, y, x_val, y_val, x_test, y_test)


def batch_model(learning_rate: float = 0.08) -> Sequential:
    """Return 64-32-10 with ReLU, plain SGD and the metric 'accuracy'; it has 2,410 weights."""
    model = Sequential([Input(shape=(64,)), Dense(32, "relu"), Dense(10, "softmax")])
    model.compile(SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def budget(batch_size: int, equal: str = "epochs") -> int:
    """Return how many updates a training has: 10 epochs' worth, or 512 for any batch size.

    Parameters
    ----------
    batch_size : int
        One of ``SIZES``, all of which divide the 512 rows.
    equal : {'epochs', 'updates'}
    """
    checks.one_of("batch_size", batch_size, SIZES)
    checks.one_of("equal", equal, BUDGETS)
    return EPOCHS * ROWS // batch_size if equal == "epochs" else UPDATES


def training(
    batch_size: int, learning_rate: float, seed: int, marks: Iterable[int]
) -> Iterator[Any]:
    """Train on :func:`batch_digits`; yield the model whenever it has done so many updates.

    The updates are those of ``keras.set_random_seed(seed)``, `batch_model` and one ``fit``.

    Parameters
    ----------
    batch_size : int
        One of ``SIZES``.
    learning_rate : float
    seed : int
        Of the split, the first weights and the order of the rows.
    marks : iterable of int
        Numbers of updates, rising.
    """
    x, y = batch_digits(seed)[:2]
    with config.seeded(seed):
        rng = config.generator()
        model = batch_model(learning_rate)
    order, done = np.zeros(0, int), 0
    for mark in marks:
        with one_thread():  # which is quicker for matrices as small as these
            while done < mark:
                updates = min(mark - done, max(1, PIECE // batch_size))
                while len(order) < updates * batch_size:
                    order = np.concatenate([order, rng.permutation(len(x))])
                rows, order = np.split(order, [updates * batch_size])
                model.fit(x[rows], y[rows], batch_size=batch_size, shuffle=False, verbose=0)
                done += updates
        yield model


def scores(model: Any, seed: int) -> Scores:
    """Return training loss, validation and test accuracy of a `model` of this seed."""
    x, y, x_val, y_val, x_test, y_test = batch_digits(seed)
    return Scores(
        float(model.evaluate(x, y, verbose=0)[0]),
        float(model.evaluate(x_val, y_val, verbose=0)[1]),
        float(model.evaluate(x_test, y_test, verbose=0)[1]),
    )


def trained(batch_size: int, learning_rate: float, seed: int = 0, equal: str = "epochs") -> Scores:
    """Train once within a :func:`budget` and return the :func:`scores`."""
    (model,) = training(batch_size, learning_rate, seed, [budget(batch_size, equal)])
    return scores(model, seed)


def until_fitted(batch_size: int, learning_rate: float, seed: int = 0) -> tuple[int, Scores]:
    """Train until the mean loss on the training rows is at most 0.05.

    It looks every 32 updates, and gives up after 5,120, or where after 512 the loss is not
    below 2.2, as if nothing had been learned.

    Returns
    -------
    updates : int
    scores : Scores
        With a loss above 0.05 if it gave up.
    """
    x, y = batch_digits(seed)[:2]
    marks = range(EVERY, LONGEST + 1, EVERY)
    stream = training(batch_size, learning_rate, seed, marks)
    with one_thread():
        for mark, model in zip(marks, stream, strict=True):
            loss = model.evaluate(x, y, verbose=0)[0]
            if loss <= FITTED or (mark >= UPDATES and not loss < 2.2):
                break
    return mark, scores(model, seed)
