"""Cross-validation: the rows in k parts, each validated on once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from course import checks, config
from course.tuners.errors import FatalError

BY_ROW = ("x", "y", "sample_weight")


def checked(cv: int) -> int:
    """Return how many folds there are.

    Raises
    ------
    FatalError
        If that is no whole number of at least 2.
    """
    try:
        return checks.integer("cv", cv, 2)
    except (TypeError, ValueError) as error:
        raise FatalError(str(error)) from error


def folded(
    args: tuple[Any, ...], kwargs: Mapping[str, Any], cv: int, fold: int, seed: int
) -> tuple[tuple[Any, ...], dict[str, Any]]:
    """Return the arguments of `fit` for one fold.

    The rows are shuffled with `seed`, the same for all trials, and cut into `cv` parts whose
    sizes differ by one at most.

    Parameters
    ----------
    args, kwargs
        Of `search`: ``x``, ``y`` and, by name, ``sample_weight`` are cut.
    cv : int
        How many parts, at least 2.
    fold : int
        Which one to validate on.
    seed : int
        For the order of the rows.

    Raises
    ------
    FatalError
        If there is validation data already, or there are fewer rows than parts.
    """
    given = dict(zip(BY_ROW[:2], args[:2], strict=False)) | dict(kwargs)
    for other in ("validation_data", "validation_split"):
        if given.get(other) is not None:
            raise FatalError(f"cv={cv} makes its own validation data; do not give {other}.")
    n = _rows(given.get("y"))
    if n < cv:
        raise FatalError(f"cv={cv} needs at least {cv} rows, got {n}.")
    for key in BY_ROW:
        if given.get(key) is not None and _rows(given[key]) != n:
            raise FatalError(f"{key} has {_rows(given[key])} rows and y has {n}.")
    parts = np.array_split(config.generator(seed).permutation(n), cv)
    held = np.sort(parts[fold])
    kept = np.sort(np.concatenate(parts[:fold] + parts[fold + 1 :]))
    data = {key: given.pop(key) for key in BY_ROW if given.get(key) is not None}
    given |= {key: _take(value, kept) for key, value in data.items()}
    given["validation_data"] = tuple(_take(value, held) for value in data.values())
    return args[2:] and (given.pop("x"), given.pop("y"), *args[2:]), given


def _rows(y: Any) -> int:
    if y is None:
        raise FatalError("cv needs x and y.")
    if isinstance(y, Mapping):
        return _rows(next(iter(y.values())))
    return len(y[0]) if _is_several(y) else len(y)


def _take(data: Any, rows: np.ndarray) -> Any:
    """Return some rows of an array, or of each of several."""
    if isinstance(data, Mapping):
        return {key: _take(part, rows) for key, part in data.items()}
    if _is_several(data):
        return [_take(part, rows) for part in data]
    return np.asarray(data)[rows]


def _is_several(data: Any) -> bool:
    return isinstance(data, list | tuple) and bool(data) and isinstance(data[0], np.ndarray)
