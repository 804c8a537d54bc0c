"""What the file of a trial may say. Nothing in it is believed: it may be damaged, or made up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import isfinite
from typing import Any

from course.tuners.hyperparameters import RESERVED
from course.tuners.kinds import SCALARS, HyperParameter

Check = Callable[[Any], bool]


def check(stored: Any, fields: Mapping[str, Check]) -> None:
    """Refuse a dict in which a field is missing, or is not what its check takes.

    Raises
    ------
    ValueError
        With the name of the field, and what it is.
    """
    if not isinstance(stored, dict):
        raise ValueError(f"a dict is expected, not {stored!r:.80}")
    for name, is_good in fields.items():
        if name not in stored:
            raise ValueError(f"{name!r} is missing")
        if not is_good(stored[name]):
            raise ValueError(f"{name!r} cannot be {stored[name]!r:.80}")


def check_values(values: Mapping[str, Any], space: Iterable[HyperParameter]) -> None:
    """Refuse a value that its hyperparameter does not take.

    Of one that is not declared yet, only running shows what it takes.

    Raises
    ------
    ValueError
        With its name.
    """
    known: dict[str, list[HyperParameter]] = {}
    for parameter in space:
        known.setdefault(parameter.name, []).append(parameter)
    for name, value in values.items():
        if name.startswith(RESERVED):
            good = count(value) or (isinstance(value, str) and value.isdecimal())
        elif name in known:
            good = any(parameter.takes(value) for parameter in known[name])
        else:
            good = value is None or isinstance(value, SCALARS)
        if not good:
            raise ValueError(f"{name!r} cannot be {value!r:.80}")


# -- checks ------------------------------------------------------------------------------------


def count(value: Any) -> bool:
    """Whether it is a whole number of at least 0."""
    return type(value) is int and value >= 0


def number(value: Any) -> bool:
    """Whether it is a number, NaN and infinity included."""
    return type(value) in (int, float)


def finite(value: Any) -> bool:
    """Whether it is a number that a float holds."""
    return number(value) and abs(value) < 2**1024 and isfinite(value)


def text(value: Any) -> bool:
    """Whether it is a text."""
    return isinstance(value, str)


def optional(is_good: Check) -> Check:
    """Let None pass, too."""
    return lambda value: value is None or is_good(value)


def each(is_good: Check) -> Check:
    """Whether it is a list of what passes."""
    return lambda value: isinstance(value, list) and all(map(is_good, value))


def named(is_good: Check) -> Check:
    """Whether it is a dict of what passes."""
    return lambda value: isinstance(value, dict) and all(map(is_good, value.values()))


def shape(value: Any) -> bool:
    """Whether it is the shape of an input, the batch included."""
    return isinstance(value, list) and all(n is None or (count(n) and n > 0) for n in value)
