"""Recorded learning curves of digits: every setting of a small search space, epoch by epoch."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import Any, NamedTuple

import numpy as np

from course import config
from course.datasets import load_digits, split
from course.experiments.table import load_table
from course.layers import Dense, Dropout, Input
from course.models import Sequential
from course.optimizers import SGD

RATES = tuple(float(f"{rate:.2g}") for rate in np.geomspace(0.01, 2.5, 25))
UNITS = (16, 32, 64, 128)
DROPOUTS = (0.0, 0.25, 0.5)
SETTINGS = tuple(product(RATES, UNITS, DROPOUTS))
SEEDS = range(4)
NEW_SEEDS = range(10, 50)  # of trainings that are not among the recorded ones
EPOCHS, BATCH = 27, 32
TRAIN, VALIDATION, TEST = 400, 600, 797


class Curves(NamedTuple):
    """Every setting trained for 27 epochs with one seed, in the order of ``SETTINGS``.

    Attributes
    ----------
    validation : array of shape (300, 27)
        Accuracy after each epoch.
    test : array of shape (300,)
        Accuracy after the last epoch, on digits that no search sees.
    """

    validation: np.ndarray
    test: np.ndarray


def curve_digits(seed: int = 0) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """Return 400 digits to learn from, 600 to choose by, and 797 to judge by, as pairs x, y.

    Parameters
    ----------
    seed : int, default 0
        Of the split into the first two; the digits to judge by are always the same.
    """
    x, x_test, y, y_test = split(*load_digits(), TEST, 0, stratify=True)
    x, x_val, y, y_val = split(x, y, VALIDATION, seed, stratify=True)
    return (x, y), (x_val, y_val), (x_test, y_test)


def curve_network(learning_rate: float, units: int = 32, dropout: float = 0.0) -> Any:
    """Return a new network 64-units-10 with ReLU, dropout and SGD, metric 'accuracy'.

    Parameters
    ----------
    learning_rate : float
    units : int, default 32
    dropout : float, default 0
        The fraction dropped.
    """
    hidden = [Dense(units, "relu"), Dropout(dropout), Dense(10, "softmax")]
    model = Sequential([Input(shape=(64,)), *hidden])
    loss = "sparse_categorical_crossentropy"
    model.compile(SGD(learning_rate), loss, metrics=["accuracy"])
    return model


def trained_curve(
    learning_rate: float, units: int, dropout: float, seed: int = 0, epochs: int = EPOCHS
) -> tuple[np.ndarray, float]:
    """Train :func:`curve_network`; return its validation accuracies and its test accuracy.

    Parameters
    ----------
    learning_rate, units, dropout
        Of :func:`curve_network`.
    seed : int, default 0
        Of the split, the first weights, the order of the rows and the dropout.
    epochs : int, default 27

    Returns
    -------
    validation : array of shape (epochs,)
    test : float
        After the last epoch.
    """
    (x, y), validation, test = curve_digits(seed)
    with config.seeded(seed), np.errstate(over="ignore", invalid="ignore"):
        model = curve_network(learning_rate, units, dropout)
        fit = {"batch_size": BATCH, "epochs": epochs, "verbose": 0}
        history = model.fit(x, y, validation_data=validation, **fit).history
        return np.array(history["val_accuracy"]), float(model.evaluate(*test, verbose=0)[1])


@cache
def recorded(seed: int = 0) -> Curves:
    """Return the curves of one seed, 0 to 3, as ``data/digits_curves.csv`` has them.

    Raises
    ------
    ValueError
        If the table has no such seed.
    """
    rows = load_table("digits_curves").where(seed=seed)
    curves = np.stack([rows[f"epoch_{epoch}"] for epoch in range(1, EPOCHS + 1)], axis=1)
    return Curves(curves, rows["test"])


def place(learning_rate: float, units: int, dropout: float) -> int:
    """Return where a setting stands in ``SETTINGS``.

    Raises
    ------
    ValueError
        If it is none of them.
    """
    return SETTINGS.index((learning_rate, units, dropout))
