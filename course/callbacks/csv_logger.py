"""The logs of each epoch as lines of a file."""

from __future__ import annotations

import csv
import os
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np

from course import atomic, checks
from course.callbacks.callback import Callback, Logs
from course.callbacks.folder import check_writable, path_text

MISSING = "NA"


class CSVLogger(Callback):
    """Write a row for each epoch into a file that other programs read.

    The columns are ``epoch``, counted from 0, and the keys of the logs in alphabetical order;
    ``NA`` stands where an epoch has no value. A row is in the file when its epoch has ended. A
    key that comes later, or that a file to append to does not have, gets a column of its own:
    the file is then written anew beside the old one, and put in its place when it is whole.

    Parameters
    ----------
    filename : str or path
        Its folder is made if there is none.
    separator : str, default ','
        One character between the columns.
    append : bool, default False
        Whether the rows go to the end of a file that is there, whose columns are kept, instead
        of replacing it.

    Raises
    ------
    TypeError, ValueError
        If `filename` is no path, or `separator` is not one character.
    OSError
        When training starts, if the file cannot be written.
    """

    adds_to_logs = ()

    def __init__(
        self, filename: str | os.PathLike[str], separator: str = ",", append: bool = False
    ) -> None:
        super().__init__()
        self.filename = path_text("filename", filename)
        if not isinstance(separator, str) or len(separator) != 1 or separator in '"\r\n':
            raise ValueError(f"separator must be one character such as ',', got {separator!r}.")
        self.separator = separator
        self.append = checks.flag("append", append)
        self._columns: list[str] | None = None

    def on_train_begin(self, logs: Logs | None = None) -> None:
        check_writable("filename", self.filename)
        self._columns = None  # an old file is left alone until there is a row to write
        if self.append:
            self._read()  # says so if it is no table

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        row = {"epoch": epoch} | {key: _cell(value) for key, value in (logs or {}).items()}
        if self._columns is None:
            self._begin(row)
        new = sorted(set(row) - set(self._columns))
        if new:
            self._replace([*self._columns, *new], self._read()[1:])
        atomic.append(
            self.filename, self._written([[row.get(key, MISSING) for key in self._columns]])
        )

    def _begin(self, row: Logs) -> None:
        """Take over the columns of the file to append to, or begin a new file."""
        table = self._read() if self.append else []
        if table:
            self._replace(table[0], table[1:])
        else:
            keys = {*row, *self.params.get("metrics", ())} - {"epoch"}
            self._replace(["epoch", *sorted(keys)], [])

    def _read(self) -> list[list[str]]:
        """Return the rows of the file with the names of its columns first; [] without a file."""
        if not Path(self.filename).exists():
            return []
        with open(self.filename, newline="", encoding="utf-8") as file:
            try:
                return [row for row in csv.reader(file, delimiter=self.separator) if row]
            except (UnicodeDecodeError, csv.Error) as error:
                raise ValueError(
                    f"filename={self.filename!r} is no table of text to append to: {error}."
                ) from error

    def _replace(self, columns: list[str], rows: list[list[str]]) -> None:
        """Put a file with these columns, and rows filled up to them, in the place of the old."""
        full = [row + [MISSING] * (len(columns) - len(row)) for row in rows]
        Path(self.filename).parent.mkdir(parents=True, exist_ok=True)
        atomic.write(self.filename, self._written([columns, *full]))
        self._columns = list(columns)

    def _written(self, rows: list[list[Any]]) -> str:
        text = StringIO()
        csv.writer(text, delimiter=self.separator, lineterminator="\n").writerows(rows)
        return text.getvalue()


def _cell(value: Any) -> Any:
    """A number or text as it is; several numbers as ``[1.0, 2.0]``."""
    return str(np.asarray(value).tolist()) if np.ndim(value) else value
