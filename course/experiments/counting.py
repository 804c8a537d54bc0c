"""An Elman network counts ones: what it learns at one length, and its gradient through time."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config
from course.layers import Activation, Dense, Input, SimpleRNN
from course.models import Sequential
from course.optimizers import Adam

LENGTH, LONGER = 12, 18
UNITS, EPOCHS, BATCH = 8, 20, 32


def bits(n: int, length: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return `n` sequences of zeros and ones, and how many ones there are in each.

    Parameters
    ----------
    n, length : int
    seed : int, default 0

    Returns
    -------
    x : array of shape (n, length, 1)
    y : array of shape (n, 1)
    """
    x = config.generator(seed).integers(0, 2, (n, length, 1)).astype(config.floatx())
    return x, x.sum(axis=1)


def elman(activation: str = "tanh", *, units: int = UNITS, recurrent: Any = "orthogonal") -> Any:
    """Return a new network that reads a sequence of any length and answers with one number::

        h[t] = f(x[t]·W + h[t−1]·U + b),     y = h[last]·v + c

    Parameters
    ----------
    activation : str, default 'tanh'
        f.
    units : int, default 8
        Length of h.
    recurrent : str or Initializer, default 'orthogonal'
        Of U.

    Returns
    -------
    Sequential
        Its layer 'x' gives on what it gets, so that the error signal there can be looked at.
    """
    state = SimpleRNN(units, activation, recurrent_initializer=recurrent, name="state")
    look = Activation("linear", name="x")
    return Sequential([Input(shape=(None, 1)), look, state, Dense(1)])


def trained_counter(activation: str, learning_rate: float, seed: int = 0) -> Any:
    """Train :func:`elman` by Adam on 1,000 sequences of 12: 20 epochs, batches of 32."""
    checks.one_of("activation", activation, ("tanh", "relu"))
    with config.seeded(seed):
        model = elman(activation)
        model.compile(Adam(learning_rate), "mse")
        model.fit(*bits(1000, LENGTH, seed), batch_size=BATCH, epochs=EPOCHS, verbose=0)
    return model


def counted(model: Any, length: int = LENGTH, seed: int = 0, n: int = 500) -> float:
    """Return the share of `n` fresh sequences whose ones are counted right, when rounded."""
    x, y = bits(n, length, 10_000 + seed)
    return float(np.mean(np.round(model.predict(x, verbose=0)) == y))


def gradient_by_time(model: Any, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the root mean square of ∂C/∂x[t] over sequences for each t, of shape (length,).

    Parameters
    ----------
    model : Sequential
        From :func:`elman`, compiled.
    x, y : arrays of shape (n, length, 1) and (n, 1)
    """
    dx = model.error_signals(x, y)["x"]
    return np.sqrt(np.mean(np.square(dx, dtype=float), axis=(0, 2)))
