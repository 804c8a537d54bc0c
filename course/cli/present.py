"""Open a lesson in presenter mode: slides with live sliders, large type, code folded.

It is the very same file as in `course lab`; nothing of the presentation is saved into it, nor into
your own settings of JupyterLab, and answers that a class gives are not kept. F8 runs everything,
Shift-Home leads to the first slide, the arrow keys and the space bar go through the slides, Enter
on an explorer's arrow steps through its presets, Shift-Escape ends the slides, Ctrl-C in the
terminal ends it all.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from course import atomic, presenting
from course.cli import server
from course.cli.deliver import deliver
from course.cli.errors import CommandError
from course.cli.folder import add_folder, chosen
from course.cli.lab import add_server
from course.cli.lessons import find, title
from course.series import LessonError

NEEDED = (*server.NEEDED, "jupyterlab_slideshow")
PAPERS = ("handout", "predictions", "notes")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``course present``."""
    parser.add_argument("lesson", metavar="NN", help="its number, or its name")
    add_folder(parser)
    add_server(parser)
    parser.add_argument(
        "--minutes",
        type=int,
        choices=presenting.ROUTES,
        help="leave out what a class of that length skips",
    )
    paper = parser.add_argument_group("instead of slides")
    paper.add_argument("--routes", action="store_true", help="print the minutes of each section")
    paper.add_argument("--notes", metavar="FILE", help="write the speaker's notes, as HTML")
    paper.add_argument("--predictions", metavar="FILE", help="write a sheet to predict on, as HTML")
    paper.add_argument("--handout", metavar="FILE", help="write the lesson on paper, as HTML")
    paper.add_argument("--answers", action="store_true", help="with the answers in the handout")


def command(options: argparse.Namespace) -> int:
    """Write what is wanted on paper; or serve the folder, as long as the presentation lasts."""
    server.need(*NEEDED)
    lesson = find(options.lesson)
    folder = chosen(options.folder)
    deliver(folder, update=False)
    path = folder / f"{lesson}.ipynb"
    try:
        written = _on_paper(path, options)
    except (LessonError, ValueError) as error:
        raise CommandError(str(error)) from error
    if not written:
        print(f"Presenting {title(lesson)} from {folder}; stop with Ctrl-C.", flush=True)
        _present(path, options)
    return 0


def _on_paper(path: Path, options: argparse.Namespace) -> bool:
    """Write what is wanted of the lesson at `path`; return whether anything was."""
    if options.minutes:
        presenting.route(path, options.minutes)  # says so if there is no such route
    made = {
        "handout": lambda: presenting.handout(path, options.answers),
        "predictions": lambda: presenting.predictions(path),
        "notes": lambda: presenting.notes(path, options.minutes),
    }
    wanted = [name for name in PAPERS if getattr(options, name)]
    for name in wanted:
        atomic.write(Path(getattr(options, name)), made[name]())
        print(f"{name}: {getattr(options, name)}")
    if options.routes:
        print(presenting.timetable(path))
    return bool(wanted) or options.routes


def _present(path: Path, options: argparse.Namespace) -> None:
    """Serve the lesson at `path` as slides, with settings that last as long as that."""
    os.environ["COURSE_PROGRESS"] = ""  # in memory only
    os.environ |= presenting.environment()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        settings = presenting.write_settings(Path(scratch, "settings"))
        os.environ["JUPYTERLAB_SETTINGS_DIR"] = str(settings)
        os.environ["JUPYTERLAB_WORKSPACES_DIR"] = str(Path(scratch, "workspaces"))
        server.serve(
            path.parent,
            f"doc/tree/{path.name}",
            browser=not options.no_browser,
            port=options.port,
            more=(
                "--ServerApp.contents_manager_class=course.cli.folded.PresentedNotebooks",
                f"--PresentedNotebooks.minutes={options.minutes or 0}",
            ),
        )
