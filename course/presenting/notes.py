"""What the speaker has on a second screen or on paper: sections, minutes, notes, presets."""

from __future__ import annotations

from html import escape
from pathlib import Path

from course.presenting.page import markdown, page
from course.presenting.sections import ROUTES, Section, route, sections


def notes(path: Path | str, minutes: int | None = None) -> str:
    """Return the speaker's notes to the lesson at `path`, as a page to print.

    Parameters
    ----------
    path : path
        Of the notebook; notes are in its cells' metadata.
    minutes : {20, 50, 90}, optional
        Only the sections of this route, and when each begins; by default all sections, with a
        table of the three routes.

    Returns
    -------
    str
        HTML that loads nothing.

    Raises
    ------
    LessonError
        If the file is no notebook.
    ValueError
        If the lesson has no such route.
    """
    chosen = sections(path) if minutes is None else route(path, minutes)
    title = f"{chosen[0].title or Path(path).stem}: notes"
    if minutes is not None:
        title += f" for {minutes} minutes"
    table = _routes(chosen) if minutes is None else ""
    body = "\n".join(_section(section, begins) for section, begins in _clock(chosen, minutes or 50))
    return page(title, f"<h1>{escape(title)}</h1>\n{table}\n{body}")


def _clock(chosen: list[Section], minutes: int) -> list[tuple[Section, str]]:
    """Return each section with the minutes from when to when it lasts, where that is known."""
    now, found = 0.0, []
    for section in chosen:
        spent = section.minutes.get(minutes, 0)
        found.append((section, f"{now:g}–{now + spent:g} min" if spent else ""))
        now += spent
    return found


def _section(section: Section, when: str) -> str:
    said = "\n".join(markdown(note) for note in section.notes) or "<p class='small'>no notes</p>"
    return f'<h2>{escape(section.title)} <span class="small">{when}</span></h2>\n{said}'


def _routes(chosen: list[Section]) -> str:
    head = "".join(f"<th>{r} min</th>" for r in ROUTES)
    rows = "".join(
        f"<tr><td>{escape(section.title)}</td>"
        + "".join(f'<td class="number">{section.minutes.get(r, "–")}</td>' for r in ROUTES)
        + "</tr>"
        for section in chosen
    )
    return f"<table><tr><th>section</th>{head}</tr>{rows}</table>"
