"""Bring newer lessons into your folder, and say what changed.

A lesson that you only ran is replaced. One that you edited stays as it is, and the newer one is
put beside it: 11_vanishing_gradients.new.ipynb. Your answers stay.
"""

from __future__ import annotations

import argparse

import course
from course.cli.deliver import deliver, told
from course.cli.folder import add_folder, existing
from course.cli.manifest import Manifest


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``course update``."""
    add_folder(parser)


def command(options: argparse.Namespace) -> int:
    """Deliver everything, then list what became of it."""
    folder = existing(options.folder)
    before = Manifest(folder).version
    changes = deliver(folder)
    came = f" (it was {before})" if before != course.__version__ else ""
    print(f"{folder} is up to date with course {course.__version__}{came}:")
    for line in told(changes):
        print(line)
    return 0
