"""The very same lesson as slides: JupyterLab shows them live, sliders and all.

The extension jupyterlab-slideshow reads the types of slides from the cells' metadata, as
nbconvert does. They follow from the lesson's sections, so nobody has to keep them by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from course.presenting.sections import gathered, visited

WIDGET = "application/vnd.jupyter.widget-view+json"


def present(cells: Sequence[dict[str, Any]], minutes: int | None = None) -> None:
    """Make slides of the cells of a lesson: set the type of each in its metadata, fold the code.

    What the author has set for a cell stays.

    Parameters
    ----------
    cells : sequence of dict
        Of a notebook; their metadata are changed.
    minutes : {20, 50, 90}, optional
        Leave out the sections that this route does not visit. They are hidden, not deleted:
        their code runs, so that later cells find what it makes.

    Raises
    ------
    ValueError
        If the lesson has no such route.
    """
    for cell, kind in zip(cells, types(cells, minutes), strict=True):
        metadata = cell["metadata"]
        if kind == "skip" or (kind != "-" and "slideshow" not in metadata):
            metadata["slideshow"] = {"slide_type": kind}
        if cell["cell_type"] == "code":
            metadata["jupyter"] = {**metadata.get("jupyter", {}), "source_hidden": True}


def types(cells: Sequence[dict[str, Any]], minutes: int | None = None) -> list[str]:
    """Return the type of slide of each cell: what JupyterLab is to find in its metadata.

    ``slide`` begins a new one, ``-`` joins the one before, ``fragment`` joins it when asked for,
    as what follows a question does, which may hold the answer; ``skip`` is what the route of so
    many minutes leaves out.
    """
    there = gathered(cells)
    shown = there if minutes is None else visited(there, minutes)
    left_out = [id(cell) for s in there if s not in shown for cell in s.cells]
    pairs = zip([None, *cells], cells, strict=False)
    return ["skip" if id(cell) in left_out else _type(before, cell) for before, cell in pairs]


def _type(before: dict[str, Any] | None, cell: dict[str, Any]) -> str:
    if before is None or _begins(cell) or _fills(before):
        return "slide"
    return "fragment" if _asks(before) else "-"


def _begins(cell: dict[str, Any]) -> bool:
    """Whether a cell begins a slide: text introduces what follows; an explorer needs the room."""
    return cell["cell_type"] == "markdown" or _fills(cell)


def _asks(cell: dict[str, Any]) -> bool:
    """Whether the cell shows a question: a widget without a picture."""
    outputs = (output.get("data", {}) for output in cell.get("outputs", []))
    return any(WIDGET in data and "image/png" not in data for data in outputs)


def _fills(cell: dict[str, Any]) -> bool:
    """Whether the cell shows an explorer, which fills a screen by itself."""
    outputs = (output.get("data", {}) for output in cell.get("outputs", []))
    return any(WIDGET in data and "image/png" in data for data in outputs)
