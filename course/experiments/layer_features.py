"""What hidden layers make of points: classes that no line parts become classes that one does."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config
from course.datasets import circles, spirals
from course.layers import Dense, Input
from course.models import Sequential
from course.optimizers import Adam

TURNS, NOISE = 1.25, 0.03


def circles_network(seed: int = 0) -> Sequential:
    """Train 2-8-2-1 (tanh, tanh, sigmoid) on 200 points of two circles; layer 'two' has 2 units.

    Adam(0.03), batches of 20, 40 epochs.

    Parameters
    ----------
    seed : int, default 0
        Of the points, the first weights and the order.
    """
    x, y = circles(200, 0.05, seed)
    with config.seeded(seed):
        model = Sequential(
            [Input(shape=(2,)), Dense(8, "tanh", name="eight"), Dense(2, "tanh", name="two"),
             Dense(1, "sigmoid", name="p")]
        )  # fmt: skip
        model.compile(Adam(0.03), "binary_crossentropy", metrics=["accuracy"])
        model.fit(x, y, batch_size=20, epochs=40, verbose=0)
    return model


def spirals_network(depth: int = 3, seed: int = 0) -> Sequential:
    """Train `depth` hidden layers of 16 ReLU units on 400 points of two spirals.

    Adam(0.01), batches of 32, 40 epochs; the layers are called ``h1``, ``h2``, ...

    Parameters
    ----------
    depth : int, default 3
    seed : int, default 0
    """
    depth = checks.integer("depth", depth, 1)
    x, y = spirals(400, NOISE, seed, turns=TURNS)
    with config.seeded(seed):
        hidden = [
            Dense(16, "relu", kernel_initializer="he_uniform", name=f"h{i}")
            for i in range(1, depth + 1)
        ]
        model = Sequential([Input(shape=(2,)), *hidden, Dense(1, "sigmoid", name="p")])
        model.compile(Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
        model.fit(x, y, batch_size=32, epochs=40, verbose=0)
    return model


def new_spirals(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return 1,000 points of two spirals that no training of `seed` has seen."""
    return spirals(1000, NOISE, 10_000 + seed, turns=TURNS)


def linear_share(h: Any, y: Any, h_new: Any, y_new: Any) -> float:
    """Return the accuracy of a plane through `h`, fitted by least squares, on new points.

    The plane is fitted to −1 and 1; a point counts for the side on which it lies. This asks
    how far the classes are parted by *one* linear unit on top of a layer (a linear probe).

    Parameters
    ----------
    h : array of shape (n, units)
        What a layer makes of the points to fit.
    y : array of int of shape (n,)
        0 or 1.
    h_new, y_new : arrays of shape (m, units) and (m,)
        To judge by.
    """

    def with_ones(a: Any) -> np.ndarray:
        return np.column_stack([a, np.ones(len(a))]).astype(float)

    plane, *_ = np.linalg.lstsq(with_ones(h), 2.0 * np.ravel(y) - 1, rcond=1e-8)
    return float(np.mean((with_ones(h_new) @ plane > 0) == (np.ravel(y_new) > 0)))


def shares_by_layer(model: Any, seed: int = 0) -> list[float]:
    """Return :func:`linear_share` of the input and of each hidden layer of a spirals network."""
    (x, y), (x_new, y_new) = spirals(400, NOISE, seed, turns=TURNS), new_spirals(seed)
    old, new = model.activations(x), model.activations(x_new)
    layers = [(x, x_new), *((old[name], new[name]) for name in old if name != "p")]
    return [linear_share(h, y, h_new, y_new) for h, h_new in layers]
