"""Checks of arguments: each returns the value it was given, or says what is wrong with it.

Every message names the argument, what came and what was expected.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite
from numbers import Integral, Real
from typing import Any

import numpy as np

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
    if not isfinite(value) or not all(holds for holds, _ in limits):
        wanted = " and ".join(words for _, words in limits) or "finite"
        raise ValueError(f"{name} must be {wanted}, got {value!r}.")
    return float(value)


def numbers(name: str, value: Any) -> np.ndarray:
    """Return `value` as an array of booleans, integers or floats."""
    if value is None:
        raise TypeError(f"{name} is missing (None).")
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


def one_of(name: str, value: Any, allowed: Iterable[str]) -> str:
    """Return `value` if it is one of the names in `allowed`."""
    allowed = list(allowed)
    if value not in allowed:
        listed = ", ".join(repr(a) for a in allowed)
        hint = nearest(value, allowed) if isinstance(value, str) else ""
        raise ValueError(f"{name} must be one of {listed}, got {value!r}.{hint}")
    return value


def unknown_arguments(owner: str, given: Iterable[str], known: Iterable[str]) -> None:
    """Refuse, by name and with the nearest known one, keyword arguments nobody takes."""
    for argument in given:
        hint = nearest(argument, list(known))
        raise TypeError(f"{owner} has no argument {argument!r}.{hint}")
