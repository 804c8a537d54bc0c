"""A lesson on paper: its text, its still pictures and its numbers in one file of HTML."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from course.exercises import Exercise, Quiz, Vote
from course.exercises.catalogue import tasks
from course.presenting.page import markdown, page
from course.presenting.sections import heading, read
from course.presenting.slides import WIDGET

REVEALED = "No prediction recorded"  # begins a stored line that gives the answer away


def handout(path: Path | str, answers: bool = False) -> str:
    """Return the lesson at `path` as a page for a class, to print or to read offline.

    Parameters
    ----------
    path : path
        Of a notebook that has been executed: pictures and numbers are those that it stores.
    answers : bool
        True adds what is right, and why, to the questions, and a solution to the exercises.

    Returns
    -------
    str
        HTML with pictures and formulas inside it; it loads nothing.

    Raises
    ------
    LessonError
        If the file is no notebook.
    """
    path = Path(path)
    cells = read(path)["cells"]
    parts = [part for cell in cells for part in _cell(cell, answers)]
    if answers:
        parts += ["<h2>Answers</h2>", *map(_answer, tasks(path.stem.partition("_")[0]))]
    title = next(filter(None, map(heading, cells)), path.stem)
    return page(title, "\n".join(filter(None, parts)))


def _cell(cell: dict[str, Any], answers: bool) -> Iterator[str]:
    if cell["cell_type"] == "markdown":
        yield markdown(cell["source"])
    elif cell["cell_type"] == "code":
        yield f"<details><summary>code</summary><pre>{escape(cell['source'])}</pre></details>"
        for output in cell.get("outputs", []):
            yield from _output(output, answers)


def _output(output: dict[str, Any], answers: bool) -> Iterator[str]:
    data = output.get("data", {})
    text = "".join(output.get("text", data.get("text/plain", "")))
    if "image/png" in data:
        png = "".join(data["image/png"]).replace("\n", "")
        alt = output.get("metadata", {}).get("image/png", {}).get("alt", "")
        source = f"data:image/png;base64,{png}"
        yield f'<figure><img alt="{escape(alt)}" src="{source}"></figure>'
        text = text if WIDGET in data else ""  # of a figure it is its size only
    elif WIDGET in data:
        yield f'<div class="card">{_lines(text)}</div>'
        return
    lines = [line for line in text.splitlines() if answers or not line.startswith(REVEALED)]
    if lines:
        yield f'<pre class="numbers">{escape(chr(10).join(lines))}</pre>'


def _lines(text: str) -> str:
    return "<br>".join(map(escape, text.splitlines()))


def _answer(task: Any) -> str:
    if isinstance(task, Quiz):
        rights = [(o, why) for o, (right, why) in task.choices.items() if right]
        said = "<br>".join(f"✓ {escape(o)}. {escape(why)}" for o, why in rights)
        return f'<div class="card">{_lines(task.question)}<br>{said}</div>'
    if isinstance(task, Vote):
        usual = (f"{o}: {s:.0%}" for o, s in zip(task.options, task.expected, strict=True))
        return f'<div class="card">{_lines(task.question)}<br>{"; ".join(map(escape, usual))}</div>'
    if isinstance(task, Exercise):
        return f"<p><code>{escape(task.name)}</code></p><pre>{escape(task.source())}</pre>"
    return ""
