"""Copy the lessons into a folder of your own, and open them in JupyterLab.

What you edited is never overwritten, and a lesson that you deleted comes back as it was. The
lesson that opens is the one that you answered in last. Stop with Ctrl-C.
"""

from __future__ import annotations

import argparse
import os

from course.cli import server
from course.cli.deliver import deliver
from course.cli.folder import add_folder, chosen, progress_of
from course.cli.lessons import title, where_stopped


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``course lab``."""
    add_folder(parser)
    add_server(parser)


def add_server(parser: argparse.ArgumentParser) -> None:
    """Let a command take what JupyterLab is started with."""
    parser.add_argument("--no-browser", action="store_true", help="print the address only")
    parser.add_argument(
        "--port",
        type=int,
        default=server.PORT,
        help="the first to try (%(default)s); if it is taken, the next free one is used",
    )


def command(options: argparse.Namespace) -> int:
    """Deliver what is missing, then serve the folder until Ctrl-C."""
    server.need(*server.NEEDED)
    folder = chosen(options.folder)
    changes = deliver(folder, update=False)
    written = sum(change.kind in ("new", "restored") for change in changes)
    newer = [change.name for change in changes if change.kind in ("updated", "beside")]
    answers = progress_of(folder)
    os.environ.setdefault("COURSE_PROGRESS", str(answers))
    lesson = where_stopped(answers)
    print(f"The lessons are in {folder} (files written: {written}).")
    if newer:
        print(f"The course has newer ones of {', '.join(newer)}. To bring them: course update")
    print(f"Opening {title(lesson)}; stop with Ctrl-C.", flush=True)
    server.serve(
        folder,
        f"lab/tree/{lesson}.ipynb",
        browser=not options.no_browser,
        port=options.port,
    )
    return 0
