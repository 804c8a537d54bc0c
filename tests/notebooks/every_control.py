"""A plugin for the run of nbval: after the last cell of a lesson, every control is moved.

    python -m pytest --nbval -p tests.notebooks.every_control notebooks

The lesson is executed anyway; moving its explorers in the same kernel saves doing it twice.
"""

from __future__ import annotations

from collections import defaultdict

import nbformat
import pytest
from nbval.plugin import IPyNbCell, IPyNbFile

from course.series.sweep import DRIVE

SOME = "\nassert Explorer.instances(), 'the lesson has no explorer'"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put one more cell after those of each notebook; what it prints is not compared."""
    last = {item.parent: item for item in items if isinstance(item, IPyNbCell)}
    for lesson, cell in last.items():
        items.insert(items.index(cell) + 1, _drive(lesson, cell.cell_num + 1))


def _drive(lesson: IPyNbFile, number: int) -> IPyNbCell:
    return IPyNbCell.from_parent(
        lesson,
        name="every control",
        cell_num=number,
        cell=nbformat.v4.new_code_cell(DRIVE + SOME),
        options=defaultdict(bool),  # nothing is checked but that it runs
    )
