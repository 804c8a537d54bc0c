"""Say what is wrong with an installation, and how to mend it.

A line for each thing: ok, note (it works without), or MEND with what to do. The exit status is 1
if anything is to be mended.
"""

from __future__ import annotations

import argparse
import sys

import course
from course.cli import symptoms
from course.cli.folder import add_folder, chosen
from course.cli.server import PORT

MARKS = {True: "ok  ", None: "note", False: "MEND"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``course doctor``."""
    add_folder(parser)
    parser.add_argument("--port", type=int, default=PORT, help="to look at (%(default)s)")


def command(options: argparse.Namespace) -> int:
    """Print every finding; return 1 if one of them is to be mended."""
    folder = chosen(options.folder)
    print(f"course {course.__version__} with {sys.executable}")
    wrong = 0
    for finding in symptoms.all_of(folder, options.port):
        print(f"{MARKS[finding.good]} {finding.what}", flush=True)
        if finding.mend:
            print(f"     -> {finding.mend}")
        wrong += finding.good is False
    print(f"{wrong} to be mended." if wrong else "Everything is in order.")
    return 1 if wrong else 0
