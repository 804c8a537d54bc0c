"""Units that are off for every digit, epoch by epoch: a ReLU unit there gets no gradient."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from course import config
from course.callbacks import LambdaCallback
from course.datasets import load_digits
from course.initializers import Constant
from course.layers import Dense, Input
from course.models import Sequential
from course.optimizers import SGD

UNITS, EPOCHS, ROWS = 32, 5, 1000


class Watched(NamedTuple):
    """A training, seen before it and after each epoch.

    Attributes
    ----------
    on : array of shape (epochs + 1, 32)
        For each hidden unit the share of the digits for which its sum is above 0. NaN once the
        training has diverged.
    accuracy : float
        On the training digits, at the end.
    """

    on: np.ndarray
    accuracy: float

    @property
    def silent(self) -> np.ndarray:
        """How many units are off for every digit, of shape (epochs + 1,); 0 after a divergence."""
        return np.sum(self.on == 0, axis=1)

    @property
    def diverged(self) -> bool:
        """Whether weights have ended as NaN or infinite."""
        return not np.isfinite(self.on[-1]).all()


def watch_units(
    activation: str,
    learning_rate: float,
    bias: float = 0.0,
    seed: int = 0,
    *,
    poll: Callable[..., None] | None = None,
) -> Watched:
    """Train 64-32-10 on 1,000 digits (pixels / 16, plain SGD, batches of 32, 5 epochs).

    Parameters
    ----------
    activation : str
        Of the hidden units; their weights start with He's variance.
    learning_rate : float
    bias : float, default 0.0
        Where the biases of the hidden units start.
    seed : int, default 0
        Of the digits, the first weights and the order.
    poll : callable, optional
        Called with the share that is done after each epoch; what it raises ends the training.
    """
    x, y = thousand_digits(seed)
    # A learning rate that is too large is something to try here: the result says so.
    warnings.filterwarnings("ignore", "loss became", RuntimeWarning, __name__)
    with config.seeded(seed):
        model = unit_network(activation, learning_rate, bias)
        on = [share_on(model, x)]

        def look(epoch: int, logs: Any) -> None:
            on.append(share_on(model, x))
            if poll is not None:
                poll((epoch + 1) / EPOCHS)

        with np.errstate(over="ignore", invalid="ignore"):
            look_on = LambdaCallback(on_epoch_end=look)
            model.fit(x, y, batch_size=32, epochs=EPOCHS, verbose=0, callbacks=[look_on])
            accuracy = model.evaluate(x, y, verbose=0)[1]
    return Watched(np.array(on), float(accuracy))


def thousand_digits(seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return 1,000 digits, pixels from 0 to 1, of shape (1000, 64), and what they are."""
    x, y = load_digits()
    rows = config.generator(seed).permutation(len(x))[:ROWS]
    return x[rows], y[rows]


def unit_network(activation: str, learning_rate: float, bias: float = 0.0) -> Sequential:
    """Return a new 64-32-10, compiled; the hidden biases start at `bias`."""
    hidden = Dense(
        UNITS, activation, kernel_initializer="he_normal", bias_initializer=Constant(bias)
    )
    model = Sequential([Input(shape=(64,)), hidden, Dense(10, "softmax")])
    model.compile(SGD(learning_rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def share_on(model: Any, x: np.ndarray) -> np.ndarray:
    """Return for each hidden unit of `model` the share of rows of `x` whose sum is above 0.

    NaN for all where a weight is no finite number.
    """
    W, b = model.get_weights()[:2]
    with np.errstate(over="ignore", invalid="ignore"):
        sums = x @ W + b
    return np.mean(sums > 0, axis=0) if np.isfinite(sums).all() else np.full(len(b), np.nan)
