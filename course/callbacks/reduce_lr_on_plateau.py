"""A smaller learning rate when nothing gets better any more."""

from __future__ import annotations

from typing import Any

from course import checks, older
from course.callbacks.callback import Logs
from course.callbacks.monitor import Monitor
from course.callbacks.rate import log_rate, refuse_schedule


class ReduceLROnPlateau(Monitor):
    """Multiply the learning rate by `factor` when `monitor` has not improved for a while::

        lr ← max(factor · lr, min_lr)     after `patience` epochs without an improvement

    ``logs['learning_rate']`` is the rate with which an epoch was trained.

    Parameters
    ----------
    monitor : str, default 'val_loss'
        A key of the logs.
    factor : float, default 0.1
        In (0, 1).
    patience : int, default 10
        How many epochs in a row pass without an improvement before the rate is reduced; 0
        behaves as 1.
    verbose : int, default 0
        1 says when the rate is reduced.
    mode : {'auto', 'min', 'max'}, default 'auto'
        Which values are better; ``'auto'`` asks the metric.
    min_delta : float, default 1e-4
        An improvement has to be larger than its absolute value.
    cooldown : int, default 0
        Epochs after a reduction in which there is no waiting. The last of them counts as
        waiting again, as in Keras: 0 and 1 are the same.
    min_lr : float, default 0
        The rate is not reduced below.
    **older_spellings
        ``epsilon`` for `min_delta`.

    Attributes
    ----------
    best : float or None
        The best value so far; NaN never is.
    wait, cooldown_counter : int
        Epochs without an improvement, and epochs of cooling down that are left.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range; when training starts, if `monitor`
        cannot be in the logs, or the optimizer's learning rate is a schedule.
    """

    adds_to_logs = ("learning_rate",)

    def __init__(
        self,
        monitor: str = "val_loss",
        factor: float = 0.1,
        patience: int = 10,
        verbose: int = 0,
        mode: str = "auto",
        min_delta: float = 1e-4,
        cooldown: int = 0,
        min_lr: float = 0.0,
        **older_spellings: float,
    ) -> None:
        checks.unknown_arguments(
            "ReduceLROnPlateau",
            set(older_spellings) - {"epsilon"},
            ["monitor", "factor", "patience", "min_delta", "cooldown", "min_lr"],
        )
        if "epsilon" in older_spellings:
            older.spelled("epsilon=", "min_delta=")
            min_delta = older_spellings["epsilon"]
        super().__init__(monitor, mode, min_delta)
        self.factor = checks.number("factor", factor, above=0, below=1)
        self.patience = checks.integer("patience", patience, 0)
        self.verbose = checks.verbosity(verbose)
        self.cooldown = checks.integer("cooldown", cooldown, 0)
        self.min_lr = checks.number("min_lr", min_lr, 0)
        self._reset()

    def _reset(self) -> None:
        self.best: float | None = None
        self.wait = self.cooldown_counter = 0

    def on_train_begin(self, logs: Logs | None = None) -> None:
        refuse_schedule(self)
        self.begin_monitoring()
        self._reset()

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        logs = {} if logs is None else logs
        log_rate(self, logs)
        value = self.value(logs)
        if value is None:
            return
        if self.cooldown_counter:
            self.cooldown_counter -= 1
            self.wait = 0
        if self.is_better(value, self.best):
            self.best, self.wait = value, 0
        elif not self.cooldown_counter:
            self.wait += 1
            if self.wait >= self.patience:
                self._reduce(epoch, self.model.optimizer)

    def _reduce(self, epoch: int, optimizer: Any) -> None:
        rate = float(optimizer.learning_rate)
        if rate <= self.min_lr:
            return
        optimizer.learning_rate = max(rate * self.factor, self.min_lr)
        self.wait, self.cooldown_counter = 0, self.cooldown
        if self.verbose:
            print(
                f"Epoch {epoch + 1}: learning rate reduced from {rate:g} to "
                f"{optimizer.learning_rate:g}"
            )
