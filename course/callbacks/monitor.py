"""The base of callbacks that compare one key of the logs from epoch to epoch."""

from __future__ import annotations

from math import isnan
from numbers import Real
from typing import Any

import numpy as np

from course import checks
from course.callbacks.callback import Callback, Logs
from course.lookup import nearest
from course.metrics import TABLE, direction_of

_BY_ENDING = {name: metric.direction for name, metric in TABLE.items()} | {
    "acc": "max",
    "loss": "min",
    "error": "min",
}


class Monitor(Callback):
    """Base class: watches one key of the logs and knows which values are better.

    A value v is better than the best so far, b, if ``v < b − |min_delta|`` where less is better
    and ``v > b + |min_delta|`` where more is. NaN is never better.

    Parameters
    ----------
    monitor : str, default 'val_loss'
        A key of the logs. One that cannot come is refused before training starts; one that
        another callback might add, after the first epoch.
    mode : {'auto', 'min', 'max'}, default 'auto'
        Which values are better. ``'auto'`` asks the metric: losses and errors are minimised;
        accuracies, ``val_f1_score``, ``val_r2_score``, ``val_auc`` are maximised.
    min_delta : float, default 0
        The least change that counts; its sign does not matter.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.
    """

    adds_to_logs = ()

    def __init__(
        self, monitor: str = "val_loss", mode: str = "auto", min_delta: float = 0.0
    ) -> None:
        super().__init__()
        if not isinstance(monitor, str):
            raise TypeError(f"monitor must be a key of the logs, 'val_loss', got {monitor!r}.")
        self.monitor = monitor
        self.mode = checks.one_of("mode", mode, ("auto", "min", "max"))
        self.min_delta = abs(checks.number("min_delta", min_delta))

    def on_train_begin(self, logs: Logs | None = None) -> None:
        self.begin_monitoring()

    def begin_monitoring(self) -> None:
        """Find out which values are better, and refuse a key that cannot come.

        Raises
        ------
        ValueError
            If it cannot, or nothing says which values are better.
        """
        require_key(self, "monitor", self.monitor)
        self._less_is_better = self._direction() == "min"
        self._seen = False

    def _direction(self) -> str:
        if self.mode != "auto":
            return self.mode
        objective = getattr(self.model, "objective", None)
        logged = {} if objective is None else objective.all_metrics()
        if self.monitor.removeprefix("val_") in logged:
            return direction_of(self.monitor, logged)
        # A loss, or a key that another callback adds: its name has to tell.
        endings = [name for name in _BY_ENDING if f"_{self.monitor}".endswith(f"_{name}")]
        direction = _BY_ENDING[max(endings, key=len)] if endings else None
        if direction is None:
            raise ValueError(
                f"Whether monitor={self.monitor!r} is better when larger or smaller is not "
                "known. Give mode='max' or mode='min'."
            )
        return direction

    def value(self, logs: Logs | None) -> float | None:
        """Return the monitored value; None in an epoch without, as `validation_freq` makes them.

        Raises
        ------
        ValueError
            If after the first epoch nobody has added it.
        TypeError
            If it is no number.
        """
        logs = logs or {}
        if self.monitor in logs:
            self._seen = True
            return _number(self.monitor, logs[self.monitor])
        if not self._seen and self.monitor not in self.params.get("metrics", ()):
            raise ValueError(
                f"monitor={self.monitor!r} is not in the logs.{nearest(self.monitor, list(logs))} "
                f"They have the keys {_listed(logs)}. A callback that adds it has to come before "
                f"{type(self).__name__} in the list."
            )
        return None

    def is_better(self, value: float, best: float | None) -> bool:
        """Return whether `value` is better than `best`; any number is better than None."""
        if isnan(value):
            return False
        if best is None:
            return True
        return (
            value + self.min_delta < best
            if self._less_is_better
            else (value - self.min_delta > best)
        )


def require_key(callback: Callback, argument: str, key: str) -> None:
    """Refuse a `key`, named in `argument`, that cannot be in the logs of the training.

    Raises
    ------
    ValueError
        The keys there will be are named.
    """
    known, added = callback.params.get("metrics"), callback.params.get("added_metrics")
    if known is None or key in known or key in (added or []):
        return
    known = [*known, *(added or [])]
    if key.removeprefix("val_") in known:
        raise ValueError(
            f"{argument}={key!r} needs validation: give fit a validation_split or "
            f"validation_data. The logs will have the keys {_listed(known)}."
        )
    if added is not None:
        raise ValueError(
            f"{argument}={key!r} will not be in the logs.{nearest(key, known)} "
            f"They will have the keys {_listed(known)}."
        )


def _number(key: str, value: Any) -> float:
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"The monitored {key!r} must be a number, got {value!r}.")
    return float(value)


def _listed(keys: Any) -> str:
    return ", ".join(map(repr, keys))
