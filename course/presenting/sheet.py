"""The prediction sheet: on paper, before the result is shown, every student commits."""

from __future__ import annotations

from html import escape
from pathlib import Path

from course.exercises import Prediction, Vote
from course.exercises.catalogue import tasks
from course.presenting.page import page
from course.presenting.sections import sections


def predictions(path: Path | str) -> str:
    """Return the predictions and votes of the lesson at `path`, with boxes, on one page.

    Returns
    -------
    str
        HTML that loads nothing.

    Raises
    ------
    LessonError
        If the file is no notebook.
    ValueError
        If the lesson has neither predictions nor votes.
    """
    path = Path(path)
    title = f"{sections(path)[0].title or path.stem}: what do you expect?"
    asked = _asked(path.stem.partition("_")[0])
    if not asked:
        raise ValueError(f"{path.name} has no predictions and no votes under keys of its number.")
    cards = "\n".join(_card(number, task) for number, task in enumerate(asked, 1))
    rule = "<p>Decide and say why before you see the result. Nobody collects this.</p>"
    return page(title, f"<h1>{escape(title)}</h1>\n{rule}\n{cards}")


def _asked(lesson: str) -> list[Prediction | Vote]:
    """Return predictions and votes, but no vote on what is predicted anyway."""
    asked = [task for task in tasks(lesson) if isinstance(task, Prediction | Vote)]
    predicted = [task.choices for task in asked if isinstance(task, Prediction)]
    return [t for t in asked if isinstance(t, Prediction) or t.options not in predicted]


def _card(number: int, task: Prediction | Vote) -> str:
    lines = [f"<b>{number}. {escape(task.question)}</b>"]
    options = task.options if isinstance(task, Vote) else task.choices
    lines += [f'<span class="box"></span>{escape(option)}' for option in options or ()]
    if isinstance(task, Prediction):
        if options is None:
            lines.append(f'<span class="small">your number</span> ________ {escape(task.unit)}')
        lines.append('<span class="small">because</span><div class="line"></div>')
    return f'<div class="card">{"<br>".join(lines)}</div>'
