"""Trainings on digits with one planted fault each: what a clinic examines."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from course import checks, config
from course.datasets import load_digits, split
from course.layers import Dense, Dropout, Input
from course.losses import SparseCategoricalCrossentropy
from course.models import Sequential
from course.optimizers import SGD

FAULTS = (
    "none",
    "labels shuffled",
    "labels off by one class",
    "inputs not scaled",
    "rows sorted by class",
    "validation rows in training",
    "learning rate too large",
    "learning rate too small",
    "gradients clipped to 0.0001",
    "all weights start at 0",
    "hidden layers frozen",
    "dropout 0.8",
    "ReLU at the output",
    "softmax twice",
)
CLASSES, HELD_OUT, VALIDATION, FRESH = 10, 450, 300, 447
UNITS, RATE, BATCH, EPOCHS = 32, 0.3, 32, 15
BOX = 59  # seed of the order in which the fault box numbers its patients


class Patient(NamedTuple):
    """A network, the rows it is given, and digits it will meet when it is used.

    Attributes
    ----------
    build : callable
        Gives the compiled network; call it within ``config.seeded``.
    x, y : arrays of shape (n, 64) and (n,)
        To learn from.
    x_val, y_val : arrays of shape (300, 64) and (300,)
        What the training calls validation.
    x_fresh, y_fresh : arrays of shape (447, 64) and (447,)
        Sound rows that no monitor shows; pixels are scaled as this patient scales them.
    """

    build: Callable[[], Any]
    x: np.ndarray
    y: np.ndarray
    x_val: np.ndarray
    y_val: np.ndarray
    x_fresh: np.ndarray
    y_fresh: np.ndarray


@lru_cache(maxsize=1)
def work_and_held_out() -> tuple[np.ndarray, ...]:
    """Divide the digits once and for all: 1,347 to work with, 450 for the report at the end.

    Returns
    -------
    x, x_held, y, y_held : arrays of shape (1347, 64), (450, 64), (1347,) and (450,)
        Pixels from 0 to 1; 45 held-out digits a class, to within one.
    """
    return split(*load_digits(), HELD_OUT, 19, stratify=True)


def patient(fault: str = "none", seed: int = 0, *, units: int = UNITS) -> Patient:
    """Return a training with one fault; each seed has its own rows and first weights.

    Sound, it is 64-32-32-10 with ReLU and softmax, plain SGD(0.3), pixels from 0 to 1, 600
    digits to learn from and 300 to validate. Held-out digits are never among them.

    Parameters
    ----------
    fault : str, default 'none'
        One of ``FAULTS``.
    seed : int, default 0
    units : int, default 32
        In each of the two hidden layers.
    """
    checks.one_of("fault", fault, FAULTS)
    rng = config.generator(seed)
    x, _, y, _ = work_and_held_out()
    order = rng.permutation(len(x))
    x, y = x[order], y[order]
    rows, fresh = slice(len(x) - FRESH), slice(len(x) - FRESH, None)
    if fault == "inputs not scaled":
        x = x * np.float32(255)
    seen = _parts(fault, x[rows], y[rows], rng)
    return Patient(lambda: _network(fault, units), *seen, x[fresh], y[fresh])


def _parts(fault: str, x: np.ndarray, y: np.ndarray, rng: Any) -> tuple[np.ndarray, ...]:
    """Return x, y, x_val, y_val, cut as ``validation_split=1/3`` cuts: the last rows."""
    if fault == "rows sorted by class":
        order = np.argsort(y, kind="stable")
        x, y = x[order], y[order]
    train, val = slice(len(x) - VALIDATION), slice(len(x) - VALIDATION, None)
    if fault == "validation rows in training":
        return x, y, x[val], y[val]
    labels = y[train]
    if fault == "labels shuffled":
        labels = rng.permutation(labels)
    if fault == "labels off by one class":
        labels = (labels + 1) % CLASSES
    return x[train], labels, x[val], y[val]


def _network(fault: str, units: int) -> Any:
    hidden: dict[str, Any] = {"activation": "relu", "trainable": fault != "hidden layers frozen"}
    last: dict[str, Any] = {"activation": "relu" if fault == "ReLU at the output" else "softmax"}
    if fault == "all weights start at 0":
        hidden["kernel_initializer"] = last["kernel_initializer"] = "zeros"
    layers: list[Any] = [Input(shape=(64,))]
    for number in (1, 2):
        layers.append(Dense(units, name=f"hidden_{number}", **hidden))
        layers += [Dropout(0.8)] if fault == "dropout 0.8" and number == 1 else []
    model = Sequential([*layers, Dense(CLASSES, name="output", **last)])
    loss = SparseCategoricalCrossentropy(from_logits=fault == "softmax twice")
    model.compile(_optimizer(fault), loss, metrics=["accuracy"])
    return model


def _optimizer(fault: str) -> SGD:
    if fault == "learning rate too large":
        return SGD(30.0)
    if fault == "learning rate too small":
        return SGD(3e-5)
    if fault == "gradients clipped to 0.0001":
        return SGD(RATE, clipnorm=1e-4)
    return SGD(RATE)


@lru_cache(maxsize=1)
def _order() -> tuple[str, ...]:
    return tuple(FAULTS[k] for k in config.generator(BOX).permutation(len(FAULTS)))


def numbered(number: int) -> str:
    """Return the fault of the patient with this number, 1 to 14: the solution of the fault box.

    Raises
    ------
    ValueError
        If there is no such patient.
    """
    checks.number("number", checks.integer("number", number, 1), 1, len(FAULTS))
    return _order()[number - 1]
