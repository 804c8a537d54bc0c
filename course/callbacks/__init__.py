"""Callbacks: what looks on while a model trains, and may end it.

`LivePlot`, which draws the curves while a model trains, needs Matplotlib and lives with the
other pictures: ``from course.explorers import LivePlot``.
"""

from __future__ import annotations

from typing import NoReturn

from course.callbacks.callback import Callback
from course.callbacks.callback_list import CallbackList, as_callbacks
from course.callbacks.csv_logger import CSVLogger
from course.callbacks.early_stopping import EarlyStopping
from course.callbacks.gradient_monitor import GradientMonitor
from course.callbacks.history import History
from course.callbacks.lambda_callback import LambdaCallback
from course.callbacks.learning_rate_scheduler import LearningRateScheduler
from course.callbacks.model_checkpoint import ModelCheckpoint
from course.callbacks.monitor import Monitor
from course.callbacks.progbar_logger import ProgbarLogger
from course.callbacks.reduce_lr_on_plateau import ReduceLROnPlateau
from course.callbacks.terminate_on_nan import TerminateOnNaN
from course.callbacks.time_budget import TimeBudget
from course.callbacks.weight_history import WeightHistory

__all__ = [
    "CSVLogger",
    "Callback",
    "CallbackList",
    "EarlyStopping",
    "GradientMonitor",
    "History",
    "LambdaCallback",
    "LearningRateScheduler",
    "ModelCheckpoint",
    "Monitor",
    "ProgbarLogger",
    "ReduceLROnPlateau",
    "TerminateOnNaN",
    "TimeBudget",
    "WeightHistory",
    "as_callbacks",
]


def __getattr__(name: str) -> NoReturn:
    if name == "LivePlot":
        raise AttributeError("LivePlot draws, so it is here: from course.explorers import LivePlot")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
