"""Refuse stored outputs that another machine, or another day, could not repeat.

The guard reads files only; it runs nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.series.lesson import cell_name

MAX_BYTES = 400_000
READABLE = ("text/plain", "text/html", "text/markdown", "text/latex")

_FOLDERS = "home|Users|root|tmp|var|opt|usr|mnt|srv|work|workspace|private|content"
PATH = re.compile(rf"(?<![\w.:/<])/(?:{_FOLDERS})/\S+|\b[A-Za-z]:\\\w\S*")
UNREPEATABLE = {
    "an absolute path": PATH,
    "a time of day": re.compile(r"\b\d{1,2}:\d\d:\d\d\b"),
    "a date": re.compile(r"\b20\d\d-\d\d-\d\d\b"),
    "a measured time": re.compile(
        r"\b\d+\.\d+ ?(?:ns|µs|us|ms|s|secs?|seconds?|min|minutes?)(?![\w/²])"
        r"|\b\d+ ?(?:ns|µs|us|ms)\b|Wall time"
    ),
    "a rate": re.compile(r"\d(?:it|epochs?|steps?|batch(?:es)?)/s\b|\ds/(?:it|epoch|step)\b"),
    "a memory address": re.compile(r"\b0x[0-9a-fA-F]{6,}\b"),
}


def guard(path: Path | str) -> list[str]:
    """Return what is wrong with the notebook file at `path`; nothing wrong is ``[]``.

    Refused are: cells not executed from top to bottom, stored errors (but for the tag
    ``raises-exception``), warnings, absolute paths, times and rates, memory addresses,
    missing or double cell ids, stored widget state, files above 400 KB.
    """
    path = Path(path)
    data = path.read_bytes()
    try:
        notebook = json.loads(data)
        cells = notebook["cells"]
    except (ValueError, KeyError, TypeError) as error:
        return [f"{path.name} is no notebook: {error!r}"]
    found = list(_whole_file(path, notebook, len(data)))
    position = 0
    for index, cell in enumerate(cells):
        complaints = list(_sources(cell))
        if cell["cell_type"] == "code" and "".join(cell["source"]).strip():
            position += 1
            complaints += _execution(cell, position)
            complaints += _outputs(cell)
        found += [f"{cell_name(path, index, cell)}: {complaint}" for complaint in complaints]
    return found


def _whole_file(path: Path, notebook: dict[str, Any], size: int) -> Iterator[str]:
    name, ids = path.name, [cell.get("id") for cell in notebook["cells"]]
    if size > MAX_BYTES:
        yield f"{name} has {size:,} bytes, more than {MAX_BYTES:,}: store smaller pictures."
    if None in ids:
        yield f"{name}, cell {ids.index(None) + 1}: has no id."
    for twice in sorted({i for i in ids if i is not None and ids.count(i) > 1}):
        yield f"{name}: the id {twice!r} belongs to more than one cell."
    if "widgets" in notebook["metadata"]:
        yield f"{name} stores the state of widgets."
    if "version" in notebook["metadata"].get("language_info", {}):
        yield f"{name} names a Python version."


def _sources(cell: dict[str, Any]) -> Iterator[str]:
    if match := PATH.search("".join(cell["source"])):
        yield f"its source has an absolute path: {match[0]!r}"


def _execution(cell: dict[str, Any], position: int) -> Iterator[str]:
    if cell["execution_count"] is None:
        yield "is not executed."
    elif cell["execution_count"] != position:
        yield f"was executed as number {cell['execution_count']}, not {position}."
    if "execution" in cell["metadata"]:
        yield "stores when it was executed."


def _outputs(cell: dict[str, Any]) -> Iterator[str]:
    excused = "raises-exception" in cell["metadata"].get("tags", [])
    for output in cell["outputs"]:
        if output["output_type"] == "error" and not excused:
            yield f"stores an error: {output['ename']}: {output['evalue']}"
        if output.get("name") == "stderr":
            yield f"stores a warning: {''.join(output['text']).strip()[:120]!r}"
        for text in _texts(output):
            for what, pattern in UNREPEATABLE.items():
                if match := pattern.search(text):
                    yield f"its output has {what}: {match[0]!r}"


def _texts(output: dict[str, Any]) -> Iterator[str]:
    """The parts of an output that a reader reads, without embedded pictures and tags."""
    yield "".join(output.get("text", ""))
    for mime in READABLE:
        text = "".join(output.get("data", {}).get(mime, ""))
        yield re.sub(r"<[^>]*>", " ", text) if mime == "text/html" else text
