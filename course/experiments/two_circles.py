"""Training deep networks on two circles, seed by seed: who learns?"""

from __future__ import annotations

from typing import Any

import numpy as np

from course import config, optimizers
from course.datasets import circles
from course.experiments.deep_network import deep_network
from course.experiments.signal_sizes import SignalSizes, signal_sizes
from course.experiments.table import Table

LEARNED = 0.95  # accuracy on fresh points that counts as learned; guessing gives 0.5


def two_circles(seed: int = 0, n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    """Return the lesson's two circles: noise 0.05, so that nearly every point can be right."""
    return circles(n, noise=0.05, seed=seed)


def deep_circles(
    depth: int, learning_rate: float = 0.1, seed: int = 0, *, epochs: int = 60, **network: Any
) -> float:
    """Train :func:`deep_network` on two circles by plain SGD; return its accuracy on fresh points.

    400 points in batches of 32 to learn from, 1,000 others to judge by; initial weights and
    the order of the points depend on `seed`, so that two networks can be compared in pairs.

    Parameters
    ----------
    depth : int
        Hidden layers.
    learning_rate : float, default 0.1
    seed : int, default 0
    epochs : int, default 60
    **network
        Further arguments of :func:`deep_network`.

    Returns
    -------
    float
        Between 0 and 1. A training that ended in NaN counts as guessing: 0.5.
    """
    x, y = two_circles(seed)
    with config.seeded(seed):
        model = deep_network(depth, **network)
        model.compile(optimizers.SGD(learning_rate), "binary_crossentropy", metrics=["accuracy"])
        model.fit(x, y, epochs=epochs, verbose=0)
    if not all(np.isfinite(w).all() for w in model.get_weights()):
        return 0.5
    return model.evaluate(*two_circles(10_000 + seed, n=1000), verbose=0)[1]


def fresh_signals(depth: int, seed: int = 0, *, n: int = 400, **network: Any) -> SignalSizes:
    """Return the signals of :func:`deep_network` on `n` points of two circles, before training.

    The first layers of a deeper network of the same seed have the same weights.

    Parameters
    ----------
    depth : int
        Hidden layers.
    seed : int, default 0
        Of the points and of the weights.
    n : int, default 400
        Number of points.
    **network
        Further arguments of :func:`deep_network`.
    """
    with config.seeded(seed):
        model = deep_network(depth, **network)
    model.compile("sgd", "binary_crossentropy")
    return signal_sizes(model, *two_circles(seed, n))


def learned(accuracies: Any) -> int:
    """Return how many of `accuracies` are at least 0.95."""
    return int(np.sum(np.asarray(accuracies) >= LEARNED))


def counts(rows: Table) -> list[int]:
    """Return how many runs of each learning rate learned, the smallest rate first."""
    return [learned(rows.where(learning_rate=rate)["accuracy"]) for rate in rows.rates()]
