"""Execute lessons from top to bottom, and report a line for each.

Copies are run: nothing is changed or kept, and no answers are read. With --folder it is your own
lessons that are run, where they are; their files stay as they are, too.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from time import perf_counter

from course.cli import server
from course.cli.deliver import deliver
from course.cli.errors import CommandError
from course.cli.folder import existing
from course.cli.lessons import find, names
from course.series import LessonError
from course.series.kernel import run as run_cells


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``course run``."""
    parser.add_argument("lessons", nargs="*", metavar="NN", help="numbers or names; by default all")
    parser.add_argument("--folder", type=Path, metavar="FOLDER", help="run your own lessons there")
    parser.add_argument("--traceback", action="store_true", help="show errors in full")


def command(options: argparse.Namespace) -> int:
    """Run the lessons one after the other; return 1 if one of them fails."""
    server.need("nbclient", "nbformat", *server.NEEDED[1:])
    wanted = [find(name) for name in options.lessons] or names()
    server.one_thread()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        if options.folder is None:
            folder = Path(scratch)
            deliver(folder)
        else:
            folder = existing(options.folder)
        failed = sum(not _report(folder / f"{name}.ipynb", options.traceback) for name in wanted)
    print(f"{len(wanted) - failed} of {len(wanted)} lessons ran without an error.")
    return 1 if failed else 0


def _report(path: Path, in_full: bool) -> bool:
    """Run one lesson and print its line; return whether it was without an error."""
    start = perf_counter()
    try:
        _run(path)
        verdict = "ok"
    except (CommandError, LessonError, OSError) as error:
        verdict = f"FAILED: {error if in_full else _shortened(str(error))}"
    print(f"{path.stem:<32} {perf_counter() - start:6.1f} s  {verdict}", flush=True)
    return verdict == "ok"


def _run(path: Path) -> None:
    import nbformat

    text = path.read_text(encoding="utf-8")
    try:
        notebook = nbformat.reads(text, as_version=4)
    except (
        ValueError,
        RecursionError,
        nbformat.ValidationError,
        nbformat.reader.NotJSONError,
    ) as error:
        raise CommandError(f"{path.name} is no notebook: {error}") from error
    run_cells(notebook, path)


def _shortened(message: str) -> str:
    """Return where an error arose, and its last line: what it is."""
    lines = [line for line in message.splitlines() if line.strip()]
    return lines[0] if len(lines) == 1 else f"{lines[0]} {lines[-1]}"
