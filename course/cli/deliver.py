"""Bring the lessons into a folder, and never over anything that somebody wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path

import course
from course import atomic
from course.cli.errors import CommandError
from course.cli.manifest import Manifest, checksum
from course.datasets import files

CELLS_TOLD = 6


@dataclass
class Change:
    """What becomes of one file of the series in a folder.

    Attributes
    ----------
    name : str
        In the series, as in ``'data/digits.md'``.
    kind : str
        ``'new'``; ``'restored'``, where it was taken away; ``'updated'``, untouched, and replaced
        by a newer one; ``'beside'``, edited, and the newer one put under another name;
        ``'edited'``, and there is no newer one; ``'same'``; ``'dropped'`` from the series.
    target : str
        The name under which it is written, ``''`` where nothing is.
    cells : list of str
        Of a notebook, the cells that differ from those that were there.
    """

    name: str
    kind: str
    target: str = ""
    cells: list[str] = field(default_factory=list)


def series() -> dict[str, Path]:
    """Return every file that a student gets, by its name in the student's folder."""
    notebooks, data = files.folder("notebooks"), files.folder("data")
    found = {path.name: path for path in sorted(notebooks.glob("*.ipynb"))}
    found |= {f"pictures/{path.name}": path for path in sorted(notebooks.glob("pictures/*.png"))}
    tables = (path for path in sorted(data.iterdir()) if path.is_file() and path.name[0] != ".")
    return found | {f"data/{path.name}": path for path in tables}


def deliver(folder: Path, *, update: bool = True) -> list[Change]:
    """Write what is missing in `folder`, or older and untouched; return what became of each file.

    A kill at any moment leaves every file whole, and the next call ends what was begun: what is
    going to be written is noted first, so that it is not taken for an edited file later.

    Parameters
    ----------
    folder : path
        Made if there is none.
    update : bool
        False only writes what is missing.

    Raises
    ------
    CommandError
        If the folder cannot be written, or what it holds cannot be read.
    """
    manifest, shipped = Manifest(folder), series()
    changes = [_change(folder, manifest, name, source) for name, source in shipped.items()]
    gone = [name for name in manifest.latest if name not in shipped and (folder / name).exists()]
    try:
        _write(folder, manifest, shipped, [c for c in changes if update or _is_missing(c)], update)
    except OSError as error:
        what = f"{error.filename or folder}: {error.strerror or error}"
        raise CommandError(
            f"{what}. Name a folder that you may write in, on a disk with room."
        ) from error
    return [*changes, *(Change(name, "dropped") for name in gone)]


def _is_missing(change: Change) -> bool:
    return change.kind in ("new", "restored")


def _change(folder: Path, manifest: Manifest, name: str, source: Path) -> Change:
    """Decide what becomes of one file."""
    path, new = folder / name, source.read_bytes()
    if not path.exists():
        return Change(name, "restored" if name in manifest.latest else "new", name)
    old = path.read_bytes()
    if old == new:
        return Change(name, "same")
    untouched = manifest.knows(name, old)
    if manifest.latest.get(name) == checksum(new):
        return Change(name, "same" if untouched else "edited")
    if untouched:
        return Change(name, "updated", name, _different_cells(old, new))
    return Change(name, "beside", _free_name(folder, manifest, name), _different_cells(old, new))


def _free_name(folder: Path, manifest: Manifest, name: str) -> str:
    """Return ``'11_x.new.ipynb'``, or ``'11_x.new-2.ipynb'`` where that was edited, too."""

    def is_free(other: str) -> bool:
        path = folder / other
        return not path.exists() or manifest.knows(other, path.read_bytes())

    path = Path(name)
    marks = chain([".new"], (f".new-{number}" for number in count(2)))
    others = (path.with_name(f"{path.stem}{mark}{path.suffix}").as_posix() for mark in marks)
    return next(filter(is_free, others))


def _write(
    folder: Path, manifest: Manifest, shipped: dict[str, Path], changes: list[Change], update: bool
) -> None:
    writing = [change for change in changes if change.target]
    for change in writing:
        manifest.add(change.target, shipped[change.name].read_bytes())
    folder.mkdir(parents=True, exist_ok=True)
    manifest.save()
    for change in writing:
        target = folder / change.target
        target.parent.mkdir(exist_ok=True)
        atomic.write(target, shipped[change.name].read_bytes(), within=folder)
    for change in changes:
        data = shipped[change.name].read_bytes()
        manifest.latest[change.name] = checksum(data)
        if change.kind == "same":
            manifest.add(change.name, data)  # put there by hand, or the manifest was lost
    if update or not manifest.version:
        manifest.version = course.__version__
    manifest.save()


def _different_cells(old: bytes, new: bytes) -> list[str]:
    """Return the ids of the cells that differ between two notebooks; of other files, nothing."""
    try:
        before, after = (dict(_cells(data)) for data in (old, new))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []
    return [name for name in {**after, **before} if before.get(name) != after.get(name)]


def _cells(data: bytes) -> Iterator[tuple[str, str]]:
    for number, cell in enumerate(json.loads(data)["cells"], start=1):
        yield cell.get("id", f"number {number}"), "".join(cell["source"])


def told(changes: list[Change]) -> Iterator[str]:
    """Yield a line for each file that was written, kept or dropped, and one for all the others."""
    words = {
        "new": "",
        "restored": "was missing",
        "updated": "",
        "edited": "is yours, and there is no newer one",
        "dropped": "is no longer part of the series; it stays",
    }
    for change in changes:
        if change.kind == "beside":
            note = f"newer than {change.name}, which you edited and which stays as it is"
            yield f"  beside    {change.target}: {note}{_cells_told(change)}"
        elif change.kind != "same":
            note = words[change.kind] + _cells_told(change)
            yield f"  {change.kind:<9} {change.name}{': ' * bool(note)}{note.removeprefix('; ')}"
    same = sum(change.kind == "same" for change in changes)
    yield f"  as they were: {same}"


def _cells_told(change: Change) -> str:
    if not change.cells:
        return ""
    more = len(change.cells) - CELLS_TOLD
    names = ", ".join(change.cells[:CELLS_TOLD]) + (f" and {more} more" if more > 0 else "")
    return f"; cells that differ: {names}"
