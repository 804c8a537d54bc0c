"""Whether two values agree, and in words what is wrong where they do not."""

from __future__ import annotations

from typing import Any

import numpy as np


def difference(got: Any, expected: Any, tolerance: float = 1e-6) -> str:
    """Return ``""`` if `got` agrees with `expected`, and else the first difference in words.

    Numbers and arrays agree in shape and within `tolerance`, absolute and relative; tuples
    and lists agree item by item; everything else agrees when it is equal.
    """
    if got is None and expected is not None:
        return "it returns None: is there a `return`?"
    if isinstance(expected, tuple | list) and not _is_numeric(expected):
        return _difference_of_items(got, expected, tolerance)
    if not _is_numeric(expected):
        return "" if type(got) is type(expected) and got == expected else _expected(got, expected)
    if not _is_numeric(got):
        return f"expected {_kind(expected)}, got {_kind(got)}"
    return _difference_of_arrays(np.asarray(got), np.asarray(expected), tolerance)


def _difference_of_items(got: Any, expected: Any, tolerance: float) -> str:
    if not isinstance(got, tuple | list) or len(got) != len(expected):
        return f"expected {len(expected)} values, got {_kind(got)}"
    for place, (one, other) in enumerate(zip(got, expected, strict=True), 1):
        if words := difference(one, other, tolerance):
            return f"value {place}: {words}"
    return ""


def _difference_of_arrays(got: np.ndarray, expected: np.ndarray, tolerance: float) -> str:
    if got.shape != expected.shape:
        return f"expected {_kind(expected)}, got {_kind(got)}"
    close = np.isclose(got, expected, rtol=tolerance, atol=tolerance, equal_nan=True)
    if close.all():
        return ""
    place = tuple(int(i) for i in np.argwhere(~close)[0])
    where = f" at {list(place)}" if place else ""
    return f"expected {expected[place]:.6g}{where}, got {got[place]:.6g}"


def _is_numeric(value: Any) -> bool:
    try:
        return np.asarray(value).dtype.kind in "biuf"
    except ValueError:  # lists of unequal lengths
        return False


def _kind(value: Any) -> str:
    if isinstance(value, tuple | list) and not _is_numeric(value):
        return f"a {type(value).__name__} of {len(value)}"
    if not _is_numeric(value):
        return f"{value!r}, a {type(value).__name__}"
    shape = np.shape(value)
    return f"an array of shape {shape}" if shape else f"the number {value}"


def _expected(got: Any, expected: Any) -> str:
    return f"expected {expected!r}, got {got!r}"
