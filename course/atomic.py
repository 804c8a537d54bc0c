"""Write a file whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import copymode
from typing import BinaryIO


@contextmanager
def writing(
    path: str | os.PathLike[str], within: str | os.PathLike[str] | None = None
) -> Iterator[BinaryIO]:
    """Open a new file that takes the place of `path` when the block ends without an error.

    The bytes go into a file beside it, are forced onto the disk, and only then does the file get
    its name. Whoever is killed at any moment leaves the old file whole; a file that was begun,
    ``.name.….part``, may stay beside it. An error takes it away.

    Parameters
    ----------
    path : str or path-like
        Of the file; its folder exists. A link keeps pointing to the file that is replaced.
    within : str or path-like, optional
        A folder that came from others, maybe: nothing outside is written, whatever links say.

    Yields
    ------
    file : binary file
        For writing and reading.

    Raises
    ------
    OSError
        With the name of the file, if it cannot be written: no such folder, no permission, disk
        full, a link that leads out of `within`.

    Examples
    --------
    >>> with writing("notes.txt") as file:  # doctest: +SKIP
    ...     file.write(b"all or nothing")
    """
    target = Path(os.path.realpath(path))
    if within is not None and not target.is_relative_to(os.path.realpath(within)):
        said = f"The file cannot be written: a link leads to {str(target)!r}; remove the link"
        raise PermissionError(errno.EPERM, said, str(path))
    beside = target.with_name(f".{target.name}.{secrets.token_hex(6)}.part")
    try:
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, "Is a directory")
        with _new(beside) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            copymode(target, beside)
        os.replace(beside, target)
    except BaseException as error:
        with suppress(OSError):
            beside.unlink()
        if isinstance(error, OSError):
            raise OSError(error.errno, _reason(error, target), str(path)) from error
        raise
    _sync_folder(target.parent)


def write(
    path: str | os.PathLike[str],
    content: bytes | str,
    within: str | os.PathLike[str] | None = None,
) -> None:
    """Write a file at once, as :func:`writing` does; text in UTF-8."""
    with writing(path, within) as file:
        file.write(content.encode() if isinstance(content, str) else content)


def append(path: str | os.PathLike[str], content: str) -> None:
    """Add text to the end of a file, made if it is not there; all of it, or nothing.

    Parameters
    ----------
    path : str or path-like
        Of the file; its folder exists.
    content : str
        Written in UTF-8.

    Raises
    ------
    OSError
        With the name of the file, if it cannot be written; then it is as it was.
    """
    try:
        with open(path, "ab", buffering=0) as file:
            end, left = file.tell(), memoryview(content.encode())
            try:
                while left:
                    left = left[file.write(left) :]
            except BaseException:
                file.truncate(end)
                raise
    except OSError as error:
        raise OSError(error.errno, _reason(error, Path(path)), str(path)) from error


def _new(path: Path) -> BinaryIO:
    """Create a file that must not exist yet, with the permissions new files get."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o666), "w+b")


def _reason(error: OSError, target: Path) -> str:
    reason = error.strerror or str(error)
    if not target.parent.is_dir():
        reason = f"there is no folder {str(target.parent)!r}; make it first"
    return f"The file cannot be written: {reason}"


def _sync_folder(folder: Path) -> None:
    """Force the new name onto the disk, too, where folders can be opened (not on Windows)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
