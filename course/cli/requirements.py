"""What the course needs, as its own package says, and how to get what is missing."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from importlib.util import find_spec

DISTRIBUTION = "hyperparameters-course"
PIP = f"{sys.executable} -m pip install" if find_spec("pip") else "uv pip install"
LINE = re.compile(r"([\w.-]+)(?:\[.*?\])?>=([\d.]+)(?:.*extra == ['\"](\w+)['\"])?")


def requirements(extras: tuple[str, ...] = ("", "notebooks")) -> dict[str, str]:
    """Return the oldest version that will do, by the name of the package."""
    found = (LINE.match(line) for line in metadata.requires(DISTRIBUTION) or [])
    return {match[1]: match[2] for match in found if match and (match[3] or "") in extras}


def requirement(name: str) -> str:
    """Return ``'"numpy>=2.0"'``, as it is written at a command line."""
    return f'"{name}>={requirements()[name]}"'


def missing() -> list[str]:
    """Return the names of what is needed and not installed."""
    return [name for name in requirements() if not _is_installed(name)]


def numbers(version: str) -> tuple[int, ...]:
    """Return ``(4, 6)`` for ``'4.6.0rc1'``, so that versions can be compared."""
    found = [int(number) for number in re.match(r"\d+(?:\.\d+)*", version)[0].split(".")]
    while found and found[-1] == 0:
        found.pop()
    return tuple(found)


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True
