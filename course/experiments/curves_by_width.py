"""One hidden ReLU layer draws a curve: weights computed from knots, or found by training."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config
from course.datasets import sine
from course.initializers import RandomUniform
from course.layers import Dense, Input
from course.models import Sequential
from course.optimizers import Adam
from course.optimizers.schedules import CosineDecay

EPOCHS, BATCH, POINTS = 300, 32, 257
NOISY, NOISE, NEW, NOISY_EPOCHS = 20, 0.3, 1000, 1000


def curve(x: Any) -> np.ndarray:
    """Return sin(πx) in float64."""
    return np.sin(np.pi * np.asarray(x, float))


def one_layer(width: int) -> Sequential:
    """Return 1-`width`-1 with ReLU, He's start and biases uniform on (−1, 1), not compiled."""
    hidden = Dense(width, "relu", kernel_initializer="he_uniform")
    hidden.bias_initializer = RandomUniform(-1, 1)
    return Sequential([Input(shape=(1,)), hidden, Dense(1)])


def through_knots(x: Any, y: Any) -> Sequential:
    """Return 1-n-1 whose answer is the broken line through n + 1 knots.

    Unit j bends at knot j: ``relu(x − x_j)``. Its output weight is the change of slope there,
    the output's bias the first height.

    Parameters
    ----------
    x : array_like of shape (n + 1,)
        Strictly increasing.
    y : array_like of shape (n + 1,)

    Returns
    -------
    Sequential
        Not compiled. Left of the first knot it is flat, right of the last it goes straight on.

    Raises
    ------
    ValueError
        If x does not increase, or the shapes differ.
    """
    x, y = np.asarray(x, float), np.asarray(y, float)
    if x.ndim != 1 or x.shape != y.shape or len(x) < 2 or np.any(np.diff(x) <= 0):
        raise ValueError(
            "through_knots needs x and y of one shape (n + 1,), at least two knots, x strictly "
            f"increasing; got shapes {x.shape} and {y.shape}."
        )
    changes = np.diff(np.diff(y) / np.diff(x), prepend=0.0)
    model = one_layer(len(x) - 1)
    model.set_weights([np.ones((1, len(x) - 1)), -x[:-1], changes[:, None], y[:1]])
    return model


def built_curve(width: int) -> Sequential:
    """Return sin(πx) on [−1, 1] as a broken line of `width` equally long pieces."""
    knots = np.linspace(-1, 1, checks.integer("width", width, 1) + 1)
    return through_knots(knots, curve(knots))


def settling(learning_rate: float, updates: int) -> Adam:
    """Return Adam whose rate falls along a cosine to 0, so that no last jump decides."""
    return Adam(CosineDecay(learning_rate, updates))


def trained_curve(width: int, learning_rate: float = 0.03, seed: int = 0) -> Sequential:
    """Train :func:`one_layer` on 257 points of sin(πx), without noise.

    Adam with a cosine schedule down to 0, batches of 32, 300 epochs.

    Parameters
    ----------
    width : int
    learning_rate : float, default 0.03
        At the beginning.
    seed : int, default 0
        Of the first weights and the order of the points.
    """
    x = np.linspace(-1, 1, POINTS)
    updates = EPOCHS * -(-POINTS // BATCH)
    with config.seeded(seed):
        model = one_layer(width)
        model.compile(settling(learning_rate, updates), "mse")
        model.fit(_column(x), curve(x), batch_size=BATCH, epochs=EPOCHS, verbose=0)
    return model


def errors(model: Any, low: float = -1.0, high: float = 1.0) -> tuple[float, float]:
    """Return the largest and the root mean square error against sin(πx) on 4,001 points.

    Parameters
    ----------
    model : Model
    low, high : float, default −1 and 1
    """
    x = np.linspace(low, high, 4001)
    error = answers(model, x) - curve(x)
    return float(np.abs(error).max()), float(np.sqrt(np.mean(error**2)))


def answers(model: Any, x: Any) -> np.ndarray:
    """Return what a model of one input and one output answers at `x` of shape (n,)."""
    return model.predict(_column(x), verbose=0)[:, 0].astype(float)


def noisy_points(seed: int = 0) -> tuple[np.ndarray, ...]:
    """Return 20 points of a sine with noise 0.3, and 1,000 new ones.

    Parameters
    ----------
    seed : int, default 0

    Returns
    -------
    x, y, x_new, y_new : arrays of shape (20, 1), (20,), (1000, 1), (1000,)
    """
    return *sine(NOISY, NOISE, seed), *sine(NEW, NOISE, 10_000 + seed)


def noisy_fit(width: int, learning_rate: float = 0.01, seed: int = 0) -> Sequential:
    """Train :func:`one_layer` on the 20 points of :func:`noisy_points`.

    Adam with a cosine schedule down to 0, all 20 in one batch, 1,000 epochs.

    Parameters
    ----------
    width : int
    learning_rate : float, default 0.01
    seed : int, default 0
        Of the points and the first weights.
    """
    x, y, _, _ = noisy_points(seed)
    with config.seeded(seed):
        model = one_layer(width)
        model.compile(settling(learning_rate, NOISY_EPOCHS), "mse")
        model.fit(x, y, batch_size=NOISY, epochs=NOISY_EPOCHS, verbose=0)
    return model


def noisy_errors(model: Any, seed: int = 0) -> tuple[float, float]:
    """Return the mean squared errors on the 20 points of `seed` and on its 1,000 new ones.

    New points left or right of all 20 count like the others.
    """
    x, y, x_new, y_new = noisy_points(seed)
    parts = ((x, y), (x_new, y_new))
    old, new = (float(np.mean((answers(model, a[:, 0]) - b) ** 2)) for a, b in parts)
    return old, new


def _column(x: Any) -> np.ndarray:
    return np.asarray(x, config.floatx())[:, None]
