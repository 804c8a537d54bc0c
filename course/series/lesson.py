"""Where the lessons are, and how one is named when something is wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.datasets import files


class LessonError(Exception):
    """Something is wrong with a notebook; the message names it and, where known, its cell."""


def lessons() -> list[Path]:
    """Return the notebooks of the series, in order.

    Those of the installed package where there are any, else those of the checkout.

    Raises
    ------
    LessonError
        If there is none in either place.
    """
    for folder in files.places("notebooks"):
        if found := sorted(folder.glob("*.ipynb")):
            return found
    raise LessonError("No notebooks found, neither in the package nor in the checkout.")


def cell_name(notebook: Path | str, index: int, cell: dict[str, Any]) -> str:
    """Return ``'11_vanishing_gradients.ipynb, cell 7 (id 3f2a)'``, counting cells from 1."""
    return f"{Path(notebook).name}, cell {index + 1} (id {cell.get('id', 'missing')})"
