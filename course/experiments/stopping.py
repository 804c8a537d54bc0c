"""Ways to end a training, judged alike: each at its own learning rate, on the same seeds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from course.callbacks import EarlyStopping
from course.experiments.replay import replay
from course.experiments.sloppy_digits import EPOCHS, JUDGING, RATES, TUNING, recorded


class Outcome(NamedTuple):
    """What it cost, and what came of it."""

    epochs: int
    choose: float
    test: float


class Judged(NamedTuple):
    """A way to end, at the learning rate that suits it.

    Attributes
    ----------
    rate : float
        With the highest mean accuracy on the seeds of ``TUNING`` and the digits to choose by.
    epochs, test : arrays of shape (seeds,)
        Of that rate, on the seeds of ``JUDGING`` and the digits to judge by.
    """

    rate: float
    epochs: np.ndarray
    test: np.ndarray


def outcome(
    monitor: str, patience: int | None, learning_rate: float, seed: int, epochs: int = EPOCHS
) -> Outcome:
    """Return the epochs and the accuracies of a recorded training, ended in this way.

    Parameters
    ----------
    monitor : {'val_loss', 'val_accuracy'}
    patience : int or None
        Of an `EarlyStopping` that restores the best weights; None trains all `epochs` and
        keeps the last weights, whatever the monitor.
    learning_rate : float
        One of ``sloppy_digits.RATES``.
    seed : int
    epochs : int, default 80
        After which training ends in any case.
    """
    curves, trained, kept = recorded(seed, learning_rate), epochs, epochs
    if patience is not None:
        stopper = EarlyStopping(monitor, patience=patience, restore_best_weights=True)
        end = replay(stopper, {monitor: curves[monitor][:epochs]})
        trained, kept = end.epochs, end.kept
    accuracies = (float(curves[name][kept - 1]) for name in ("choose_accuracy", "test_accuracy"))
    return Outcome(trained, *accuracies)


def judged(monitor: str, patience: int | None, epochs: int = EPOCHS) -> Judged:
    """Choose the rate on fifteen seeds, judge on twenty others; arguments as in `outcome`."""

    def ended(rate: float, seeds: Iterable[int]) -> list[Outcome]:
        return [outcome(monitor, patience, rate, seed, epochs) for seed in seeds]

    means = [np.mean([end.choose for end in ended(rate, TUNING)]) for rate in RATES]
    rate = RATES[int(np.argmax(means))]
    ends = ended(rate, JUDGING)
    return Judged(rate, np.array([e.epochs for e in ends]), np.array([e.test for e in ends]))
