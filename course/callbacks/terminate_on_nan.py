"""The end of training when the loss is no number any more."""

from __future__ import annotations

from math import isfinite

from course import checks
from course.callbacks.callback import Callback, Logs


class TerminateOnNaN(Callback):
    """Stop after the first batch whose loss is NaN or infinite.

    `fit` itself warns once of such a loss, and goes on.

    Parameters
    ----------
    raise_error : bool, default False
        Whether to raise an error instead of ending the training in good order.

    Raises
    ------
    RuntimeError
        In training, at such a loss, if `raise_error`.
    """

    def __init__(self, raise_error: bool = False) -> None:
        super().__init__()
        self.raise_error = checks.flag("raise_error", raise_error)
        self._epoch = 0

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        self._epoch = epoch

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        loss = (logs or {}).get("loss", 0.0)
        if isfinite(loss):
            return
        what = f"Epoch {self._epoch + 1}, batch {batch + 1}: the loss is {loss}; training ends"
        if self.raise_error:
            raise RuntimeError(what)
        self.model.stop_training = True
        if self.params.get("verbose"):
            print(what)
