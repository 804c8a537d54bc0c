"""What a student has answered, kept in files beside the lessons; nothing leaves the machine."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

from course import atomic, jsonfile

FOLDER = "COURSE_PROGRESS"  # the environment variable that names it; empty means memory only
BESIDE = Path(".course")  # what `course lab` puts beside the lessons; used where it exists
SUFFIX = ".json"
LONGEST = 8 * 2**20  # bytes of an answer


class Progress:
    """Answers by key, in memory and, where there is a folder for them, one file a key.

    Two lessons that are open at once write different files, and a file is replaced whole,
    so neither can spoil the other, and neither can an end of the power.

    Parameters
    ----------
    folder : path, optional
        Where to keep answers. By default what the environment variable ``COURSE_PROGRESS``
        says; if it is not set, ``.course/progress`` beside the lesson, if ``.course`` is
        there; else nowhere.
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        self.folder = _default() if folder is None else Path(folder).expanduser()
        self._answers: dict[str, Any] = {}

    def record(self, key: str, answer: Any) -> None:
        """Keep `answer`, anything that JSON can say.

        Raises
        ------
        ValueError
            If `key` is not made of letters, digits and ``. _ -``.
        OSError
            If the folder cannot be written.
        """
        text = json.dumps(answer, ensure_ascii=False, indent=1)
        path = self._path(key)
        self._answers[key] = json.loads(text)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            atomic.write(path, text, within=self.folder)

    def recall(self, key: str) -> Any:
        """Return what was kept under `key`, or None.

        Raises
        ------
        ValueError
            If the file is not what `record` wrote.
        """
        path = self._path(key)
        if key not in self._answers and path is not None and os.path.lexists(path):
            try:
                self._answers[key] = jsonfile.load(path, LONGEST)
            except ValueError as error:
                raise ValueError(
                    f"The answer kept in {path} cannot be read ({error}); delete the file."
                ) from error
        return self._answers.get(key)

    def place(self, key: str) -> str:
        """Return, for an error, where what is kept under `key` lies: a file, or memory."""
        path = self._path(key)
        return f"under {key!r}" if path is None else f"in {path}"

    def keys(self) -> list[str]:
        """Return the keys under which something is kept, in order."""
        files = self.folder.glob(f"*{SUFFIX}") if self.folder and self.folder.is_dir() else ()
        kept = {file.name.removesuffix(SUFFIX) for file in files if file.name[0] != "."}
        return sorted(kept | set(self._answers))

    def _path(self, key: str) -> Path | None:
        if not isinstance(key, str) or not re.fullmatch(r"\w[\w.-]*", key, re.ASCII):
            raise ValueError(
                f"key must be made of letters, digits, '.', '_' and '-', such as "
                f"'11.depth', got {key!r}."
            )
        return None if self.folder is None else self.folder / f"{key}{SUFFIX}"


def _default() -> Path | None:
    named = os.environ.get(FOLDER)
    if named is None:
        return (BESIDE / "progress").absolute() if BESIDE.is_dir() else None
    return Path(named).expanduser() if named else None
