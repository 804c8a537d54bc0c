"""The path of a checkpoint: how it ends, and what is filled in."""

from __future__ import annotations

import re
from string import Formatter


def checked_ending(filepath: str, weights_only: bool) -> str:
    """Return the path of a whole model, or of weights, if it ends as such.

    Raises
    ------
    ValueError
        If it does not; the path with the right ending is given.
    """
    if weights_only and not filepath.endswith(".weights.h5"):
        raise ValueError(
            f"filepath must end in '.weights.h5' where save_weights_only=True, got {filepath!r}. "
            f"Write {_stem(filepath) + '.weights.h5'!r}."
        )
    if not weights_only and not filepath.endswith((".keras", ".h5")):
        raise ValueError(
            f"filepath must end in '.keras' (or the older '.h5'), got {filepath!r}. Write "
            f"{_stem(filepath) + '.keras'!r}, or give save_weights_only=True and '.weights.h5'."
        )
    return filepath


def _stem(filepath: str) -> str:
    return re.sub(r"(\.weights)?(\.(keras|h5|hdf5|ckpt|tf))?$", "", filepath)


def placeholders(filepath: str) -> list[str]:
    """Return the names in braces, after a trial whether numbers can be written there.

    Raises
    ------
    ValueError
        If they cannot.
    """
    try:
        fields = [field for _, field, _, _ in Formatter().parse(filepath) if field is not None]
        filepath.format(**{field: 1 if field in ("epoch", "batch") else 0.5 for field in fields})
    except (ValueError, LookupError, AttributeError, TypeError) as error:
        raise ValueError(
            f"filepath={filepath!r} cannot be filled in: {error}. Write placeholders as in "
            "'{epoch:02d}-{val_loss:.2f}.keras'."
        ) from error
    return fields
