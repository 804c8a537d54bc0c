"""The end of training when nothing gets better any more."""

from __future__ import annotations

from typing import Any

from course import checks
from course.callbacks.callback import Logs
from course.callbacks.monitor import Monitor


class EarlyStopping(Monitor):
    """Stop when `monitor` has not improved for `patience` epochs.

    After each epoch, with v its value and b the best so far::

        wait ← wait + 1
        if v is better than b:          b ← v, and wait ← 0 if v also beats the baseline
        otherwise, if wait ≥ patience:  stop (never after epoch 0)

    Parameters
    ----------
    monitor : str, default 'val_loss'
        A key of the logs.
    min_delta : float, default 0
        An improvement has to be larger than its absolute value.
    patience : int, default 0
        How many epochs in a row may pass without an improvement; the last of them is the last
        epoch of the training. 0 behaves as 1.
    verbose : int, default 0
        1 says when training was stopped and which weights were restored.
    mode : {'auto', 'min', 'max'}, default 'auto'
        Which values are better; ``'auto'`` asks the metric.
    baseline : float, optional
        Epochs that do not beat it count as waiting, the best so far too. Training stops at the
        next one after `patience` of them that is no improvement at all.
    restore_best_weights : bool, default False
        Whether the model has the weights of the best epoch when training ends, stopped or not.
        The optimizer keeps its state.
    start_from_epoch : int, default 0
        Epochs before this one (counted from 0) are not looked at.

    Attributes
    ----------
    best : float or None
        The best value; None before there is one. NaN is never the best.
    best_epoch, stopped_epoch : int
        Where it came from and where training was stopped, counted from 0; 0 if it was not.
    wait : int
        Epochs since the last improvement.
    best_weights : list of ndarray or None
        As `model.get_weights` gave them, where they are to be restored.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range; when training starts, if `monitor`
        cannot be in the logs.

    Notes
    -----
    Each `fit` begins anew. Restored weights are those at the end of the best epoch, also if
    `model.fit` went through all its epochs.

    References
    ----------
    Prechelt (1998), Early Stopping - But When?
    """

    adds_to_logs = ()

    def __init__(
        self,
        monitor: str = "val_loss",
        min_delta: float = 0.0,
        patience: int = 0,
        verbose: int = 0,
        mode: str = "auto",
        baseline: float | None = None,
        restore_best_weights: bool = False,
        start_from_epoch: int = 0,
    ) -> None:
        super().__init__(monitor, mode, min_delta)
        self.patience = checks.integer("patience", patience, 0)
        self.verbose = checks.verbosity(verbose)
        self.baseline = None if baseline is None else checks.number("baseline", baseline)
        self.restore_best_weights = checks.flag("restore_best_weights", restore_best_weights)
        self.start_from_epoch = checks.integer("start_from_epoch", start_from_epoch, 0)
        self._reset()

    def _reset(self) -> None:
        self.best: float | None = None
        self.best_weights: list[Any] | None = None
        self.best_epoch = self.stopped_epoch = self.wait = 0

    def on_train_begin(self, logs: Logs | None = None) -> None:
        self.begin_monitoring()
        self._reset()

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        value = self.value(logs)
        if value is None or epoch < self.start_from_epoch:
            return
        self.wait += 1
        if self.is_better(value, self.best):
            self._keep(epoch, value)
        elif self.wait >= self.patience and epoch > 0:
            self.stopped_epoch = epoch
            self.model.stop_training = True

    def _keep(self, epoch: int, value: float) -> None:
        self.best, self.best_epoch = value, epoch
        if self.restore_best_weights:
            self.best_weights = self.model.get_weights()
        if self.baseline is None or self.is_better(value, self.baseline):
            self.wait = 0

    def on_train_end(self, logs: Logs | None = None) -> None:
        if self.verbose and self.stopped_epoch:
            print(f"Epoch {self.stopped_epoch + 1}: early stopping")
        if self.best_weights is not None:
            self.model.set_weights(self.best_weights)
            if self.verbose:
                print(f"Restored the weights of the best epoch, {self.best_epoch + 1}")
