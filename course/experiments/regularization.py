"""What keeps a network from memorising: settings chosen, gains counted, masks enumerated."""

from __future__ import annotations

from itertools import product
from typing import Any, NamedTuple

import numpy as np

from course import checks, config
from course.callbacks import WeightHistory
from course.experiments.paired import Difference, paired_difference
from course.experiments.table import Table
from course.layers import Dense, Input
from course.models import Sequential
from course.optimizers import Adam
from course.regularizers import Regularizer

GONE = 0.02  # weights into a unit that are together shorter than that: it has faded
NEAR = 0.001  # a weight of less than that counts as near zero; most begin a hundred times larger


class Setting(NamedTuple):
    """How strong, and at which learning rate."""

    strength: float
    learning_rate: float


def best_setting(rows: Table) -> Setting:
    """Return the setting with the highest mean accuracy over its seeds.

    Parameters
    ----------
    rows : Table
        One method's, with columns strength, learning_rate, seed and accuracy.

    Returns
    -------
    Setting
        Of equals the weaker one, and then the one with the smaller rate.
    """
    settings = sorted(set(zip(rows["strength"], rows["learning_rate"], strict=True)))
    means = [
        rows.where(strength=s, learning_rate=r)["accuracy"].mean().round(6) for s, r in settings
    ]
    return Setting(*map(float, settings[int(np.argmax(means))]))


def judged(table: Table, shuffled: float, method: str, rate: float | None = None) -> Table:
    """Return the judging runs of a method at the setting that the choosing runs liked best.

    Parameters
    ----------
    table : Table
        As ``load_table("regularization")`` returns it.
    shuffled : float
        The share of labels that were shuffled, 0 or 0.3.
    method : str
    rate : float, optional
        The learning rate, where it was not to be chosen.

    Returns
    -------
    Table
        In the order of the seeds.
    """
    wanted = {"shuffled": shuffled, "method": method}
    fixed = {} if rate is None else {"learning_rate": rate}
    best = best_setting(table.where(stage="choose", **wanted, **fixed))
    return table.where(stage="judge", **wanted, **best._asdict())


def gain(runs: Table, reference: Table) -> Difference:
    """Return by how many points of accuracy `runs` beat `reference`, paired by seed."""
    assert (runs["seed"] == reference["seed"]).all()
    return paired_difference(100 * runs["accuracy"], 100 * reference["accuracy"])


def every_mask(units: int, rate: float) -> tuple[np.ndarray, np.ndarray]:
    """Return all the masks of inverted dropout, and how probable each is.

    Parameters
    ----------
    units : int
        At most 16.
    rate : float
        The probability that a unit is dropped, below 1.

    Returns
    -------
    masks : array of shape (2**units, units)
        0 where dropped, else 1/(1 − rate).
    probabilities : array of shape (2**units,)
        They add up to 1.

    Raises
    ------
    TypeError, ValueError
        If there are too many units, or `rate` is not in [0, 1).
    """
    checks.number("units", checks.integer("units", units, 1), 1, 16)
    rate = checks.number("rate", rate, 0, below=1)
    kept = np.array(list(product((0, 1), repeat=units)), float)
    probabilities = np.prod(np.where(kept == 1, 1 - rate, rate), axis=1)
    return kept / (1 - rate), probabilities


def disagreement(answers: Any) -> float:
    """Return how often two of several networks give different classes, averaged over pairs.

    Parameters
    ----------
    answers : array_like of shape (networks, rows, classes)
        Their probabilities.
    """
    said = np.argmax(answers, axis=-1)
    i, j = np.triu_indices(len(said), 1)
    return float(np.mean(said[i] != said[j]))


class PrintedL2(Regularizer):
    """The penalty ``strength / divisor · Σw²``: 2 as in many books, 2m as in many courses.

    Parameters
    ----------
    strength, divisor : float
    """

    def __init__(self, strength: float, divisor: float) -> None:
        self.strength, self.divisor = strength, divisor

    def __call__(self, w: np.ndarray) -> float:
        return float(self.strength / self.divisor * np.vdot(w, w))

    def gradient(self, w: np.ndarray) -> np.ndarray:
        return 2 * self.strength / self.divisor * w


def with_penalty(penalty: Regularizer, x: np.ndarray, y: np.ndarray) -> Sequential:
    """Train 64-128-10 with a penalty on both kernels: seed 0, Adam at 0.003, 40 epochs.

    Parameters
    ----------
    penalty : Regularizer
    x : array of shape (n, 64)
    y : array of int of shape (n,)
    """
    with config.seeded(0):
        layers = [Dense(128, "relu", kernel_regularizer=penalty)]
        layers += [Dense(10, "softmax", kernel_regularizer=penalty)]
        model = Sequential([Input(shape=(64,)), *layers])
        model.compile(Adam(0.003), "sparse_categorical_crossentropy")
        model.fit(x, y, batch_size=40, epochs=40, verbose=0)
    return model


class Kernel(NamedTuple):
    """The weights into a hidden layer: how many are near zero, which units are gone or silent."""

    zeros: int
    moved: np.ndarray
    near_zero: float
    gone: np.ndarray
    silent: np.ndarray


def hidden_kernel(model: Any, x: np.ndarray) -> Kernel:
    """Look at the weights into the first layer of a ReLU network.

    Parameters
    ----------
    model : Sequential
    x : array of shape (n, d)
        What it learned from. An input that is 0 in all rows has weights that nothing but a
        penalty moves; so has a unit that answers 0 to all rows (*silent*).

    Returns
    -------
    Kernel
        `zeros`: how many weights are exactly 0. `moved`: the weights that the data move, and
        `near_zero` the share of them below 0.001. `gone` and `silent`, of shape (units,):
        whether the weights into a unit are together shorter than 0.02, and whether it answers
        0 to every row.
    """
    w = model.get_weights()[0]
    answers = next(iter(model.activations(x).values()))
    silent = ~(answers > 0).any(axis=0)
    moved = w[np.abs(x).max(axis=0) > 0][:, ~silent]
    near = float(np.mean(np.abs(moved) < NEAR)) if moved.size else 1.0
    return Kernel(int(np.sum(w == 0)), moved, near, np.linalg.norm(w, axis=0) < GONE, silent)


def answered_when_fading(path: WeightHistory, x: np.ndarray) -> np.ndarray:
    """Return how busy the units were that faded, at the time when they did.

    Looking at the end would tell nothing: weights near 0 make any unit silent whose bias is not
    above 0. So each is looked at when half the length of its weights was gone for good.

    Parameters
    ----------
    path : WeightHistory
        Of ``'dense/kernel'``, of shape (d, units), and ``'dense/bias'``, of a layer with ReLU.
    x : array of shape (n, d)
        What it learned from.

    Returns
    -------
    array of shape (faded units,)
        The share of rows that each answered with more than 0.
    """
    kernels, biases = (np.array(path.values[f"dense/{name}"]) for name in ("kernel", "bias"))
    lengths = np.linalg.norm(kernels, axis=1)  # of shape (times, units)
    faded = np.flatnonzero(lengths[-1] < GONE)
    half = [np.flatnonzero(lengths[:, u] >= lengths[0, u] / 2)[-1] + 1 for u in faded]
    answers = [x @ kernels[t][:, u] + biases[t][u] > 0 for t, u in zip(half, faded, strict=True)]
    return np.array([np.mean(answer) for answer in answers])
