"""Small networks on two circles, and how well any straight line could do there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from course import config
from course.datasets import circles
from course.initializers import Constant
from course.layers import Dense, Dropout, Input
from course.models import Sequential

NOISE, TRAINING, NEW = 0.05, 200, 1000
HALF = Constant(0.5)


def small_circles(layers: Sequence[Any], optimizer: Any, seed: int = 0) -> tuple[Sequential, float]:
    """Train `layers` on 200 points of two circles, 60 epochs in batches of 20.

    Parameters
    ----------
    layers : sequence of Layer
        New ones; the last has one sigmoid unit.
    optimizer : str or Optimizer
    seed : int, default 0
        Of the points, the initial weights and the order.

    Returns
    -------
    model : Sequential
    accuracy : float
        On the 1,000 points of :func:`new_circles`.
    """
    with config.seeded(seed):
        model = Sequential([Input(shape=(2,)), *layers])
        model.compile(optimizer, "binary_crossentropy", metrics=["accuracy"])
        model.fit(*circles(TRAINING, NOISE, seed), batch_size=20, epochs=60, verbose=0)
    return model, model.evaluate(*new_circles(seed), verbose=0)[1]


def new_circles(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return 1,000 points that no training of `seed` has seen, and their classes."""
    return circles(NEW, NOISE, 10_000 + seed)


def eight(first: Any = HALF, bias: Any = "zeros", last: Any = HALF, rate: float = 0.0) -> list[Any]:
    """Return new layers 8-1, tanh and sigmoid, that start equal where nothing else is said.

    Parameters
    ----------
    first, bias, last : str or Initializer, default 0.5, 0 and 0.5 everywhere
        Of the hidden units' weights, their biases, and the output's weights.
    rate : float, default 0.0
        Of the dropout between the two layers.
    """
    return [
        Dense(8, "tanh", kernel_initializer=first, bias_initializer=bias),
        Dropout(rate),
        Dense(1, "sigmoid", kernel_initializer=last),
    ]


def best_line(x: np.ndarray, y: np.ndarray, directions: int = 120) -> float:
    """Return the share that the best straight line gets right, found by trying.

    Parameters
    ----------
    x : array of shape (n, 2)
    y : array of int of shape (n,)
        0 or 1.
    directions : int, default 120
        How many arrows, equally far apart, are tried; a line at every place along each.

    Returns
    -------
    float
        At least the share of the more frequent class.
    """
    best = 0
    for turn in 2 * np.pi * np.arange(directions) / directions:
        order = np.argsort(x @ [np.cos(turn), np.sin(turn)])
        ones = np.concatenate([[0], np.cumsum(y[order])])  # how many 1s behind each line
        zeros = np.arange(len(y) + 1) - ones
        best = max(best, np.max(zeros + ones[-1] - ones))  # 0s behind it, 1s before it
    return float(best) / len(y)


def alike(model: Sequential, within: float = 0.01) -> int:
    """Return how many units of the first layer have the weights and bias of its first unit.

    Parameters
    ----------
    model : Sequential
        Its first layer is a Dense layer with a bias.
    within : float, default 0.01
        How far numbers that count as equal may differ.

    Returns
    -------
    int
        At least 1: the first unit itself.
    """
    numbers = np.vstack(model.get_weights()[:2])  # a column for each unit, its bias last
    return int(np.sum(np.abs(numbers - numbers[:, :1]).max(axis=0) < within))
