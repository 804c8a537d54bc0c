"""Open a lesson in presenter mode: slides with live sliders, large type, code folded.

It is the very same file as in `course lab`; nothing of the presentation is saved into it, nor into
your own settings of JupyterLab, and answers that a class gives are not kept. The arrow keys and the
space bar go through the slides, Shift-Escape ends them, Ctrl-C in the terminal ends it all.
"""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from course.cli import server
from course.cli.deliver import deliver
from course.cli.folder import add_folder, chosen
from course.cli.lab import add_server
from course.cli.lessons import find, title

NEEDED = (*server.NEEDED, "jupyterlab_slideshow")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``course present``."""
    parser.add_argument("lesson", metavar="NN", help="its number, or its name")
    add_folder(parser)
    add_server(parser)


def command(options: argparse.Namespace) -> int:
    """Serve the folder with settings that last as long as the presentation."""
    server.need(*NEEDED)
    lesson = find(options.lesson)
    folder = chosen(options.folder)
    deliver(folder, update=False)
    os.environ["COURSE_PROGRESS"] = ""  # in memory only
    print(f"Presenting {title(lesson)} from {folder}; stop with Ctrl-C.", flush=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        settings = Path(scratch, "settings")
        shutil.copytree(server.SETTINGS / "presenting", settings)
        os.environ["JUPYTERLAB_SETTINGS_DIR"] = str(settings)
        os.environ["JUPYTERLAB_WORKSPACES_DIR"] = str(Path(scratch, "workspaces"))
        server.serve(
            folder,
            f"doc/tree/{lesson}.ipynb",
            browser=not options.no_browser,
            port=options.port,
            more=("--ServerApp.contents_manager_class=course.cli.folded.PresentedNotebooks",),
        )
    return 0
