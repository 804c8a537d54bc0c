"""The sections of a lesson, how long each takes, and which of them a shorter class visits.

A cell whose Markdown has a line ``## ...`` begins a section. Its metadata say the rest::

    {"course": {"minutes": 5, "routes": {"20": 3, "90": 8}, "notes": "Hands up first."}}

`minutes` is what the section takes in the route of 50 minutes; `routes` says what it takes in
others. The route of 20 leaves out sections that do not name it, the route of 90 takes as long
over them as that of 50. What stands before the first section belongs to every route.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from course.checks import one_of
from course.series import LessonError

ROUTES = (20, 50, 90)
HEADING = re.compile(r"^##? +(.+)$", re.MULTILINE)
SPENT = re.compile(r"\s*\(\d+ ?min(ute)?s?\)\s*$")  # "(5 minutes)" at the end of a heading


class Section(NamedTuple):
    """One section of a lesson.

    Attributes
    ----------
    title : str
        The heading, without its minutes.
    minutes : dict of int to float
        By route: 20, 50, 90; a route that leaves it out is missing.
    notes : list of str
        For the speaker, in the order of the cells.
    cells : list of dict
        Of the notebook.
    """

    title: str
    minutes: dict[int, float]
    notes: list[str]
    cells: list[dict[str, Any]]


def read(path: Path | str) -> dict[str, Any]:
    """Return the notebook at `path`, each source one string, split where sections begin.

    Raises
    ------
    LessonError
        If it is no notebook.
    """
    path = Path(path)
    try:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        cells = [{**cell, "source": "".join(cell["source"])} for cell in notebook["cells"]]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise LessonError(f"{path.name} is no notebook: {error!r}") from error
    return {**notebook, "cells": [part for cell in cells for part in _split(cell)]}


def sections(path: Path | str) -> list[Section]:
    """Return the sections of the lesson at `path`; the first is what stands before all others."""
    return gathered(read(path)["cells"])


def gathered(cells: Iterable[dict[str, Any]]) -> list[Section]:
    """Return the same of the cells of a notebook; one with a heading belongs to what it begins."""
    found: list[Section] = []
    for cell in cells:
        title = heading(cell)
        said = cell["metadata"].get("course", {})
        if title or not found:
            found.append(Section(title, _minutes(said, first=not found), [], []))
        if "notes" in said:
            found[-1].notes.append(said["notes"])
        found[-1].cells.append(cell)
    return found


def route(path: Path | str, minutes: int) -> list[Section]:
    """Return the sections that a class of so many minutes visits.

    Raises
    ------
    ValueError
        If `minutes` is not 20, 50 or 90, or the lesson has no such route.
    """
    return visited(sections(path), minutes)


def visited(found: list[Section], minutes: int) -> list[Section]:
    """Return those sections that a class of so many minutes visits; errors as of `route`."""
    one_of("minutes", minutes, ROUTES)
    if not any(minutes in section.minutes for section in found[1:]):
        title = found[0].title if found else "an empty notebook"
        raise ValueError(f"{title!r} says nothing of a route of {minutes} minutes.")
    return [section for section in found if minutes in section.minutes]


def timetable(path: Path | str) -> str:
    """Return a table of the sections and the minutes they take in each route."""
    there = sections(path)
    width = max(len(section.title) for section in there)
    lines = [f"{'minutes':{width}}" + "".join(f"{r:>6}" for r in ROUTES)]
    for section in there:
        spent = (f"{section.minutes[r]:g}" if r in section.minutes else "–" for r in ROUTES)
        lines.append(f"{section.title:{width}}" + "".join(f"{s:>6}" for s in spent))
    totals = (sum(section.minutes.get(r, 0) for section in there) for r in ROUTES)
    return "\n".join([*lines, f"{'total':{width}}" + "".join(f"{t:>6g}" for t in totals)])


def heading(cell: dict[str, Any]) -> str:
    """Return the heading with which a cell begins a section or the lesson, or ``""``."""
    match = HEADING.search(_without_code("".join(cell["source"])))
    if cell["cell_type"] != "markdown" or match is None:
        return ""
    return SPENT.sub("", match[1]).strip()


def _minutes(said: dict[str, Any], first: bool) -> dict[int, float]:
    """Return the minutes by route; the opening is part of all."""
    minutes = {50: said.get("minutes", 0), 90: said.get("minutes", 0)}
    minutes |= {int(route): spent for route, spent in said.get("routes", {}).items()}
    return {20: said.get("minutes", 0), **minutes} if first else minutes


def _split(cell: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the cell, or what it says before a heading and what from there on."""
    match = HEADING.search(_without_code(cell["source"]))
    before = cell["source"][: match.start()].rstrip() if match else ""
    if cell["cell_type"] != "markdown" or not before:
        return [cell]
    first = {**cell, "source": before, "metadata": {}, "id": f"{cell.get('id', 'cell')}-before"}
    return [first, {**cell, "source": cell["source"][match.start() :]}]


def _without_code(text: str) -> str:
    """Return `text` with the lines of code blocks blanked: a comment there is no heading."""
    return re.sub(r"```.*?```", lambda m: re.sub(r"[^\n]", " ", m[0]), text, flags=re.DOTALL)
