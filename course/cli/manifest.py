"""What was delivered to a folder: the way to tell an edited file from an untouched one."""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from pathlib import Path, PurePath
from typing import Any

from course import atomic, jsonfile
from course.cli.errors import CommandError

MADE_BY_AUTHORS = ("course", "slideshow", "tags")  # the rest of a cell's metadata, by programs


def has_manifest(folder: Path) -> bool:
    """Whether lessons were delivered to `folder`."""
    return _path(folder).is_file()


def content(name: str, data: bytes) -> str:
    """Return a checksum of what is written in a file; of a notebook, without its outputs.

    Running a lesson changes its outputs, folding and counters: the checksum stays. A change
    of any source, a cell more or less, a tag or a note give another one.
    """
    if name.endswith(".ipynb"):
        # What is no notebook was not delivered: its bytes, as they are, tell that.
        with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            data = json.dumps([_written(cell) for cell in json.loads(data)["cells"]]).encode()
    return checksum(data)


def checksum(data: bytes) -> str:
    """Return the SHA-256 of `data`."""
    return hashlib.sha256(data).hexdigest()


class Manifest:
    """Checksums of all that was delivered to one folder, kept in ``.course/manifest.json``.

    Parameters
    ----------
    folder : path
        It may have none yet.

    Attributes
    ----------
    version : str
        Of the course that delivered last, ``''`` if none did.
    contents : dict of str to list of str
        For the name of each file, all contents (see :func:`content`) ever delivered under it.
    latest : dict of str to str
        For each file of the series, the bytes that were delivered last, under its own name or
        beside it.

    Raises
    ------
    CommandError
        If the file is not what `save` wrote.
    """

    def __init__(self, folder: Path) -> None:
        self.path = _path(folder)
        self.version = ""
        self.contents: dict[str, list[str]] = {}
        self.latest: dict[str, str] = {}
        if self.path.exists():
            self._read()

    def knows(self, name: str, data: bytes) -> bool:
        """Whether `data` has a content that was delivered as `name`: nobody edited it."""
        return content(name, data) in self.contents.get(name, [])

    def add(self, name: str, data: bytes) -> None:
        """Note that `data` is about to be delivered as `name`."""
        known, new = self.contents.setdefault(name, []), content(name, data)
        if new not in known:
            known.append(new)

    def save(self) -> None:
        """Write it down, whole or not at all, if anything changed."""
        kept = {"course": self.version, "contents": self.contents, "latest": self.latest}
        text = json.dumps(kept, indent=1, sort_keys=True) + "\n"
        if not self.path.exists() or self.path.read_text(encoding="utf-8") != text:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            atomic.write(self.path, text, within=self.path.parents[1])

    def _read(self) -> None:
        try:
            kept = jsonfile.load(self.path)
            self.version = str(kept["course"])
            self.contents = {name: list(known) for name, known in kept["contents"].items()}
            self.latest = dict(kept["latest"].items())
            out = [name for name in self.latest if _leads_out(name)]
            if out:
                raise ValueError(f"{out[0]!r:.80} lies elsewhere")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(
                f"{self.path} cannot be read ({error!r}). Delete it: every lesson that differs "
                "from the newest is then taken to be edited, and stays."
            ) from error


def _path(folder: Path) -> Path:
    return folder / ".course" / "manifest.json"


def _leads_out(name: str) -> bool:
    path = PurePath(name)
    return path.is_absolute() or ".." in path.parts


def _written(cell: dict[str, Any]) -> list[Any]:
    """Return what a person wrote in a cell."""
    metadata = {key: cell.get("metadata", {}).get(key) for key in MADE_BY_AUTHORS}
    # JupyterLab writes an empty slide type, and no tags, into cells it has shown.
    slide = {key: value for key, value in (metadata["slideshow"] or {}).items() if value}
    told = {key: value for key, value in (metadata | {"slideshow": slide}).items() if value}
    source = "".join(cell["source"])
    return [cell["cell_type"], source, sorted(cell.get("attachments", {})), sorted(told.items())]
