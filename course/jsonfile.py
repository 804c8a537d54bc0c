"""Read a JSON file that may be damaged, or made to harm."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

LONGEST = 64 * 2**20  # bytes


def load(path: str | os.PathLike[str], longest: int = LONGEST) -> Any:
    """Return what a JSON file says.

    Parameters
    ----------
    path : str or path-like
        Of a file, in UTF-8. A pipe or a device is none, and is not waited for.
    longest : int
        How many bytes it may have.

    Raises
    ------
    ValueError
        If it is no file, longer, nested too deeply, or no JSON; the caller names it.
    OSError
        If it cannot be read.
    """
    path = Path(path)
    if not path.is_file():
        raise ValueError("it is no file")
    size = path.stat().st_size
    if size > longest:
        raise ValueError(f"it has {size:,} bytes, more than {longest:,}")
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
