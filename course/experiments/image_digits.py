"""Digits as images, and one way to train any small network on them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from course import config
from course.experiments.digit_rates import rate_digits
from course.optimizers import Adam

BATCH, EPOCHS = 32, 20

Prepare = Callable[[np.ndarray], np.ndarray]


def images(x: np.ndarray) -> np.ndarray:
    """Return rows of 64 pixels as images of shape (n, 8, 8, 1)."""
    return x.reshape(-1, 8, 8, 1)


def trained(
    build: Callable[[], Any],
    learning_rate: float,
    seed: int = 0,
    *,
    prepare: Prepare = images,
    epochs: int = EPOCHS,
) -> Any:
    """Train a classifier by Adam on 1,000 digits, in batches of 32.

    Parameters
    ----------
    build : function
        Returns a new network with ten probabilities.
    learning_rate : float
    seed : int, default 0
        Of the split into training and validation digits, the first weights, the order.
    prepare : function, default `images`
        What the network is given for an array of shape (n, 64).
    epochs : int, default 20

    Returns
    -------
    Model
        With the metric 'accuracy'.
    """
    (x, y), _, _ = rate_digits(seed)
    x = prepare(x)
    with config.seeded(seed), np.errstate(over="ignore", invalid="ignore"):
        model = build()
        loss = "sparse_categorical_crossentropy"
        model.compile(Adam(learning_rate), loss, metrics=["accuracy"])
        model.fit(x, y, batch_size=BATCH, epochs=epochs, verbose=0)
    return model


def scores(model: Any, seed: int = 0, *, prepare: Prepare = images) -> tuple[float, float]:
    """Return the accuracy on 347 validation digits, and on 450 test digits.

    Parameters
    ----------
    model : Model
        From :func:`trained`.
    seed : int, default 0
        Of the split, as it was trained with.
    prepare : function, default `images`
    """
    _, *parts = rate_digits(seed)
    validation, test = (model.evaluate(prepare(x), y, verbose=0)[1] for x, y in parts)
    return float(validation), float(test)
