"""The command ``course``: its options, and what it does with an error."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

import course
from course.cli import doctor, lab, present, progress, run, update
from course.cli.errors import CommandError

DESCRIPTION = """\
Hyperparameters of neural networks, taught live: a series of notebooks, and what is around them.

    course lab            copies the lessons into a folder of your own and opens the first
    course update         brings newer lessons into it; what you edited stays as it is
    course doctor         says what is wrong with an installation, and how to mend it
"""
EPILOG = """\
FOLDER is the folder of your lessons. Where none is named it is the current one, if there are
lessons in it, and hyperparameters-course if not. `course lab --help` explains `lab`.
"""
COMMANDS = (lab, update, doctor, present, run, progress)
INTERRUPTED = 130  # what a shell reports of a program that Ctrl-C ended


def parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command line."""
    whole = argparse.ArgumentParser(
        prog="course",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    whole.add_argument("--version", action="version", version=f"course {course.__version__}")
    commands = whole.add_subparsers(title="commands", metavar="", required=True)
    for module in COMMANDS:
        name = module.__name__.rsplit(".", 1)[-1]
        title, _, rest = module.__doc__.partition("\n")
        one = commands.add_parser(
            name,
            help=title.rstrip("."),
            description=f"{title}\n{rest}".rstrip(),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        module.arguments(one)
        one.set_defaults(command=module.command)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line says; return the exit status.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those after the program's name; by default those it was started with.
    """
    options = parser().parse_args(arguments)
    try:
        return options.command(options)
    except (CommandError, OSError) as error:
        print(f"course: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\ncourse: stopped.", file=sys.stderr)
        return INTERRUPTED
