"""A learning rate for each epoch."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Any

import numpy as np

from course import checks
from course.callbacks.callback import Callback, Logs
from course.callbacks.rate import log_rate, refuse_schedule


class LearningRateScheduler(Callback):
    """Set the learning rate at the beginning of each epoch to what a function returns.

    Parameters
    ----------
    schedule : callable
        Takes the number of the epoch, from 0, and, where it has room for a second argument,
        the learning rate so far; returns the new one::

            LearningRateScheduler(lambda epoch: 0.1 * 0.5 ** (epoch // 10))
            LearningRateScheduler(lambda epoch, lr: 0.9 * lr)

    verbose : int, default 0
        1 says each rate.

    Raises
    ------
    TypeError, ValueError
        If `schedule` is no function of one or two arguments; when training starts, if the
        optimizer's learning rate is a schedule; in training, if what `schedule` returns is no
        number of at least 0.

    Notes
    -----
    The rate of each epoch is ``logs['learning_rate']`` at its end.
    """

    adds_to_logs = ("learning_rate",)

    def __init__(self, schedule: Callable[..., float], verbose: int = 0) -> None:
        super().__init__()
        if not callable(schedule):
            raise TypeError(
                "schedule must be a function such as lambda epoch: 0.1 / (1 + epoch), got "
                f"{schedule!r}."
            )
        self._takes_rate = _takes(schedule, 0, 0.1)
        if not self._takes_rate and not _takes(schedule, 0):
            raise TypeError(
                "schedule must take (epoch) or (epoch, learning_rate), but its arguments are "
                f"{signature(schedule)}."
            )
        self.schedule = schedule
        self.verbose = checks.verbosity(verbose)

    def on_train_begin(self, logs: Logs | None = None) -> None:
        refuse_schedule(self)

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        optimizer = self.model.optimizer
        known = (epoch, float(optimizer.learning_rate)) if self._takes_rate else (epoch,)
        rate = self.schedule(*known)
        if isinstance(rate, np.ndarray) and rate.ndim == 0:
            rate = rate.item()
        rate = checks.number(f"What schedule returned for epoch {epoch}", rate, 0)
        optimizer.learning_rate = rate
        if self.verbose:
            print(f"Epoch {epoch + 1}: learning rate {rate:g}")

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        if logs is not None:
            log_rate(self, logs)


def _takes(function: Callable[..., Any], *arguments: Any) -> bool:
    """Whether a function can be called with so many arguments; yes where it does not tell."""
    try:
        signature(function).bind(*arguments)
    except TypeError:
        return False
    except ValueError:  # some functions written in C
        return len(arguments) == 1
    return True
