"""All there is to do in the lessons, and how far a student has come with it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple

from course import exercises
from course.exercises.progress import Progress
from course.exercises.task import Task


class Row(NamedTuple):
    """One line of the table: lesson, kind, what it is about, how it stands."""

    lesson: str
    kind: str
    task: str
    status: str


def tasks(lesson: str | None = None) -> list[Task]:
    """Return the tasks that have a key, in the order of lessons and of their modules.

    Parameters
    ----------
    lesson : str, optional
        Number of one lesson, ``'11'``; by default all of them.
    """
    found = {task.key: task for module in _modules() for task in _tasks(vars(module).values())}
    chosen = [t for t in found.values() if lesson in (None, t.key.partition(".")[0])]
    return sorted(chosen, key=lambda task: task.key.partition(".")[0])


def rows(progress: Progress | None = None, lesson: str | None = None) -> list[Row]:
    """Return how each task stands, those that were not attempted too.

    Parameters
    ----------
    progress : Progress, optional
        What was kept; by default where lessons keep it.
    lesson : str, optional
        Number of one lesson.
    """
    progress = progress or Progress()
    lines = []
    for task in tasks(lesson):
        number, _, name = task.key.partition(".")
        kept = task.recalled(progress)
        status = "not attempted yet" if kept is None else task.outcome(kept)
        lines.append(Row(number, task.kind, name, status))
    return lines


def table(progress: Progress | None = None, lesson: str | None = None) -> str:
    """Return the same as a text, with how many were attempted."""
    lines = rows(progress, lesson)
    widths = [max([len(line[k]) for line in (Row._fields, *lines)]) for k in range(3)]
    text = [_line(line, widths) for line in (Row._fields, *lines)]
    done = sum(line.status != "not attempted yet" for line in lines)
    return "\n".join([*text, f"{done} of {len(lines)} attempted"])


def _line(line: tuple[str, ...], widths: list[int]) -> str:
    cells = [text.ljust(width) for text, width in zip(line, widths, strict=False)]
    return "  ".join([*cells, line[3]])


def _modules() -> Iterator[Any]:
    for module in iter_modules(exercises.__path__):
        yield import_module(f"course.exercises.{module.name}")


def _tasks(values: Any) -> Iterator[Task]:
    """Find tasks among `values`, and in the tuples and lists there."""
    for value in values:
        if isinstance(value, Task) and value.key:
            yield value
        elif isinstance(value, tuple | list):
            yield from _tasks(value)
