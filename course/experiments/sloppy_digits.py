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
RATES = (0.0003, 0.001, 0.003, 0.01, 0.03)
TUNING, JUDGING = range(5), range(5, 25)  # seeds: rates are chosen on the first five
JUDGED = (0.001, 0.003, 0.01)  # rates: what those five chose, whatever ended the training
MONITORS = ("val_loss", "val_accuracy")


class Parts(NamedTuple):
    """Digits to learn from, to validate on and to judge by."""

    x: np.ndarray
    y: np.ndarray
    x_validation: np.ndarray
    y_validation: np.ndarray
    x_test: np.ndarray
    y_test: np.ndarray


@cache
def sloppy_digits(seed: int = 0) -> Parts:
    """Return 200 digits with careless labels, 100 and 1,497 with right ones.

    Each label to learn from is, with probability 0.2, replaced by a random one (which is the
    right one in a tenth of these cases): about 18 % are wrong.

    Parameters
    ----------
    seed : int, default 0
        Of the split and of the labels.
    """
    rng = config.generator(seed)
    x, y = load_digits()
    order = rng.permutation(len(x))
    train, validation, test = np.split(order, [ROWS, ROWS + VALIDATION])
    careless = np.where(rng.random(ROWS) < WRONG, rng.integers(0, 10, ROWS), y[train])
    return Parts(x[train], careless, x[validation], y[validation], x[test], y[test])


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


class TestAccuracy(Callback):
    """Keeps the accuracy on the test digits after each epoch; nothing is decided by it."""

    adds_to_logs = ()
    __test__ = False  # for pytest: it is no test

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.parts, self.values = parts, []

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        x = self.parts.x_test
        answers = self.model.predict(x, batch_size=len(x), verbose=0).argmax(1)
        self.values.append(float(np.mean(answers == self.parts.y_test)))


@cache
def recorded(seed: int, learning_rate: float = 0.003) -> dict[str, np.ndarray]:
    """Return a training of 80 epochs from ``data/early_stopping.csv``.

    Parameters
    ----------
    seed : int
        0 to 24.
    learning_rate : float, default 0.003
        One of ``RATES``; for seeds from 5 on, one of ``JUDGED``.

    Returns
    -------
    dict of str to array of shape (80,)
        ``'val_loss'`` and ``'val_accuracy'``, as a history has them, and ``'test_accuracy'``.

    Raises
    ------
    ValueError
        If there is no such training.
    """
    checks.one_of("learning_rate", learning_rate, RATES)
    row = _table().where(seed=seed, learning_rate=learning_rate)
    sizes = {"val_loss": 1000, "val_accuracy": VALIDATION, "test_accuracy": 1000}
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
