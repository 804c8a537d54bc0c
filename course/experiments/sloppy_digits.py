"""Digits whose training labels were typed carelessly: long training hurts, so when to stop?"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from course import checks, config
from course.callbacks import Callback
from course.datasets import load_digits
from course.experiments.table import load_table
from course.layers import Dense, Dropout, Input
from course.models import Sequential
from course.optimizers import Adam

ROWS, VALIDATION, WRONG = 200, 100, 0.2
EPOCHS, BATCH, UNITS = 80, 10, 64
RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03)
TUNING, JUDGING = (*range(5), *range(25, 35)), range(5, 25)  # seeds: the former choose rates
JUDGED = (0.001, 0.003, 0.01)  # rates: what they choose, whatever ends the training
MONITORS = ("val_loss", "val_accuracy")


class Parts(NamedTuple):
    """Digits to learn from, to validate on, to choose settings by and to judge by."""

    x: np.ndarray
    y: np.ndarray
    x_validation: np.ndarray
    y_validation: np.ndarray
    x_choose: np.ndarray
    y_choose: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray


@cache
def sloppy_digits(seed: int = 0) -> Parts:
    """Return 200 digits with careless labels; 100, and two parts of about 750, with right ones.

    Each label to learn from is, with probability 0.2, replaced by a random one (which is the
    right one in a tenth of these cases): about 18 % are wrong. What no seed tests on is one
    half of all 1,797 digits, the same for every seed: by it settings may be chosen.

    Parameters
    ----------
    seed : int, default 0
        Of the split and of the labels.
    """
    rng = config.generator(seed)
    x, y = load_digits()
    order = rng.permutation(len(x))
    train, validation, rest = np.split(order, [ROWS, ROWS + VALIDATION])
    tested = config.generator(0).permutation(len(x))[rest] < len(x) // 2
    choose, test = rest[~tested], rest[tested]
    careless = np.where(rng.random(ROWS) < WRONG, rng.integers(0, 10, ROWS), y[train])
    right = [part for rows in (validation, choose, test) for part in (x[rows], y[rows])]
    return Parts(x[train], careless, *right)


def sloppy_network(learning_rate: float = 0.003, seed: int = 0, *, dropout: float = 0.5) -> Any:
    """Return 64-64-10 with ReLU, dropout and Adam, compiled with the metric 'accuracy'."""
    layers = [Input(shape=(64,)), Dense(UNITS, "relu"), Dropout(dropout), Dense(10, "softmax")]
    with config.seeded(seed):
        model = Sequential(layers)
    model.compile(Adam(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def learn(
    learning_rate: float = 0.003,
    seed: int = 0,
    callbacks: Iterable[Callback] = (),
    epochs: int = EPOCHS,
    *,
    dropout: float = 0.5,
) -> Any:
    """Train a :func:`sloppy_network` on :func:`sloppy_digits` in batches of 10.

    Returns
    -------
    Sequential
        Its `history` has loss and accuracy, of training and of validation.
    """
    parts, model = sloppy_digits(seed), sloppy_network(learning_rate, seed, dropout=dropout)
    with config.seeded(seed):
        model.fit(
            parts.x, parts.y, batch_size=BATCH, epochs=epochs, verbose=0,
            validation_data=(parts.x_validation, parts.y_validation), callbacks=[*callbacks],
        )  # fmt: skip
    return model


class AccuracyOn(Callback):
    """Keeps the accuracy on `x`, `y` after each epoch; nothing is decided by it."""

    adds_to_logs = ()

    def __init__(self, x: np.ndarray, y: np.ndarray) -> None:
        super().__init__()
        self.x, self.y, self.values = x, y, []

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        answers = self.model.predict(self.x, batch_size=len(self.x), verbose=0).argmax(1)
        self.values.append(float(np.mean(answers == self.y)))


@cache
def recorded(seed: int, learning_rate: float = 0.003) -> dict[str, np.ndarray]:
    """Return a training of 80 epochs from ``data/early_stopping.csv``.

    Parameters
    ----------
    seed : int
        0 to 34.
    learning_rate : float, default 0.003
        One of ``RATES``; for the seeds of ``JUDGING``, one of ``JUDGED``.

    Returns
    -------
    dict of str to array of shape (80,)
        ``'val_loss'`` and ``'val_accuracy'``, as a history has them; ``'choose_accuracy'`` and
        ``'test_accuracy'``, on the digits to choose settings and to judge by.

    Raises
    ------
    ValueError
        If there is no such training.
    """
    checks.one_of("learning_rate", learning_rate, RATES)
    row = _table().where(seed=seed, learning_rate=learning_rate)
    sizes = {"val_loss": 1000, "val_accuracy": VALIDATION}
    sizes |= {"choose_accuracy": 1000, "test_accuracy": 1000}
    return {name: unpack(row[name][0]) / size for name, size in sizes.items()}


def pack(values: Iterable[float], size: int) -> str:
    """Write numbers as whole numbers of 1/`size`, with spaces between them."""
    return " ".join(str(round(value * size)) for value in values)


def unpack(text: str) -> np.ndarray:
    """Read what `pack` wrote, still in whole numbers."""
    return np.array(text.split(), float)


@cache
def _table() -> Any:
    return load_table("early_stopping")
