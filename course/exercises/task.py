"""What predictions, quizzes, exercises and votes have in common: a key, and a line in the table."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
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
    fields : dict of str to function
        Says of each thing that is kept whether it can be: a file may be spoilt, or made up.

    Raises
    ------
    ValueError
        If what is kept is no outcome of this task; the file is named.
    """

    kind = "task"
    fields: Mapping[str, Callable[[Any], bool]] = {}

    def __init__(self, key: str = "", progress: Progress | None = None) -> None:
        self.key = key
        self._progress = progress or Progress()
        self.kept: dict[str, Any] = self.recalled(self._progress) or {}

    def recalled(self, progress: Progress) -> dict[str, Any] | None:
        """Return what is kept of this task, None where nothing is.

        Raises
        ------
        ValueError
            If it is no outcome of this task; the file is named.
        """
        kept = progress.recall(self.key) if self.key else None
        if kept is None:
            return None
        wrong = (
            [name for name in kept.keys() & self.fields if not self.fields[name](kept[name])]
            if isinstance(kept, dict)
            else [type(kept).__name__]
        )
        if wrong:
            raise ValueError(
                f"The answer kept {progress.place(self.key)} is no outcome of this {self.kind} "
                f"({', '.join(wrong)}); delete the file."
            )
        return kept

    def keep(self, **outcome: Any) -> None:
        """Keep the outcome, with what was kept before under other names."""
        kept = {**self.kept, **outcome}
        if self.key:
            self._progress.record(self.key, kept)
        self.kept = kept

    @abstractmethod
    def outcome(self, kept: dict[str, Any]) -> str:
        """Return what the table says of an outcome: ``✓ correct``, ``predicted: ...``."""
