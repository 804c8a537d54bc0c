"""Older spellings that course material still prints: they work, and warn once."""

from __future__ import annotations

import warnings

_warned: set[tuple[str, str]] = set()


def spelled(old: str, new: str) -> None:
    """Warn, the first time only, that `old` is written `new` today."""
    if (old, new) not in _warned:
        _warned.add((old, new))
        warnings.warn(f"{old} is the older spelling; write {new}.", FutureWarning, stacklevel=4)
