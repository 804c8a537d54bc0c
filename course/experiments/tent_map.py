"""The tent map folded into itself: a ReLU network built by hand, and the same one trained."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config
from course.initializers import RandomUniform
from course.layers import Dense, Input
from course.models import Sequential
from course.optimizers import Adam

EPOCHS, BATCH, POINTS = 300, 32, 257
OFF = 0.01  # of each number that is nearly right
FOUND = 0.95  # share of the target's variance that counts as found


def tent(x: Any, folds: int) -> np.ndarray:
    """Return ``t(t(...t(x)))``, `folds` times, where ``t(x) = 1 − |1 − 2x|`` on [0, 1].

    Parameters
    ----------
    x : array_like
    folds : int

    Returns
    -------
    array of float64, shaped as x
        It rises and falls 2^(folds − 1) times between 0 and 1.
    """
    x = np.asarray(x, float)
    for _ in range(folds):
        x = 1 - np.abs(1 - 2 * x)
    return x


def tent_points(folds: int, n: int = POINTS) -> tuple[np.ndarray, np.ndarray]:
    """Return `n` equally spaced x of shape (n, 1) from 0 to 1, and the tent there, (n,).

    With n = 2^m + 1 the points are exact in floating point.
    """
    x = np.linspace(0, 1, n)
    return x[:, None].astype(config.floatx()), tent(x, folds).astype(config.floatx())


def tent_network(folds: int, units: int = 2) -> Sequential:
    """Return 1-`units`-...-`units`-1 with ReLU, a hidden layer a fold, not compiled.

    The start is He's. With two units biases start at 0, with more they are uniform on (−1, 1):
    in a trial that was the better start for each.

    Parameters
    ----------
    folds : int
        Hidden layers, at least 1.
    units : int, default 2
        In each of them, at least 1.
    """
    folds = checks.integer("folds", folds, 1)
    units = checks.integer("units", units, 1)
    bias = RandomUniform(-1, 1) if units > 2 else "zeros"
    start: dict[str, Any] = {"kernel_initializer": "he_uniform", "bias_initializer": bias}
    hidden = [Dense(units, "relu", **start) for _ in range(folds)]
    return Sequential([Input(shape=(1,)), *hidden, Dense(1, kernel_initializer="he_uniform")])


def built_by_hand(folds: int) -> Sequential:
    """Return :func:`tent_network` with two units a fold and weights that make it the tent map.

    On [0, 1] the tent is ``t(x) = 2 relu(x) − 4 relu(x − ½)``. The next fold reads that sum
    through both of its units (after M. Telgarsky, 2016, *Benefits of depth in neural networks*).
    """
    out, bends = np.array([[2.0], [-4.0]]), np.array([0.0, -0.5])
    weights: list[np.ndarray] = [np.ones((1, 2)), bends]
    for _ in range(1, folds):
        weights += [np.repeat(out, 2, axis=1), bends]
    model = tent_network(folds)
    model.set_weights([*weights, out, np.zeros(1)])
    return model


def nearly_right(folds: int) -> Sequential:
    """Return :func:`built_by_hand` with each number off by at most 0.01, drawn anew each time."""
    model, rng = built_by_hand(folds), config.generator()
    off = [rng.uniform(-OFF, OFF, w.shape) for w in model.get_weights()]
    model.set_weights([w + d for w, d in zip(model.get_weights(), off, strict=True)])
    return model


def trained_tent(
    folds: int,
    units: int = 2,
    learning_rate: float = 0.01,
    seed: int = 0,
    *,
    near: bool = False,
    epochs: int = EPOCHS,
) -> Sequential:
    """Train :func:`tent_network` on 257 points of the tent map with Adam, batches of 32.

    Parameters
    ----------
    folds : int
    units : int, default 2
    learning_rate : float, default 0.01
    seed : int, default 0
        Of the first weights and the order of the points.
    near : bool, default False
        True begins at :func:`nearly_right`, which has two units, and not at random.
    epochs : int, default 300
    """
    with config.seeded(seed):
        model = nearly_right(folds) if near else tent_network(folds, units)
        model.compile(Adam(learning_rate), "mse")
        model.fit(*tent_points(folds), batch_size=BATCH, epochs=epochs, verbose=0)
    return model


def explained(model: Any, folds: int) -> float:
    """Return ``1 − mean squared error / variance`` on the 257 points: 1 is exact, 0 a constant.

    Parameters
    ----------
    model : Model
    folds : int
    """
    x, y = tent_points(folds)
    error = model.predict(x, verbose=0)[:, 0].astype(float) - y
    return float(1 - np.mean(error**2) / np.var(y.astype(float)))


def count_teeth(values: Any) -> int:
    """Return how often a curve rises through ½ and falls through it again.

    Parameters
    ----------
    values : array_like of shape (n,)
        The curve from left to right.
    """
    above = np.ravel(values) > 0.5
    ups = int(np.sum(~above[:-1] & above[1:]))
    downs = int(np.sum(above[:-1] & ~above[1:]))
    return min(ups, downs)
