"""Small notebooks, written for one test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a notebook of code cells, numbered ids, not executed; return its path."""

    def _write(*sources: str, name: str = "lesson.ipynb") -> Path:
        cells = [new_code_cell(source, id=f"c{n}") for n, source in enumerate(sources, start=1)]
        nbformat.write(new_notebook(cells=cells), tmp_path / name)
        return tmp_path / name

    return _write
