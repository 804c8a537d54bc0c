"""Ways to end a training, judged alike: each at its own learning rate, on the same seeds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from course.callbacks import EarlyStopping
from course.experiments.replay import replay
from course.experiments.sloppy_digits import EPOCHS, JUDGING, RATES, TUNING, recorded


class Outcome(NamedTuple):
    """What it cost, and what came of it."""

    epochs: int
    test: float


class Judged(NamedTuple):
    """A way to end, at the learning rate that suits it.

    Attributes
    ----------
    rate : float
        With the highest mean test accuracy on the seeds of ``TUNING``.
    epochs, test : arrays of shape (seeds,)
        Of that rate, on the seeds of ``JUDGING``.
    """

    rate: float
    epochs: np.ndarray
    test: np.ndarray


def outcome(monitor: str, patience: int | None, learning_rate: float, seed: int) -> Outcome:
    """Return the epochs and the test accuracy of a recorded training, ended in this way.

    Parameters
    ----------
    monitor : {'val_loss', 'val_accuracy'}
    patience : int or None
        Of an `EarlyStopping` that restores the best weights; None trains all 80 epochs and
        keeps the last weights, whatever the monitor.
    learning_rate : float
        One of ``sloppy_digits.RATES``.
    seed : int
    """
    curves = recorded(seed, learning_rate)
    if patience is None:
        return Outcome(EPOCHS, float(curves["test_accuracy"][-1]))
    stopper = EarlyStopping(monitor, patience=patience, restore_best_weights=True)
    end = replay(stopper, {monitor: curves[monitor]})
    return Outcome(end.epochs, float(curves["test_accuracy"][end.kept - 1]))


def judged(monitor: str, patience: int | None) -> Judged:
    """Choose the rate on five seeds, judge on the other twenty; arguments as in `outcome`."""
    means = [
        np.mean([outcome(monitor, patience, rate, seed).test for seed in TUNING]) for rate in RATES
    ]
    rate = RATES[int(np.argmax(means))]
    ends = [outcome(monitor, patience, rate, seed) for seed in JUDGING]
    return Judged(rate, np.array([e.epochs for e in ends]), np.array([e.test for e in ends]))
