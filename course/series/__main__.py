"""``python -m course.series execute|guard|sweep|picture [notebook ...]``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from course.series import LessonError, execute, guard, lessons, picture, sweep


def main(arguments: list[str] | None = None) -> int:
    """Do one thing to the named notebooks, or to all; return 1 if anything is wrong."""
    parser = argparse.ArgumentParser(prog="python -m course.series", description=__doc__)
    parser.add_argument("action", choices=list(ACTIONS))
    parser.add_argument("notebooks", nargs="*", type=Path, help="all lessons where none is named")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="notebooks at a time")
    options = parser.parse_args(arguments)
    action = partial(_reported, ACTIONS[options.action])
    good = True
    try:
        with ThreadPoolExecutor(options.jobs) as pool:
            for path, fine, text in pool.map(action, options.notebooks or lessons()):
                print(f"{path.name}: {text}", file=sys.stdout if fine else sys.stderr, flush=True)
                good &= fine
    except LessonError as error:
        print(error, file=sys.stderr)
        good = False
    return 0 if good else 1


def _reported(action: Callable[[Path], str], path: Path) -> tuple[Path, bool, str]:
    try:
        return path, True, action(path)
    except (LessonError, OSError) as error:
        return path, False, f"{error}"


def _execute(path: Path) -> str:
    return "outputs changed" if execute(path) else "as it was"


def _guard(path: Path) -> str:
    if complaints := guard(path):
        raise LessonError("\n  " + "\n  ".join(complaints))
    return "fine"


ACTIONS: dict[str, Callable[[Path], str]] = {
    "execute": _execute,
    "guard": _guard,
    "sweep": sweep,
    "picture": picture,
}

if __name__ == "__main__":
    sys.exit(main())
