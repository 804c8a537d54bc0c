"""Which cells of a notebook its live parts need, so that a browser need not run the others."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

WIDGET = "application/vnd.jupyter.widget-view+json"


def live_cells(notebook: Path) -> list[int]:
    """Return, counted from 0, the cells that show a widget and those whose names they use.

    Read from the end: what a cell uses and does not define itself is wanted from a cell above.
    """
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    needed, wanted = [], set[str]()
    for index in reversed(range(len(cells))):
        if cells[index]["cell_type"] != "code":
            continue
        defined, used = names("".join(cells[index]["source"]))
        if shows_widget(cells[index]) or defined & wanted:
            needed.append(index)
            wanted = wanted - defined | used - defined
    return needed[::-1]


def names(source: str) -> tuple[set[str], set[str]]:
    """Return the names that `source` defines, and those that it uses."""
    defined, used = set(), set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else defined).add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            defined.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            defined |= {alias.asname or alias.name.split(".")[0] for alias in node.names}
    return defined, used


def shows_widget(cell: dict[str, Any]) -> bool:
    """Whether the cell's stored outputs hold a widget."""
    return any(WIDGET in output.get("data", {}) for output in cell["outputs"])
