"""How soon after a key press on a slider its picture changes, seen from a browser."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.tables import Figure, Table
from course.series import lessons

# The browser is driven by what the tests drive it with.
sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / part) for part in ("", "browser")]

REDRAW, FIRST_PICTURE = 100, 300
"""Milliseconds that a redrawing, and a first picture of a new training, may take."""


def latency(options: Namespace) -> Table:
    """Press arrow keys on every slider of every lesson in JupyterLab, one BLAS thread."""
    rows: dict[str, dict[str, Figure]] = {}
    with driver(lessons()) as (lab, chromium):
        for notebook in lessons():
            context = chromium.new_context(viewport={"width": 1400, "height": 1000})
            rows |= sliders(context.new_page(), lab, notebook)
            context.close()
    slow = [name for name, row in rows.items() if row["95 %"].value > FIRST_PICTURE]
    note = f"slower than {FIRST_PICTURE} ms: {', '.join(slow) or 'none'}"
    return Table("latency", "ms from key to picture", rows, [note])


@contextmanager
def driver(notebooks: list[Path]) -> Iterator[tuple[Any, Any]]:
    """Give a JupyterLab that serves `notebooks`, and a headless browser."""
    from browser.chromium import browser
    from lab import jupyterlab

    with jupyterlab(*notebooks) as lab, browser() as chromium:
        yield lab, chromium


def sliders(page: Any, lab: Any, notebook: Path) -> dict[str, dict[str, Figure]]:
    """Return the median and the 95th percentile for each slider of one lesson."""
    from lesson_page import LessonPage
    from live_cells import live_cells

    lesson, rows = LessonPage(page), {}
    lesson.open(lab, notebook.name)
    lesson.run_cells(live_cells(notebook))
    lesson.show_all_controls()
    for index, slider in enumerate(lesson.sliders()):
        found = lesson.latency(index)
        if found.milliseconds:
            rows[f"{notebook.stem[:2]} {slider['label'] or index}"] = {
                "median": Figure(found.median),
                "95 %": Figure(found.p95),
                "frames/s dragged": Figure(found.drag_frames_per_second),
            }
    return rows
