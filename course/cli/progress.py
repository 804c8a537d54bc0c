"""Show what you predicted, answered and solved, lesson by lesson.

Everything is read from the folder .course/progress beside your lessons; nothing leaves the machine.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from pathlib import Path
from typing import Any

from course import jsonfile
from course.cli.folder import add_folder, existing, progress_of
from course.cli.lessons import names, title

KINDS = {"prediction": "predictions", "answer": "answers", "check": "checks passed"}
WIDTH = 60  # of an answer in the list


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options of ``course progress``."""
    add_folder(parser)
    parser.add_argument("--all", action="store_true", help="list every answer below the table")


def command(options: argparse.Namespace) -> int:
    """Print the table, and with ``--all`` the answers."""
    own = os.environ.get("COURSE_PROGRESS")
    folder = Path(own).expanduser() if own else progress_of(existing(options.folder))
    records, unreadable = _read(folder)
    if not records and not unreadable:
        print(f"No answers yet in {folder}. They are kept when you work with: course lab")
    else:
        print("\n".join([*table(records), *(listed(records) if options.all else [])]))
    for path in unreadable:
        print(f"{_printable(str(path))} cannot be read and is left out; delete it to answer anew.")
    return 1 if unreadable else 0


def table(records: dict[str, Any]) -> list[str]:
    """Return the lines of the table: what was done in each lesson, and in all."""
    counts = {name: Counter() for name in names()}
    for key, record in records.items():
        counts.setdefault(_lesson(key), Counter()).update([kind(record)])
    total = sum(counts.values(), Counter())
    lines = [_line("lesson", KINDS.values())]
    for name, count in [*counts.items(), ("all", total)]:
        lines.append(_line(title(name), (count[one] or "·" for one in KINDS)))
    return lines


def listed(records: dict[str, Any]) -> list[str]:
    """Return a line for each answer, by its key."""
    lines = (f"{key:<28} {_said(record)}" for key, record in sorted(records.items()))
    return ["", *map(_printable, lines)]


def kind(record: Any) -> str:
    """Return a key of `KINDS`, or what is not counted: ``'unsolved'`` exercises, ``'vote'``."""
    if isinstance(record, dict) and "reason" in record:
        return "prediction"
    if isinstance(record, dict) and "status" in record:
        return "check" if record["status"] == "correct" else "unsolved"
    if isinstance(record, dict) and "hands" in record:
        return "vote"
    return "answer"


def _read(folder: Path) -> tuple[dict[str, Any], list[Path]]:
    """Return what is kept by key, and the files that are none of ours."""
    records, unreadable = {}, []
    for path in sorted(folder.glob("*.json")):
        try:
            records[path.stem] = jsonfile.load(path)
        except (ValueError, OSError):
            unreadable.append(path)
    return records, unreadable


def _lesson(key: str) -> str:
    """Return the name of the lesson that a key, ``'11.depth'``, belongs to."""
    number = key.partition(".")[0]
    return next((name for name in names() if name.startswith(f"{number}_")), number)


def _line(name: str, values: Any) -> str:
    return f"{_printable(name):<28}" + "".join(f"{value!s:>15}" for value in values)


def _printable(text: str) -> str:
    """Return a text without what a terminal would obey."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _said(record: Any) -> str:
    """Return an answer, and the reason given for it, in a line that is not too long."""
    told, why = record, ""
    if isinstance(record, dict):
        told = record.get("answer", record.get("status", record))
        why = f" because {record['reason']}" if record.get("reason") else ""
    text = " ".join(f"{told}{why}".split())
    return text if len(text) <= WIDTH else f"{text[: WIDTH - 1]}…"
