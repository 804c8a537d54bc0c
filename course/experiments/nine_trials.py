"""Nine trials on real networks: a 3×3 grid or nine random ones, over two hyperparameters."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from course import checks, config
from course.experiments.few_digits import few_digits
from course.experiments.hills import grid_values
from course.initializers import RandomUniform
from course.layers import Dense, Input
from course.models import Sequential
from course.optimizers import SGD
from course.regularizers import L2

SECONDS = ("l2", "initial weights")
# Logarithms of both ends, by how much is known beforehand: learning rate, then the other.
RANGES: Mapping[str, Mapping[str, tuple[float, float]]] = MappingProxyType(
    {
        "wide": {"learning_rate": (-4, 2), "l2": (-8, -4), "initial weights": (-3, 1)},
        "narrow": {"learning_rate": (-2, 1), "l2": (-8, -4), "initial weights": (-2, 0.5)},
    }
)
SEARCHES = ("grid", "random")
SIDE, ROWS, VALIDATION = 3, 100, 200
EPOCHS, BATCH = 20, 20
SHIFT = 1 / (2 * SIDE)  # of the range, at most: half a cell of the grid


class Found(NamedTuple):
    """The winner of a search: the validation accuracy it was chosen by, and its test accuracy."""

    validation: float
    test: float


@lru_cache(maxsize=8)
def digits(seed: int) -> tuple[np.ndarray, ...]:
    """Return 100 digits to learn from, drawn by `seed`, 200 to choose by, 597 to judge by.

    Returns
    -------
    x, y, x_val, y_val, x_test, y_test : arrays
        The last four are the same for every seed.
    """
    x, y, x_rest, y_rest = few_digits(*range(10))
    rows = config.generator(seed).permutation(len(x))[:ROWS]
    parts = (slice(None, VALIDATION), slice(VALIDATION, None))
    return x[rows], y[rows], *(a[part] for part in parts for a in (x_rest, y_rest))


def settings(point: np.ndarray, second: str, width: str, seed: int) -> tuple[float, float]:
    """Return learning rate and second hyperparameter at a `point` of the unit square.

    Nobody knows a range exactly: for each seed both ranges are shifted, by up to a sixth of their
    length (in logarithms), and so is everything in them.

    Parameters
    ----------
    point : array_like of shape (2,)
    second : {'l2', 'initial weights'}
        L2 penalty of the hidden layer, or the limit of its uniform initial weights.
    width : {'wide', 'narrow'}
        See `RANGES`.
    seed : int
    """
    shift = config.generator(1000 + seed).uniform(-SHIFT, SHIFT, 2)
    names = "learning_rate", checks.one_of("second", second, SECONDS)
    ends = np.array([RANGES[checks.one_of("width", width, RANGES)][name] for name in names])
    rate, other = 10.0 ** (ends[:, 0] + (np.asarray(point) + shift) * np.ptp(ends, axis=1))
    return float(rate), float(other)


def train(
    x: np.ndarray, y: np.ndarray, rate: float, second: str, value: float, seed: int
) -> Sequential:
    """Train 64-16-10 by plain SGD.

    Parameters
    ----------
    x : array of shape (n, 64)
    y : array of int of shape (n,)
    rate : float
    second : {'l2', 'initial weights'}
        What `value` is; the other one stays at the default of `Dense`.
    value : float
    seed : int
        Of weights and of the order.
    """
    given = {"kernel_regularizer": L2(value)}
    if second == "initial weights":
        given = {"kernel_initializer": RandomUniform(-value, value, seed=seed)}
    with config.seeded(seed):
        hidden = Dense(16, activation="relu", **given)
        model = Sequential([Input(shape=(64,)), hidden, Dense(10, activation="softmax")])
        model.compile(SGD(rate), "sparse_categorical_crossentropy")
        model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, verbose=0)
    return model


def share_right(model: Sequential, x: np.ndarray, y: np.ndarray) -> float:
    """Return the accuracy on `x` of shape (n, 64); what ended in NaN answers class 0."""
    outputs = np.nan_to_num(model.predict(x, batch_size=len(x), verbose=0))
    return float(np.mean(outputs.argmax(1) == y))


def points(search: str, trials: int, seed: int) -> np.ndarray:
    """Return what is tried, (trials, 2): the 3×3 grid of cell centres, or random points."""
    if checks.one_of("search", search, SEARCHES) == "random":
        return config.generator(2000 + seed).random((trials, 2))
    values = grid_values(SIDE)
    return np.stack(np.meshgrid(values, values), -1).reshape(-1, 2)


def nine_trials(search: str, second: str, width: str, seed: int) -> Found:
    """Try nine networks and choose by 200 digits; 597 others judge the winner.

    Parameters
    ----------
    search : {'grid', 'random'}
    second : {'l2', 'initial weights'}
    width : {'wide', 'narrow'}
    seed : int
        Of digits, ranges, weights and random trials. Both searches of a seed share the first
        three.
    """
    x, y, x_val, y_val, x_test, y_test = digits(seed)
    best = Found(-1.0, -1.0)
    for point in points(search, SIDE**2, seed):
        rate, value = settings(point, second, width, seed)
        model = train(x, y, rate, second, value, seed)
        score = share_right(model, x_val, y_val)
        if score > best.validation:
            best = Found(score, share_right(model, x_test, y_test))
    return best


def folded(trials: int, folds: int, width: str, seed: int) -> Found:
    """Search learning rate and L2 at random, with the 100 digits alone: a fifth validates.

    Parameters
    ----------
    trials : int
    folds : int
        Of the five, how many take their turn at validating; their mean chooses.
    width : {'wide', 'narrow'}
    seed : int

    Returns
    -------
    Found
        `test` is that of a network trained on all 100 digits with the chosen values.
    """
    x, y, _, _, x_test, y_test = digits(seed)
    parts = np.array_split(config.generator(3000 + seed).permutation(len(x)), 5)
    best, chosen = -1.0, (0.0, 0.0)
    for point in points("random", trials, seed):
        rate, value = settings(point, "l2", width, seed)
        scores = []
        for part in parts[:folds]:
            rest = np.setdiff1d(np.arange(len(x)), part)
            model = train(x[rest], y[rest], rate, "l2", value, seed)
            scores.append(share_right(model, x[part], y[part]))
        if np.mean(scores) > best:
            best, chosen = float(np.mean(scores)), (rate, value)
    model = train(x, y, chosen[0], "l2", chosen[1], seed)
    return Found(best, share_right(model, x_test, y_test))
