"""Find a lesson by its number or its name, and the one where a student stopped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from course.cli.errors import CommandError
from course.lookup import nearest
from course.series import lessons


def names() -> list[str]:
    """Return the names of all lessons, ``'11_vanishing_gradients'``, in order."""
    return [path.stem for path in lessons()]


def title(name: str) -> str:
    """Return ``'11 vanishing gradients'``."""
    return name.replace("_", " ")


def find(wanted: str) -> str:
    """Return the name of the lesson that is called by its number, its name or its file.

    Raises
    ------
    CommandError
        If there is none; the nearest one is named.
    """
    known = names()
    called = wanted.removesuffix(".ipynb").lower().replace(" ", "_")
    for name in known:
        number, _, rest = name.partition("_")
        if called in (name, rest) or (called.isdecimal() and int(called) == int(number)):
            return name
    listed = "; ".join(map(title, known))
    raise CommandError(f"There is no lesson {wanted}.{_nearest(called, known)} There are: {listed}")


def where_stopped(progress: Path) -> str:
    """Return the lesson to which the newest answer belongs, or the first one."""
    known = names()
    answers = sorted(progress.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for answer in answers:
        for name in known:
            if name.startswith(answer.name.partition(".")[0] + "_"):
                return name
    return known[0]


def _nearest(called: str, known: Sequence[str]) -> str:
    if called.isdecimal():
        near = min(known, key=lambda name: abs(int(name.partition("_")[0]) - int(called)))
        return f" The nearest is {title(near)}."
    return nearest(called, [name.partition("_")[2] for name in known])
