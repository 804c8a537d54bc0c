"""Can it overfit at all? Ten digits, a network that must be able to learn them by heart."""

from __future__ import annotations

from typing import Any

import numpy as np

from course import checks, config
from course.datasets import load_digits
from course.layers import Dense, Input
from course.models import Sequential
from course.optimizers import Adam

SETUPS = ("sound", "wrong labels", "tiny steps", "pixels lost", "ReLU at the end")
DIGITS, EPOCHS = 10, 100


def ten_digits(setup: str = "sound", seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return ten digits, one of each class, of shapes (10, 64) and (10,).

    Parameters
    ----------
    setup : str, default 'sound'
        With ``'wrong labels'`` each gets the label of the next; with ``'pixels lost'`` pixels
        from 0 to 16 were scaled by ``// 17``, the integer division, so that all are 0.
    seed : int, default 0
        Which of each class.
    """
    checks.one_of("setup", setup, SETUPS)
    pixels, digit = load_digits(scale=False)
    rng = config.generator(seed)
    rows = [rng.choice(np.flatnonzero(digit == d)) for d in range(DIGITS)]
    x, y = pixels[rows], digit[rows]
    if setup == "wrong labels":
        y = np.roll(y, 1)
    return (x // 17 if setup == "pixels lost" else x / 16), y


def memorise(setup: str = "sound", seed: int = 0) -> tuple[float, float]:
    """Train 64-32-10 on :func:`ten_digits`, all in one batch, 100 epochs of Adam(0.01).

    Parameters
    ----------
    setup : str, default 'sound'
        ``'tiny steps'`` takes the rate 1e-6, ``'ReLU at the end'`` puts a ReLU before the
        softmax; the others are faults of the data.
    seed : int, default 0

    Returns
    -------
    before, after : float
        The loss on the ten; guessing gives ln 10 = 2.30.
    """
    x, y = ten_digits(setup, seed)
    with config.seeded(seed):
        model = _network(setup)
        rate = 1e-6 if setup == "tiny steps" else 0.01
        model.compile(Adam(rate), "sparse_categorical_crossentropy")
        before = model.evaluate(x, y, verbose=0)
        model.fit(x, y, batch_size=DIGITS, epochs=EPOCHS, verbose=0)
    return before, model.evaluate(x, y, verbose=0)


def _network(setup: str) -> Any:
    if setup == "ReLU at the end":
        last = [Dense(10, "relu"), Dense(10, "softmax", kernel_initializer="identity")]
        last[1].trainable = False
    else:
        last = [Dense(10, "softmax")]
    return Sequential([Input(shape=(64,)), Dense(32, "relu"), *last])
