"""Look at a lesson as a reader sees it, without opening a browser by hand.

    python tests/browser/shoot.py NOTEBOOK [NOTEBOOK ...] OUTDIR

opens each notebook in a JupyterLab of its own, runs all cells, takes a picture of every
screenful, drags every slider to both ends and the middle with a picture after each, measures
how long the picture takes to follow, and writes all that, with every error seen, to
OUTDIR/<notebook>/ (pictures and report.txt). The notebook itself is not changed.
The exit status is 1 if anything went wrong.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from pathlib import Path

# The tests' own modules, also when this file is run by its path.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from browser.chromium import browser
from lab import Lab, jupyterlab
from lesson_page import Latency, LessonPage

PLACES = {"low": 0.0, "high": 1.0, "middle": 0.5}


def main(arguments: list[str] | None = None) -> int:
    """Look at every notebook named; return 1 if one of them shows an error."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("notebooks", nargs="+", type=Path)
    parser.add_argument("outdir", type=Path)
    parser.add_argument("--size", default="1400x1000", help="of the window (1400x1000)")
    parser.add_argument("--dark", action="store_true", help="for readers with a dark system")
    parser.add_argument("--no-latency", action="store_true", help="pictures only")
    parser.add_argument("--no-drag", action="store_true", help="screenfuls only")
    parser.add_argument("--show", action="store_true", help="with a window, to watch")
    options = parser.parse_args(arguments)
    good = True
    with jupyterlab(*options.notebooks) as lab, browser(headless=not options.show) as chromium:
        for notebook in options.notebooks:
            good &= look(lab, chromium, notebook, options)
    return 0 if good else 1


def look(lab: Lab, chromium: object, notebook: Path, options: argparse.Namespace) -> bool:
    """Take all pictures of one notebook, print and write its report; True if all is well."""
    folder = options.outdir / notebook.stem
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    width, height = map(int, options.size.split("x"))
    page = chromium.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if options.dark else "light",
    )
    lesson = LessonPage(page)
    report, wrong = Report(folder / "report.txt"), []
    report.add(notebook.name)
    try:
        lesson.open(lab, notebook.name)
        start = time.monotonic()
        lesson.run_all()
        report.add(f"  all cells in {time.monotonic() - start:.1f} s")
        report.add(f"  {len(lesson.screens(folder))} screenfuls")
        if not options.no_drag:
            drag_everything(lesson, folder, report, wrong, not options.no_latency)
    finally:
        page.screenshot(path=str(folder / "last.png"))
        wrong += lesson.errors() + [f"console: {text}" for text in lesson.console]
        for text in wrong or ["none"]:
            report.add(f"  errors: {text}")
        print(f"  pictures in {folder}", flush=True)
        page.close()
    return not wrong


class Report:
    """Lines that are printed as they come, and kept in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.write_text("", encoding="utf-8")

    def add(self, line: str) -> None:
        """Print `line` and keep it."""
        print(line, flush=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def drag_everything(
    lesson: LessonPage, folder: Path, report: Report, wrong: list[str], measure: bool
) -> None:
    """Drag every slider to its ends and its middle; what goes wrong joins `wrong`."""
    lesson.show_all_controls()
    sliders = lesson.sliders()
    report.add(f"  {len(sliders)} sliders")
    for index, slider in enumerate(sliders):
        name = re.sub(r"\W+", "_", slider["label"]).strip("_") or "slider"
        seen = []
        for place, fraction in PLACES.items():
            moved = lesson.move(index, fraction)
            lesson.shoot_live(index, folder / f"slider_{index + 1:02d}_{name}_{place}.png")
            seen.append(f"{moved.value} ({moved.frames} frames)")
            if not moved.stayed:
                wrong.append(f"{name} did not stay where it was dragged: {moved}")
        report.add(f"  {slider['label'] or name}: " + ", ".join(seen))
        if measure:
            report.add("    " + told(lesson.latency(index)))


def told(latency: Latency) -> str:
    """One line: how fast the picture follows."""
    missed = f", {latency.unanswered} key presses without a picture" if latency.unanswered else ""
    return (
        f"key to picture: median {latency.median:.0f} ms, 95% {latency.p95:.0f} ms{missed}; "
        f"dragging: {latency.drag_frames_per_second:.0f} frames/s, "
        f"{'settled' if latency.finished else 'still busy'} {latency.settled:.1f} s after release"
    )


if __name__ == "__main__":
    sys.exit(main())
