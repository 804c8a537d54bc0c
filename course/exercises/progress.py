"""What a student has answered, kept over a restart where a folder for it is named."""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path
from typing import Any

FOLDER = "COURSE_PROGRESS"  # the environment variable that names it; without it, memory only


class Progress:
    """Answers by key, in memory and, where a folder is given, one file a key.

    Two lessons that are open at once write different files, and a file is replaced whole,
    so neither can spoil the other, and neither can an end of the power.

    Parameters
    ----------
    folder : path, optional
        Where to keep answers; by default what the environment variable ``COURSE_PROGRESS``
        says, and nowhere if it says nothing.
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        named = folder or os.environ.get(FOLDER)
        self.folder = Path(named).expanduser() if named else None
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
            _replace(path, text)

    def recall(self, key: str) -> Any:
        """Return what was kept under `key`, or None.

        Raises
        ------
        ValueError
            If the file is not what `record` wrote.
        """
        path = self._path(key)
        if key not in self._answers and path is not None and path.exists():
            try:
                self._answers[key] = json.loads(path.read_text(encoding="utf-8"))
            except ValueError as error:
                raise ValueError(
                    f"The answer kept in {path} cannot be read ({error}); delete the file."
                ) from error
        return self._answers.get(key)

    def _path(self, key: str) -> Path | None:
        if not isinstance(key, str) or not re.fullmatch(r"\w[\w.-]*", key, re.ASCII):
            raise ValueError(
                f"key must be made of letters, digits, '.', '_' and '-', such as "
                f"'11.depth', got {key!r}."
            )
        return None if self.folder is None else self.folder / f"{key}.json"


def _replace(path: Path, text: str) -> None:
    """Write `text` beside `path`, then put it there in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".new")
    try:
        with open(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
