"""The model in a file, again and again while it trains."""

from __future__ import annotations

import os
from math import nan
from pathlib import Path
from typing import Any

import numpy as np

from course import checks, older
from course.callbacks.callback import Logs
from course.callbacks.checkpoint_path import checked_ending, placeholders
from course.callbacks.folder import check_writable, path_text
from course.callbacks.monitor import Monitor, require_key


class ModelCheckpoint(Monitor):
    """Save the model, or its weights, after each epoch, or after so many batches.

    Parameters
    ----------
    filepath : str or path
        Ends in ``.keras`` (or the older ``.h5``) for a whole model, in ``.weights.h5`` with
        `save_weights_only`. ``{epoch}``, from 1, ``{batch}`` with an integer `save_freq`, and
        the keys of the logs may stand in it, ``'{epoch:02d}-{val_loss:.2f}.keras'``; without
        them every save replaces the one before. Its folder is made if there is none.
    monitor : str, default 'val_loss'
        The key that `save_best_only` looks at.
    verbose : int, default 0
        1 says what was saved and why.
    save_best_only : bool, default False
        Whether to save only where `monitor` is better than ever before. NaN never is.
    save_weights_only : bool, default False
        Whether to save the weights without the architecture.
    mode : {'auto', 'min', 'max'}, default 'auto'
        Which values are better; ``'auto'`` asks the metric.
    save_freq : 'epoch' or int, default 'epoch'
        When to save: after each epoch, or after every so many batches, counted through all
        epochs. In mid-epoch the logs are the means of the epoch so far, and there is no
        validation: `save_best_only` then needs a key without ``val_``.
    initial_value_threshold : float, optional
        `save_best_only` saves only what is better than this.
    period : int, optional
        Older: look and save after every so many epochs.

    Attributes
    ----------
    best : float or None
        The best value saved so far; it goes on through several `fit`, as the file does.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind, out of range, or does not fit the others; when
        training starts, if `monitor` or a placeholder cannot be in the logs.
    OSError
        When training starts, if the folder cannot be made or written.
    """

    adds_to_logs = ()

    def __init__(
        self,
        filepath: str | os.PathLike[str],
        monitor: str = "val_loss",
        verbose: int = 0,
        save_best_only: bool = False,
        save_weights_only: bool = False,
        mode: str = "auto",
        save_freq: str | int = "epoch",
        initial_value_threshold: float | None = None,
        *,
        period: int | None = None,
    ) -> None:
        super().__init__(monitor, mode)
        self.save_best_only = checks.flag("save_best_only", save_best_only)
        self.save_weights_only = checks.flag("save_weights_only", save_weights_only)
        self.filepath = checked_ending(path_text("filepath", filepath), self.save_weights_only)
        self._fields = placeholders(self.filepath)
        self.verbose = checks.verbosity(verbose)
        self.save_freq = save_freq
        if not isinstance(save_freq, str):
            self.save_freq = checks.integer("save_freq", save_freq, 1)
        elif save_freq != "epoch":
            raise ValueError(f"save_freq must be 'epoch' or a number of batches: {save_freq!r}")
        self.period = self._older_period(period)
        self.best = initial_value_threshold
        if self.best is not None:
            self.best = checks.number("initial_value_threshold", self.best)
        self._epoch = self._batches = self._epochs = 0

    def _older_period(self, period: int | None) -> int:
        if period is None:
            return 1
        older.spelled("period=", "save_freq='epoch', or save_freq=a number of batches")
        if self.save_freq != "epoch":
            raise ValueError(f"Give period={period} or save_freq={self.save_freq}, not both.")
        return checks.integer("period", period, 1)

    # -- before training starts ----------------------------------------------------------------

    def on_train_begin(self, logs: Logs | None = None) -> None:
        if self.save_best_only:
            self.begin_monitoring()
            self._require_in_mid_epoch("monitor", self.monitor)
        known = {"epoch"} if self.save_freq == "epoch" else {"epoch", "batch"}
        for field in set(self._fields) - known:
            require_key(self, f"filepath={self.filepath!r} with the placeholder", field)
            self._require_in_mid_epoch("filepath with the placeholder", field)
        check_writable("filepath", self._path_without_placeholders())
        self._batches = self._epochs = 0

    def _require_in_mid_epoch(self, argument: str, key: str) -> None:
        if self.save_freq != "epoch" and key not in self.params.get("metrics", [key]):
            where = "only the end of an epoch adds it"
        elif self.save_freq != "epoch" and key.startswith("val_"):
            where = "it comes from the validation at the end of an epoch"
        else:
            return
        raise ValueError(
            f"{argument}={key!r} is not known after batches, where save_freq={self.save_freq} "
            f"saves: {where}. Use save_freq='epoch', or a key of the training such as 'loss'."
        )

    def _path_without_placeholders(self) -> str:
        path = Path(self.filepath)
        while "{" in str(path.parent):
            path = path.parent
        return str(path)

    def listens_to(self, hook: str) -> bool:
        own = type(self).on_train_batch_end is ModelCheckpoint.on_train_batch_end
        return not own or hook != "on_train_batch_end" or self.save_freq != "epoch"

    # -- in training ---------------------------------------------------------------------------

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        self._epoch = epoch

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        if self.save_freq == "epoch":
            return
        self._batches += 1
        if self._batches % self.save_freq == 0:
            self._save(logs or {}, {"epoch": self._epoch + 1, "batch": batch + 1})

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        if self.save_freq != "epoch":
            return
        self._epochs += 1
        if self._epochs % self.period == 0:
            self._save(logs or {}, {"epoch": epoch + 1})

    def _save(self, logs: Logs, place: dict[str, int]) -> None:
        why = self._reason(logs)
        if why is None:
            return
        path = self._path({**logs, **place})
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        if self.save_weights_only:
            self.model.save_weights(path)
        else:
            self.model.save(path)
        if self.save_best_only:
            self.best = self.value(logs)
        self._say(f"{why}saved in {path}")

    def _reason(self, logs: Logs) -> str | None:
        """Return why to save, ``''`` for no reason in particular; None if there is none."""
        if not self.save_best_only:
            return ""
        value, best = self.value(logs), self.best
        if value is None:
            return None
        old = "" if best is None else f" from {best:.5f}"
        if not self.is_better(value, best):
            self._say(f"{self.monitor} did not improve{old}")
            return None
        return f"{self.monitor} improved{old} to {value:.5f}, "

    def _path(self, values: dict[str, Any]) -> str:
        absent = set(self._fields) - set(values)
        if absent - set(self.params.get("metrics", ())):
            raise ValueError(
                f"filepath={self.filepath!r} has the placeholders {sorted(absent)}, which are not "
                f"in the logs. They have the keys {', '.join(map(repr, values))}."
            )
        # Without validation in this epoch, as `validation_freq` has it.
        values = values | dict.fromkeys(absent, nan)
        try:
            return self.filepath.format(**values)
        except TypeError as error:
            arrays = [field for field in self._fields if np.ndim(values[field])]
            raise TypeError(
                f"filepath={self.filepath!r} cannot be filled in: {', '.join(arrays)} is an array, "
                "such as a score for each class. Name a metric that is one number."
            ) from error

    def _say(self, what: str) -> None:
        if self.verbose:
            print(f"Epoch {self._epoch + 1}: {what}")
