"""Run the cells of one notebook in a kernel of its own."""

from __future__ import annotations

import asyncio
import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from course.series.lesson import LessonError, cell_name

CELL_SECONDS = 60
# What a reader may have set: stored outputs are those of a desk and of nobody.
PERSONAL = ("COURSE_PROGRESS", "COURSE_PROJECTOR")
COLOURS = re.compile(r"\x1b\[[0-9;]*m")  # of a terminal, in tracebacks


def run(notebook: Any, path: Path, seconds: float = CELL_SECONDS) -> Any:
    """Execute every cell of `notebook`, in place, as if it lay at `path`, and return it.

    Neither times nor the state of widgets are stored, and the pieces of one printed
    text, which arrive in any number, are put together.

    Raises
    ------
    LessonError
        If a cell raises (and has no tag ``raises-exception``), takes more than
        `seconds`, or ends the kernel.
    """
    from nbclient import NotebookClient
    from nbclient.exceptions import CellControlSignal, DeadKernelError

    started = 0

    def note(cell: Any, cell_index: int) -> None:
        nonlocal started
        started = cell_index

    client = NotebookClient(
        notebook,
        timeout=seconds,
        kernel_name="python3",
        record_timing=False,
        store_widget_state=False,
        coalesce_streams=True,
        extra_arguments=[
            "--log-level=ERROR"
        ],  # a warning about TCP at every start says nothing new
        on_cell_execute=note,
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        with ThreadPoolExecutor(1) as thread:  # the caller may be inside an event loop already
            return thread.submit(_execute, client).result()
    except (CellControlSignal, DeadKernelError) as error:
        name = cell_name(path, started, notebook.cells[started])
        raise LessonError(f"{name}:\n{COLOURS.sub('', str(error))}") from error


def _execute(client: Any) -> Any:
    """Run all cells in a loop that is closed in the end; ZeroMQ needs this kind on Windows."""
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        return runner.run(client.async_execute(env=environment()))


def environment() -> dict[str, str]:
    """Return the variables of a kernel that executes a lesson for the series."""
    return {**os.environ, **dict.fromkeys(PERSONAL, "")}
