"""Digits learned by networks that differ in their activation, each with weights that fit it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from course import checks, config
from course.datasets import load_digits, split
from course.experiments.input_scaling import per_feature
from course.experiments.paired import Difference, paired_difference
from course.experiments.table import Table
from course.initializers import VarianceScaling
from course.layers import Dense, Input
from course.models import Sequential
from course.optimizers import SGD

TWIN = "sigmoid, starts as tanh"
KERNELS = "sigmoid, twin's kernels"  # and biases that start at 0
# By name: the activation of hidden layers, and how their weights start.
NETWORKS: dict[str, tuple[str, Any]] = {
    "sigmoid": ("sigmoid", "glorot_uniform"),
    "sigmoid, 4 x Glorot": ("sigmoid", VarianceScaling(16.0, "fan_avg", "uniform")),
    KERNELS: ("sigmoid", "glorot_uniform"),
    TWIN: ("sigmoid", "glorot_uniform"),
    "tanh": ("tanh", "glorot_uniform"),
    "relu": ("relu", "he_normal"),
    "leaky_relu": ("leaky_relu", "he_normal"),
    "elu": ("elu", "he_normal"),
    "selu": ("selu", "lecun_normal"),
    "gelu": ("gelu", "he_normal"),
    "silu": ("silu", "he_normal"),
    "mish": ("mish", "he_normal"),
}
DEPTHS = (1, 3, 6)
RATES = (0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
CHOOSING, JUDGING = range(5), range(10, 30)  # seeds
UNITS, EPOCHS, BATCH = 32, 10, 32
TEST, VALIDATION = 397, 400


@lru_cache(maxsize=4)
def three_parts(seed: int = 0) -> tuple[np.ndarray, ...]:
    """Return 1,000 digits to learn from, 400 to choose by, and 397 to judge by.

    The last are the same for every seed. Pixels are standardized, fitted on the first part.

    Parameters
    ----------
    seed : int, default 0
        Of the split into the first two parts.

    Returns
    -------
    x, x_val, x_test : arrays of shape (1000, 64), (400, 64) and (397, 64)
    y, y_val, y_test : arrays of int of shape (1000,), (400,) and (397,)
    """
    x, y = load_digits()
    x, x_test, y, y_test = split(x, y, TEST, 0, stratify=True)
    x, x_val, y, y_val = split(x, y, VALIDATION, seed, stratify=True)
    return (*per_feature(x, x, x_val, x_test), y, y_val, y_test)


def digits_network(name: str, depth: int, learning_rate: float, seed: int = 0) -> Sequential:
    """Train 64-32-...-32-10 (plain SGD, batches of 32, 10 epochs) on :func:`three_parts`.

    Parameters
    ----------
    name : str
        One of ``NETWORKS``.
    depth : int
        Hidden layers of 32 units.
    learning_rate : float
    seed : int, default 0
        Of the split, the first weights and the order of the rows.

    Returns
    -------
    Sequential
        With the metric 'accuracy'.
    """
    checks.one_of("name", name, NETWORKS)
    x, _, _, y, _, _ = three_parts(seed)
    with config.seeded(seed):
        model = _fresh(*NETWORKS[name], depth)
        if name in (TWIN, KERNELS):
            twin = sigmoid_twin(_fresh("tanh", "glorot_uniform", depth).get_weights())
            model.set_weights([w if name == TWIN or w.ndim == 2 else 0 * w for w in twin])
        model.compile(SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
        with np.errstate(over="ignore", invalid="ignore"):  # a rate too large is a result, too
            model.fit(x, y, batch_size=BATCH, epochs=EPOCHS, verbose=0)
    return model


def sigmoid_twin(weights: list[np.ndarray]) -> list[np.ndarray]:
    """Return weights with which a network of sigmoids answers as one of tanh does.

    From tanh(z) = 2σ(2z) − 1: sums are doubled, outputs are doubled and lowered by 1::

        first layer  2W,  2b        hidden layers  4W,  2(b − ΣW)        last layer  2W,  b − ΣW

    where ΣW sums over the inputs.

    Parameters
    ----------
    weights : list of array
        Kernels and biases in turn, of at least one hidden layer and a linear or softmax layer.

    Returns
    -------
    list of array
        Of the same shapes.
    """
    kernels, biases = weights[::2], weights[1::2]
    twin, last = [2 * kernels[0], 2 * biases[0]], len(kernels) - 1
    for layer in range(1, len(kernels)):
        double = 1 if layer == last else 2
        W, b = kernels[layer], biases[layer]
        twin += [double * 2 * W, double * (b - W.sum(axis=0))]
    return twin


def accuracies(model: Any, seed: int = 0) -> tuple[float, float]:
    """Return the accuracies on the 400 and on the 397 digits of :func:`three_parts`."""
    _, x_val, x_test, _, y_val, y_test = three_parts(seed)
    with np.errstate(over="ignore", invalid="ignore"):
        validation = model.evaluate(x_val, y_val, verbose=0)[1]
        return float(validation), float(model.evaluate(x_test, y_test, verbose=0)[1])


def chosen_rate(rows: Table) -> float:
    """Return the learning rate with the best mean validation accuracy over the choosing seeds.

    Parameters
    ----------
    rows : Table
        One network at one depth, with columns learning_rate, seed and validation.

    Returns
    -------
    float
        The smallest of equals.
    """
    choosing = np.isin(rows["seed"], CHOOSING)
    at, rates = rows["learning_rate"], np.unique(rows["learning_rate"])
    means = [rows["validation"][choosing & (at == rate)].mean() for rate in rates]
    return float(rates[int(np.argmax(means))])


def judged(rows: Table) -> np.ndarray:
    """Return the test accuracies of the judging seeds at the chosen rate, of shape (20,)."""
    rows = rows.where(learning_rate=chosen_rate(rows))
    judging = np.isin(rows["seed"], JUDGING)
    return rows["test"][judging][np.argsort(rows["seed"][judging])]


def points_over(rows: Table, reference: Table) -> Difference:
    """Return by how many points of accuracy one network beats another, over paired seeds."""
    return paired_difference(100 * judged(rows), 100 * judged(reference))


def _fresh(activation: str, initializer: Any, depth: int) -> Sequential:
    hidden = [Dense(UNITS, activation, kernel_initializer=initializer) for _ in range(depth)]
    return Sequential([Input(shape=(64,)), *hidden, Dense(10, "softmax")])
