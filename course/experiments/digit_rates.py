"""Digits learned at many learning rates, constant and scheduled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np

from course import checks, config
from course.callbacks import ReduceLROnPlateau
from course.datasets import load_digits, split
from course.experiments.table import Table
from course.layers import Dense, Input
from course.models import Sequential
from course.optimizers import SGD, Adam
from course.optimizers.schedules import CosineDecay, ExponentialDecay, InverseTimeDecay

TRAIN, VALIDATION, TEST = 1000, 347, 450
BATCH, EPOCHS = 32, 10
EPOCH = -(-TRAIN // BATCH)  # updates
STEPS = EPOCHS * EPOCH
FALL = 16  # every decay but the cosine ends at about this fraction of its first rate
RATES = (0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.4, 2.0)
SMALL_RATES = (0.001, 0.003, 0.01, 0.03)
ADAM_RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)

# What becomes of a learning rate: a number, or a schedule over STEPS updates.
SCHEDULES: Mapping[str, Callable[[float], Any]] = MappingProxyType(
    {
        "constant": lambda rate: rate,
        "step decay": lambda rate: ExponentialDecay(rate, 2 * EPOCH, 0.5, staircase=True),
        "exponential": lambda rate: ExponentialDecay(rate, STEPS, 1 / FALL),
        "1/t": lambda rate: InverseTimeDecay(rate, STEPS / (FALL - 1), 1),
        "cosine": lambda rate: CosineDecay(rate, STEPS),
        "warm-up": lambda rate: _warmed(rate, alpha=1.0),
        "warm-up, cosine": lambda rate: _warmed(rate, alpha=0.0),
        "plateau": lambda rate: rate,  # the callback changes it
    }
)


def _warmed(rate: float, **cosine: float) -> CosineDecay:
    """Return one epoch of warm-up from 0, then a cosine; with alpha=1 it stays at the top."""
    return CosineDecay(0.0, STEPS - EPOCH, warmup_target=rate, warmup_steps=EPOCH, **cosine)


def rate_digits(seed: int = 0) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """Return digits to learn from, to choose by, and to judge by.

    Parameters
    ----------
    seed : int, default 0
        Of the split into the first two; the digits to judge by are always the same 450.

    Returns
    -------
    three pairs x, y
        Of 1,000, 347 and 450 digits, in [0, 1], with shares of the ten classes as in all.
    """
    x, x_test, y, y_test = split(*load_digits(), TEST, 0, stratify=True)
    x, x_val, y, y_val = split(x, y, VALIDATION, seed, stratify=True)
    return (x, y), (x_val, y_val), (x_test, y_test)


def rate_network(learning_rate: Any, seed: int = 0, *, optimizer: type = SGD) -> Any:
    """Return a new network 64-32-10 with ReLU, compiled with the metric 'accuracy'.

    Parameters
    ----------
    learning_rate : float or LearningRateSchedule
    seed : int, default 0
        Of the first weights.
    optimizer : type, default SGD
    """
    with config.seeded(seed):
        model = Sequential([Input(shape=(64,)), Dense(32, "relu"), Dense(10, "softmax")])
        loss = "sparse_categorical_crossentropy"
        model.compile(optimizer(learning_rate), loss, metrics=["accuracy"])
    return model


def trained(name: str, learning_rate: float, seed: int = 0, *, optimizer: type = SGD) -> Any:
    """Train :func:`rate_network` with one of ``SCHEDULES``: batches of 32, ten epochs.

    Parameters
    ----------
    name : str
        'plateau' halves the rate when an epoch brought no lower validation loss.
    learning_rate : float
        The first one; with a warm-up, the highest.
    seed : int, default 0
        Of the split, the first weights and the order of the rows.
    optimizer : type, default SGD

    Returns
    -------
    Sequential
    """
    checks.one_of("name", name, tuple(SCHEDULES))
    (x, y), validation, _ = rate_digits(seed)
    model = rate_network(SCHEDULES[name](learning_rate), seed, optimizer=optimizer)
    watched: dict[str, Any] = {}
    if name == "plateau":
        halve = ReduceLROnPlateau(monitor="val_loss", factor=0.5, patience=1)
        watched = {"validation_data": validation, "callbacks": [halve]}
    with config.seeded(seed), np.errstate(over="ignore", invalid="ignore"):
        model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, verbose=0, **watched)
    return model


def accuracies(model: Any, seed: int = 0) -> tuple[float, float]:
    """Return the accuracy of `model` on the digits to choose by, and on those to judge by."""
    _, *parts = rate_digits(seed)
    with np.errstate(over="ignore", invalid="ignore"):
        first, second = (float(model.evaluate(*part, verbose=0)[1]) for part in parts)
    return first, second


def chosen(rows: Table) -> tuple[float, np.ndarray]:
    """Choose the rate by validation on the lower half of the seeds; judge it on the others.

    Parameters
    ----------
    rows : Table
        One method, with columns learning_rate, seed, validation and test.

    Returns
    -------
    learning_rate : float
        With the highest mean validation accuracy; the smallest of equals.
    test : array of shape (seeds,)
        Test accuracies of that rate on the other half, in the order of the seeds.
    """
    middle = np.unique(rows["seed"])[len(np.unique(rows["seed"])) // 2]
    first, rates = rows["seed"] < middle, rows.rates()
    means = [rows["validation"][first & (rows["learning_rate"] == r)].mean() for r in rates]
    rate = rates[int(np.argmax(means))]
    return rate, later(rows, rate)


def each_half(rows: Table) -> tuple[tuple[float, float], np.ndarray]:
    """Let each half of the seeds choose the rate for the other half, so that all seeds judge.

    A rate chosen once may have been lucky or unlucky; chosen twice, that shows.

    Parameters
    ----------
    rows : Table
        One method, with columns learning_rate, seed, validation and test.

    Returns
    -------
    learning_rates : (float, float)
        What the lower half of the seeds chose by validation, and what the upper half did.
    test : array of shape (seeds,)
        Test accuracies of each seed at the rate that the other half chose, in the order of the
        seeds.
    """
    backwards = Table({**rows.columns, "seed": -rows["seed"]})
    (low, upper), (high, lower) = chosen(rows), chosen(backwards)
    return (low, high), np.concatenate([lower[::-1], upper])


def later(rows: Table, learning_rate: float) -> np.ndarray:
    """Return the test accuracies of one rate on the upper half of the seeds, in their order."""
    seeds = np.unique(rows["seed"])
    kept = rows.where(learning_rate=learning_rate)
    order = np.argsort(kept["seed"])
    return kept["test"][order][kept["seed"][order] >= seeds[len(seeds) // 2]]


def optimizer_named(name: str) -> type:
    """Return the class of 'SGD' or 'Adam'."""
    return {"SGD": SGD, "Adam": Adam}[checks.one_of("name", name, ("SGD", "Adam"))]
