"""The folder in which a student keeps the lessons."""

from __future__ import annotations

import argparse
from pathlib import Path

from course.cli.errors import CommandError
from course.cli.manifest import has_manifest
from course.datasets import files

NAME = "hyperparameters-course"


def add_folder(parser: argparse.ArgumentParser) -> None:
    """Let a command take the folder as its last argument."""
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="FOLDER",
        help=f"of your lessons; by default the current one, if they are in it, else {NAME}",
    )


def chosen(folder: Path | None) -> Path:
    """Return the absolute path of `folder`, or of the default one.

    Raises
    ------
    CommandError
        If it is a file, or where the course itself keeps the lessons.
    """
    if folder is None:
        folder = Path() if has_manifest(Path()) else Path(NAME)
    folder = folder.expanduser().absolute()
    if folder.exists() and not folder.is_dir():
        raise CommandError(f"{folder} is a file. Name a folder, new or old.")
    for kind in ("notebooks", "data"):
        if folder.resolve() == files.folder(kind).resolve():
            raise CommandError(
                f"{folder} is where the course keeps its own {kind}. Name a folder of your own."
            )
    return folder


def existing(folder: Path | None) -> Path:
    """Return the same of a folder that has the lessons in it.

    Raises
    ------
    CommandError
        If they are not there.
    """
    folder = chosen(folder)
    if not has_manifest(folder):
        raise CommandError(
            f"There are no lessons of the course in {folder}. "
            f"Name their folder, or put them there with: course lab {folder.name}"
        )
    return folder


def progress_of(folder: Path) -> Path:
    """Return where a student's answers are kept: beside the lessons."""
    return folder / ".course" / "progress"
