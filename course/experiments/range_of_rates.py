"""A range test on digits: the learning rate grows from update to update, the loss is watched."""

from __future__ import annotations

import numpy as np

from course import config
from course.experiments.digit_rates import BATCH, EPOCH, rate_digits, rate_network
from course.optimizers import SGD
from course.optimizers.schedules import ExponentialDecay


def range_test(
    low: float = 1e-3, high: float = 10.0, seed: int = 0, *, steps: int = 3 * EPOCH,
    optimizer: type = SGD, memory: float = 0.8,
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Let the rate grow from update to update, by equal factors, and watch the batches' loss.

    Growth is `ExponentialDecay` with a factor above 1.

    Parameters
    ----------
    low, high : float, default 0.001 and 10
        The first rate, and the one after the last.
    seed : int, default 0
    steps : int, default 96
        Updates: three epochs.
    optimizer : type, default SGD
    memory : float, default 0.8
        Of the running mean that smooths the losses; its start is corrected as in Adam.

    Returns
    -------
    rates : array of shape (steps,)
    losses : array of shape (steps,)
        Smoothed; each is that of its batch before the update.

    References
    ----------
    Smith (2017), Cyclical Learning Rates for Training Neural Networks, section 3.3 (there the
    rate grows along a line, and accuracy is watched).
    """
    (x, y), *_ = rate_digits(seed)
    growth = ExponentialDecay(low, steps, high / low)
    model = rate_network(growth, seed, optimizer=optimizer)
    with config.seeded(seed), np.errstate(over="ignore", invalid="ignore"):
        losses = [model.train_on_batch(x[rows], y[rows])[0] for rows in _batches(len(x), steps)]
    return growth.curve(steps), _smoothed(losses, memory)


def _batches(items: int, count: int) -> list[np.ndarray]:
    """Return `count` batches of row numbers, each epoch in a new order."""
    rng, found = config.generator(), []
    while len(found) < count:
        found += np.split(rng.permutation(items), range(BATCH, items, BATCH))
    return found[:count]


def _smoothed(values: list[float], memory: float) -> np.ndarray:
    """Return the running mean of `values`, its start corrected as in Adam."""
    mean, smooth = 0.0, []
    for t, value in enumerate(values, 1):
        mean = memory * mean + (1 - memory) * value
        smooth.append(mean / (1 - memory**t))
    return np.array(smooth)
