"""The record that `fit` returns."""

from __future__ import annotations

import time
from typing import Any

from course.callbacks.callback import Callback, Logs


class History(Callback):
    """What happened in each epoch.

    Attributes
    ----------
    history : dict of str to list of float
        One number for each epoch: ``'loss'``, the metrics, and both with ``'val_'`` where there
        was validation. Penalties on weights and activities are part of the losses.
    epoch : list of int
        The numbers of the epochs, from 0.
    data_loss, val_data_loss : list of float
        The losses without the penalties.
    seconds : list of float
        How long each epoch took; apart from `history`, which repeats bit for bit.
    """

    adds_to_logs = ()

    def __init__(self) -> None:
        super().__init__()
        self.history: dict[str, list[float]] = {}
        self.epoch: list[int] = []
        self.data_loss: list[float] = []
        self.val_data_loss: list[float] = []
        self.seconds: list[float] = []

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        self._begin = time.perf_counter()

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        self.seconds.append(time.perf_counter() - self._begin)
        self.epoch.append(epoch)
        for key, value in (logs or {}).items():
            self.history.setdefault(key, []).append(value)

    def to_frame(self) -> Any:
        """Return the history as a pandas DataFrame, a row for each epoch.

        Raises
        ------
        ModuleNotFoundError
            If pandas is not installed; it is in the extra ``notebooks``.
        """
        import pandas as pd

        return pd.DataFrame(self.history, index=pd.Index(self.epoch, name="epoch"))

    def __repr__(self) -> str:
        return f"History(epochs={len(self.epoch)}, keys={list(self.history)})"
