"""What predictions, quizzes, exercises and votes have in common: a key, and a line in the table."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from course.exercises.display import Shown
from course.exercises.progress import Progress


class Task(Shown):
    """Something to do in a lesson, whose outcome is kept.

    Parameters
    ----------
    key : str
        Under which the outcome is kept, the lesson's number first: ``11.depth``. Under an
        empty one nothing is kept.
    progress : Progress, optional
        Where it is kept; by default a new one.

    Attributes
    ----------
    kind : str
        What it is called in the table.
    """

    kind = "task"

    def __init__(self, key: str = "", progress: Progress | None = None) -> None:
        self.key = key
        self._progress = progress or Progress()
        self.kept: dict[str, Any] = (self._progress.recall(key) if key else None) or {}

    def keep(self, **outcome: Any) -> None:
        """Keep the outcome, with what was kept before under other names."""
        kept = {**self.kept, **outcome}
        if self.key:
            self._progress.record(self.key, kept)
        self.kept = kept

    @abstractmethod
    def outcome(self, kept: dict[str, Any]) -> str:
        """Return what the table says of an outcome: ``✓ correct``, ``predicted: ...``."""
