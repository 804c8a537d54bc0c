"""Handle what the reader does with a widget while a cell runs, not after it."""

from __future__ import annotations

from typing import Any


def answer_beside_cells(widget: Any) -> None:
    """Have messages to `widget`, and to all that it holds, handled in their own thread.

    JupyterLab sends them on a subshell. Newer kernels, however, handle them where
    the widget last sent something itself: made by a cell, it would wait for the cells. That
    is right for a widget that waits for its answer; none of an explorer's does.
    """
    comm = getattr(widget, "comm", None)
    if hasattr(comm, "_reply_subshell_for"):
        comm._reply_subshell_for = lambda data, subshell: subshell
    for child in getattr(widget, "children", ()):
        answer_beside_cells(child)
