"""Callbacks: what looks on while a model trains, and may end it."""

from __future__ import annotations

from course.callbacks.callback import Callback
from course.callbacks.callback_list import CallbackList, as_callbacks
from course.callbacks.history import History
from course.callbacks.progbar_logger import ProgbarLogger

__all__ = ["Callback", "CallbackList", "History", "ProgbarLogger", "as_callbacks"]
