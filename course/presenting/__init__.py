"""What an instructor has besides the lesson: slides, routes, notes, a sheet, a handout.

Everything is made from the lesson itself: sections from its headings, minutes, routes and notes
from its cells' metadata, pictures and numbers from its stored outputs. Start in `sections`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from course.presenting.jupyterlab import environment, settings, write_settings
from course.presenting.sections import ROUTES, Section, route, sections, timetable
from course.presenting.slides import present, types

__all__ = [
    "ROUTES",
    "Section",
    "environment",
    "handout",
    "notes",
    "predictions",
    "present",
    "route",
    "sections",
    "settings",
    "timetable",
    "types",
    "write_settings",
]

# Pages need the exercises and Matplotlib; who only starts the slides does not wait for them.
_PAGES = {"handout": "handout", "notes": "notes", "predictions": "sheet"}


def __getattr__(name: str) -> Any:
    """Load what makes a page when it is first asked for."""
    if name not in _PAGES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    page = getattr(import_module(f"{__name__}.{_PAGES[name]}"), name)
    globals()[name] = page  # in the place of the module of that name
    return page
