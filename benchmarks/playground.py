"""How fast the playground plays in a browser, and whether the page stays responsive meanwhile."""

from __future__ import annotations

import re
import tempfile
from argparse import Namespace
from pathlib import Path
from typing import Any

from benchmarks.latency import driver
from benchmarks.tables import Figure, Table

SECONDS = 10
CELL = """\
from course.explorers.playground import Playground
playground = Playground(layers=2, units=8, n=500, batch_size=10)
playground.widget()
"""
# The longest time between two moments at which the page could have answered.
WATCH = """() => {
  lesson.watch(0);
  let last = performance.now();
  lesson.longest = 0;
  const tick = (now) => {
    lesson.longest = Math.max(lesson.longest, now - last);
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}"""


def playground(options: Namespace) -> Table:
    """Play 2-8-8-1 on 500 points at batch 10 in JupyterLab, and count epochs and pictures."""
    import nbformat
    from nbformat.v4 import new_code_cell, new_notebook

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        path = Path(scratch, "playground.ipynb")
        kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
        cells = [new_code_cell(CELL), new_code_cell("print(playground.numbers()['epoch'])")]
        nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)
        with driver([path]) as (lab, chromium):
            epochs, frames, gap = played(chromium.new_page(), lab, path.name)
    row = {
        "epochs/s": Figure(epochs / SECONDS),
        "pictures/s": Figure(frames / SECONDS),
        "epochs a picture": Figure(epochs / max(frames, 1)),
        "longest gap of the page, ms": Figure(gap),
    }
    return Table("playground", f"{SECONDS} s of play", {"2-8-8-1, batch 10": row})


def played(page: Any, lab: Any, name: str) -> tuple[float, int, float]:
    """Return the epochs and the pictures of so many seconds, and the longest gap in ms."""
    from lesson_page import LessonPage

    lesson = LessonPage(page)
    lesson.open(lab, name)
    lesson.run_cells([0])
    page.evaluate(WATCH)
    page.evaluate("() => lesson.press('play')")
    page.wait_for_timeout(SECONDS * 1000)
    frames, gap = page.evaluate("() => [lesson.frames.length, lesson.longest]")
    page.evaluate("() => lesson.press('pause')")
    lesson.run_cells([1])
    shown = page.locator(".jp-OutputArea-output pre").last.inner_text()
    return float(re.search(r"[\d.]+", shown)[0]), frames, gap
