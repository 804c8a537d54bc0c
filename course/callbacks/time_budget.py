"""The end of training when the time is up."""

from __future__ import annotations

from time import monotonic

from course import checks
from course.callbacks.callback import Callback, Logs


class TimeBudget(Callback):
    """Stop after the batch, or the epoch with its validation, in which the time is up.

    Parameters
    ----------
    seconds, minutes : float, optional
        How long training may take, above 0; one of the two. The last batch is finished, so it
        takes a little longer; so does the validation of the last epoch.
    verbose : int, default 0
        1 says when training was stopped.

    Attributes
    ----------
    seconds : float
        The budget.
    stopped_epoch : int or None
        Where training was stopped, counted from 0; None if it was not.

    Raises
    ------
    TypeError, ValueError
        If neither or both are given, or it is no number above 0.

    Notes
    -----
    Where a training is stopped depends on the machine, so two runs are not equal. Count epochs
    where they have to be.
    """

    adds_to_logs = ()

    def __init__(
        self, seconds: float | None = None, minutes: float | None = None, verbose: int = 0
    ) -> None:
        super().__init__()
        if (seconds is None) == (minutes is None):
            raise ValueError(
                f"Give either seconds or minutes, got seconds={seconds} and minutes={minutes}."
            )
        if minutes is None:
            self.seconds = checks.number("seconds", seconds, above=0)
        else:
            self.seconds = 60 * checks.number("minutes", minutes, above=0)
        self.verbose = checks.verbosity(verbose)
        self.stopped_epoch: int | None = None

    def on_train_begin(self, logs: Logs | None = None) -> None:
        self._end = monotonic() + self.seconds
        self.stopped_epoch = None

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        self._epoch = epoch

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        self._look()

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        self._look()

    def _look(self) -> None:
        if monotonic() >= self._end and self.stopped_epoch is None:
            self.model.stop_training = True
            self.stopped_epoch = self._epoch
            if self.verbose:
                print(f"Epoch {self._epoch + 1}: the {self.seconds:g} seconds are over")
