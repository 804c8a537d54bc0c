"""Execute a notebook, then move every control of every explorer it made.

A fault at a slider value that the notebook does not start at is invisible to a tool that
executes cells; here it is found. The file is not changed.
"""

from __future__ import annotations

from pathlib import Path

from course.series.kernel import run

DRIVE_SECONDS = 240  # for all moves together; a cell of the lesson has what kernel.py says
DRIVE = """\
from course.explorers.base import Explorer
from course.series.drive import drive
print(drive(Explorer.instances()))
"""


def sweep(path: Path | str) -> str:
    """Run the notebook at `path` with one more cell, which drives all its explorers.

    Returns
    -------
    str
        What the drive says: explorers, moves, the slowest move.

    Raises
    ------
    LessonError
        If a cell fails, or a move; each move that failed is listed.
    """
    import nbformat

    path = Path(path)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(DRIVE, id="drive"))
    run(notebook, path, DRIVE_SECONDS)
    return "".join(output.text for output in notebook.cells[-1].outputs).strip()
