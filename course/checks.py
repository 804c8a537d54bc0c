"""Checks of arguments: each returns the value it was given, or says what is wrong with it.

Every message names the argument, what came and what was expected.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from numbers import Integral, Real
from typing import Any

import numpy as np

from course import config
from course.lookup import nearest


def integer(name: str, value: Any, minimum: int | None = None) -> int:
    """Return `value` as an int, at least `minimum`; a bool is not a number here."""
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be a whole number, got {value!r}.")
    if minimum is not None and value < minimum:
        raise ValueError(f"{name} must be at least {minimum}, got {value}.")
    return int(value)


def number(
    name: str,
    value: Any,
    minimum: float | None = None,
    maximum: float | None = None,
    *,
    above: float | None = None,
    below: float | None = None,
) -> float:
    """Return `value` as a finite float in [minimum, maximum], or above / below a bound."""
    if isinstance(value, bool) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, got {value!r}.")
    limits = []
    if minimum is not None:
        limits.append((value >= minimum, f"at least {minimum:g}"))
    if above is not None:
        limits.append((value > above, f"above {above:g}"))
    if maximum is not None:
        limits.append((value <= maximum, f"at most {maximum:g}"))
    if below is not None:
        limits.append((value < below, f"below {below:g}"))
    finite = _is_finite(value)
    if not finite or not all(holds for holds, _ in limits):
        wanted = [words for _, words in limits]
        if not wanted or (not finite and value == value):  # infinity is at least 0, NaN is not
            wanted.insert(0, "finite")
        raise ValueError(f"{name} must be {' and '.join(wanted)}, got {value!r:.60}.")
    return float(value)


def _is_finite(value: Any) -> bool:
    try:
        return isfinite(value)
    except OverflowError:  # a whole number that no float holds
        return False


def flag(name: str, value: Any) -> bool:
    """Return `value` as a bool; 0 and 1 pass, the text 'False', which is true, does not."""
    if not isinstance(value, bool | np.bool_ | Integral) or value not in (0, 1):
        raise TypeError(f"{name} must be True or False, got {value!r}.")
    return bool(value)


def verbosity(value: Any) -> int:
    """Return how much to show: 0 for nothing, False and True for 0 and 1."""
    return integer("verbose", int(value) if isinstance(value, bool) else value, 0)


def text(name: str, value: Any, default: str) -> str:
    """Return `value`, or `default` where it is None or empty."""
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{name} must be a string, got {value!r}.")
    return value or default


def numbers(name: str, value: Any) -> np.ndarray:
    """Return `value` as an array of booleans, integers or floats."""
    if value is None:
        raise TypeError(f"{name} is missing (None).")
    unmasked(name, value)
    try:
        array = np.asarray(value)
    except ValueError as error:
        raise ValueError(f"{name} is no rectangular array: its rows differ in length.") from error
    if array.dtype.kind in "fiub":
        return array
    fixes = {"O": " Convert it with .astype(float).", "c": " Take the real part, .real."}
    fixes["U"] = fixes["S"] = " Number text first: np.unique(words, return_inverse=True)[1]."
    raise TypeError(
        f"{name} must hold real numbers, got an array of dtype {array.dtype}."
        f"{fixes.get(array.dtype.kind, '')}"
    )


def floats(name: str, value: Any) -> np.ndarray:
    """Return `value` in the package's float type; what is too large for it becomes infinite."""
    array = numbers(name, value)
    with np.errstate(over="ignore"):
        return array.astype(config.floatx(), copy=False)


def fitting(name: str, value: Any, dtype: Any) -> np.ndarray:
    """Return `value` as an array of floats of a type, if they are not too large for it."""
    array = numbers(name, value)
    try:
        with np.errstate(over="raise"):
            return array.astype(dtype, copy=False)
    except FloatingPointError as error:
        raise ValueError(f"{name} holds numbers that are too large for {dtype}.") from error


def unmasked(name: str, value: Any) -> None:
    """Refuse an array with masked entries: what lies under the mask is no data."""
    if isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        raise TypeError(f"{name} has masked entries. Fill them first, x.filled(value).")


def one_of(name: str, value: Any, allowed: Iterable[str]) -> str:
    """Return `value` if it is one of the names, or numbers, in `allowed`."""
    allowed = list(allowed)
    if not isinstance(value, str | Real) or value not in allowed:
        listed = ", ".join(repr(a) for a in allowed)
        hint = nearest(value, allowed) if isinstance(value, str) else ""
        raise ValueError(f"{name} must be one of {listed}, got {value!r}.{hint}")
    return value


def unknown_arguments(owner: str, given: Iterable[str], known: Iterable[str]) -> None:
    """Refuse, by name and with the nearest known one, keyword arguments nobody takes."""
    for argument in given:
        hint = nearest(argument, list(known))
        raise TypeError(f"{owner} has no argument {argument!r}.{hint}")
