"""Execute a notebook and store its outputs so that a second time changes nothing.

What would differ between two runs is left out (times, widget state, the Python version)
or named anew in order of appearance (the ids of widgets).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course import atomic
from course.series.kernel import run
from course.series.lesson import LessonError

WIDGET = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python"}
# What a reader may have set on a cell; everything else there was put by a program.
KEPT_IN_CELLS = ("course", "jupyter", "slideshow", "tags")


def execute(path: Path | str) -> bool:
    """Run the notebook at `path` from top to bottom and write it back with its outputs.

    Parameters
    ----------
    path : path of an ``.ipynb`` file

    Returns
    -------
    bool
        Whether the file changed.

    Raises
    ------
    LessonError
        If the file is no notebook or one of its cells fails; the file then stays as it was.
    OSError
        If it cannot be written; it stays as it was, too.
    """
    import nbformat

    path = Path(path)
    before = _read(path)
    notebook = nbformat.from_dict(_prepared(json.loads(before)))
    run(notebook, path)
    notebook.metadata.update(kernelspec=KERNEL, language_info=LANGUAGE)
    _renumber_widgets(notebook)
    after = nbformat.writes(notebook) + "\n"
    if after != before:
        atomic.write(path, after)
    return after != before


def _read(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    try:
        nbformat = json.loads(text)["nbformat"]
    except (ValueError, KeyError, TypeError) as error:
        raise LessonError(f"{path.name} is no notebook: {error!r}") from error
    if nbformat != 4:
        raise LessonError(f"{path.name} has notebook format {nbformat}; save it as format 4.")
    return text


def _prepared(raw: dict[str, Any]) -> dict[str, Any]:
    """Return `raw` without outputs and without what programs left; every cell has an id."""
    cells = []
    for index, cell in enumerate(raw["cells"]):
        source = "".join(cell["source"])
        clean = {
            "cell_type": cell["cell_type"],
            "id": cell.get("id") or _id_from(index, source),
            "metadata": {k: v for k, v in cell["metadata"].items() if k in KEPT_IN_CELLS},
            "source": source,
        }
        if cell["cell_type"] == "code":
            clean |= {"execution_count": None, "outputs": []}
        if "attachments" in cell:
            clean["attachments"] = cell["attachments"]
        cells.append(clean)
    metadata = {k: v for k, v in raw["metadata"].items() if k not in ("widgets", "signature")}
    metadata |= {"kernelspec": KERNEL, "language_info": LANGUAGE}
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _id_from(index: int, source: str) -> str:
    return hashlib.sha256(f"{index}\n{source}".encode()).hexdigest()[:8]


def _renumber_widgets(notebook: Any) -> None:
    """Give the widgets that outputs show the ids 0, 1, ... in order of appearance."""
    bundles = list(_bundles(notebook))
    shown = [b[WIDGET]["model_id"] for b in bundles if WIDGET in b]
    number = {old: f"{n:032x}" for n, old in enumerate(dict.fromkeys(shown))}
    if not number:
        return
    pattern = re.compile("|".join(map(re.escape, number)))
    for bundle in bundles:
        if WIDGET in bundle:
            bundle[WIDGET]["model_id"] = number[bundle[WIDGET]["model_id"]]
        for mime, value in bundle.items():
            if isinstance(value, str):
                bundle[mime] = pattern.sub(lambda match: number[match[0]], value)


def _bundles(notebook: Any) -> Iterator[Any]:
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if "data" in output:
                yield output.data
