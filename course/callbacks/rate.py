"""What callbacks that set the learning rate share."""

from __future__ import annotations

from typing import Any

from course.callbacks.callback import Callback, Logs


def refuse_schedule(callback: Callback) -> None:
    """Refuse to set the rate of an optimizer that has a schedule: it has one master.

    Raises
    ------
    ValueError
        If there is a schedule.
    """
    optimizer: Any = callback.model.optimizer
    schedule = getattr(optimizer, "schedule", None)
    if schedule is not None:
        raise ValueError(
            f"{type(callback).__name__} sets the learning rate, but that of the optimizer is a "
            f"schedule, {type(schedule).__name__}. Leave one of them out: for the callback, "
            f"compile with a number, such as {type(optimizer).__name__}(learning_rate=0.01)."
        )


def log_rate(callback: Callback, logs: Logs) -> None:
    """Log the rate with which an epoch was trained.

    A callback that has logged it already may have set another one since.
    """
    logs.setdefault("learning_rate", float(callback.model.optimizer.learning_rate))
