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
    report = [f"{notebook.name}"]
    try:
        lesson.open(lab, notebook.name)
        lesson.run_all()
        report += [f"  {len(lesson.screens(folder))} screenfuls"]
        if not options.no_drag:
            report += drag_everything(lesson, folder, not options.no_latency)
    finally:
        page.screenshot(path=str(folder / "last.png"))
        wrong = lesson.errors() + [f"console: {text}" for text in lesson.console]
        report += [f"  ERROR {text}" for text in wrong] or ["  no errors"]
        (folder / "report.txt").write_text("\n".join(report) + "\n", encoding="utf-8")
        print("\n".join(report) + f"\n  pictures in {folder}", flush=True)
        page.close()
    return not wrong


def drag_everything(lesson: LessonPage, folder: Path, measure: bool) -> list[str]:
    """Drag every slider to its ends and its middle; return lines for the report."""
    lesson.show_all_controls()
    sliders = lesson.sliders()
    lines = [f"  {len(sliders)} sliders"]
    for index, slider in enumerate(sliders):
        name = re.sub(r"\W+", "_", slider["label"]).strip("_") or "slider"
        seen = []
        for place, fraction in PLACES.items():
            moved = lesson.move(index, fraction)
            lesson.shoot_live(index, folder / f"slider_{index + 1:02d}_{name}_{place}.png")
            seen.append(f"{moved.value} ({moved.frames} frames)")
        lines.append(f"  {slider['label'] or name}: " + ", ".join(seen))
        if measure:
            lines.append("    " + told(lesson.latency(index)))
    return lines


def told(latency: Latency) -> str:
    """One line: how fast the picture follows."""
    missed = f", {latency.unanswered} key presses without a picture" if latency.unanswered else ""
    return (
        f"key to picture: median {latency.median:.0f} ms, 95% {latency.p95:.0f} ms{missed}; "
        f"dragging: {latency.drag_frames_per_second:.0f} frames/s, "
        f"settled {latency.settled:.1f} s after release"
    )


if __name__ == "__main__":
    sys.exit(main())
