"""Digits whose pixels come on several scales, and a small network that learns them."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config
from course.datasets import load_digits, split
from course.experiments.input_scaling import per_feature, per_sample
from course.layers import Dense, Input
from course.models import Sequential
from course.optimizers import SGD

INPUTS = (
    "pixels 0 to 16",
    "pixels / 16",
    "standardized",
    "standardized per sample",
    "mixed units",
    "mixed units, standardized",
)
DIVIDED = "divided by deviation"  # not in the table: standardized without taking the mean off
RATES = (0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
HELD_OUT, EPOCHS, BATCH = 450, 10, 32
DARKER = 0.4


def scaled_digits(inputs: str, seed: int = 0, *, light: float = 1.0) -> tuple[np.ndarray, ...]:
    """Return 1,347 digits to learn from and 450 to judge by, on one of several scales.

    Parameters
    ----------
    inputs : str
        One of ``INPUTS`` or ``DIVIDED``. In mixed units each pixel is multiplied by a factor of
        its own, from 0.01 to 100, always the same. What is standardized or divided per feature
        is fitted on the training part.
    seed : int, default 0
        Of the split.
    light : float, default 1
        Pixels of the held-out digits are multiplied by it before anything else.

    Returns
    -------
    x, x_held : arrays of shape (1347, 64) and (450, 64)
    y, y_held : arrays of int of shape (1347,) and (450,)
    """
    checks.one_of("inputs", inputs, (*INPUTS, DIVIDED))
    pixels, digit = load_digits(scale=False)
    x, x_held, y, y_held = split(pixels, digit, HELD_OUT, seed, stratify=True)
    parts = [x, x_held * np.float32(light)]
    if "mixed" in inputs:
        units = 10 ** config.generator(0).uniform(-2, 2, x.shape[1])
        parts = [(part * units).astype(x.dtype) for part in parts]
    if inputs == "pixels / 16":
        parts = [part / 16 for part in parts]
    if inputs == DIVIDED:
        spread = parts[0].std(0)
        parts = [part / np.where(spread > 0, spread, 1) for part in parts]
    if inputs == "standardized per sample":
        parts = [*per_sample(*parts)]
    elif "standardized" in inputs:
        parts = [*per_feature(parts[0], *parts)]
    return parts[0], parts[1], y, y_held


def scaled_network(inputs: str, learning_rate: float, seed: int = 0) -> Any:
    """Train 64-32-10 (ReLU, plain SGD, batches of 32, 10 epochs) on :func:`scaled_digits`.

    Parameters
    ----------
    inputs : str
    learning_rate : float
    seed : int, default 0
        Of the split, the first weights and the order of the rows.

    Returns
    -------
    Sequential
        With the metric 'accuracy'.
    """
    x, _, y, _ = scaled_digits(inputs, seed)
    with config.seeded(seed):
        model = Sequential([Input(shape=(64,)), Dense(32, "relu"), Dense(10, "softmax")])
        model.compile(SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
        with np.errstate(over="ignore", invalid="ignore"):  # a rate too large is a result, too
            model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, verbose=0)
    return model


def scaled_accuracy(model: Any, inputs: str, seed: int = 0, *, light: float = 1.0) -> float:
    """Return the accuracy on the held-out digits of :func:`scaled_digits`."""
    _, x_held, _, y_held = scaled_digits(inputs, seed, light=light)
    with np.errstate(over="ignore", invalid="ignore"):
        return float(model.evaluate(x_held, y_held, verbose=0)[1])
