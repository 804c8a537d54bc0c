"""The path of a file to write, refused before training starts if there cannot be such a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any


def path_text(argument: str, path: Any) -> str:
    """Return a path as text.

    Raises
    ------
    TypeError
        If it is none.
    """
    if not isinstance(path, str | os.PathLike):
        raise TypeError(f"{argument} must be a path, got {path!r}.")
    return str(path)


def check_writable(argument: str, path: str) -> None:
    """See whether something can be written where a file, or its folder, is to be made.

    Nothing stays there: the training may yet be refused for another reason.

    Parameters
    ----------
    argument : str
        What the errors call the path.
    path : str
        Of the file.

    Raises
    ------
    OSError
        Of the kind that the system gave, if there cannot be a file there.
    """
    folder = Path(path).parent
    try:
        if Path(path).is_dir():
            raise IsADirectoryError(21, "Is a directory")
        there = next(place for place in (folder, *folder.parents) if place.exists())
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        raise OSError(
            error.errno,
            f"{argument}={path!r} cannot be written ({error.strerror}). Give a file in a folder "
            f"that can be; this one is {str(folder.absolute())!r}.",
        ) from error
