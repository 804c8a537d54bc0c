"""Resolve a name, a config or an object in a table that the caller passes in."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from course import serialization


def nearest(name: str, known: Mapping[str, Any] | list[str]) -> str:
    """Return ``" Did you mean 'x'?"``, or ``""`` where nothing known is near `name`."""
    by_lower = {key.lower(): key for key in known}
    longer = [key for key in by_lower if len(name) > 2 and key.startswith(name.lower())]
    matches = longer or get_close_matches(name.lower(), by_lower, n=1)
    return f" Did you mean {by_lower[matches[0]]!r}?" if matches else ""


def find(name: str, table: Mapping[str, Any], kind: str) -> Any:
    """Return the entry of `table` called `name`, whatever its case.

    Parameters
    ----------
    name : str
        As in the table, e.g. ``'relu'`` or ``'GlorotUniform'``.
    table : mapping of str to object
        What there is.
    kind : str
        What the table holds, for the error: ``'activation'``.

    Raises
    ------
    ValueError
        If nothing in the table has that name; the nearest known name is given.
    """
    if name in table:
        return table[name]
    for key, value in table.items():
        if key.lower() == name.lower():
            return value
    known = ", ".join(sorted(table))
    raise ValueError(f"Unknown {kind} {name!r}.{nearest(name, table)} Known: {known}.")


def resolve(identifier: Any, table: Mapping[str, Any], kind: str, base: type) -> Any:
    """Return an instance of `base` for a name, a class, a config or an instance.

    Parameters
    ----------
    identifier : str, type, dict or instance of `base`
        ``'he_normal'``, ``HeNormal``, ``{'class_name': 'HeNormal', 'config': {'seed': 1}}``
        or ``HeNormal(seed=1)``. A name or a class makes a new instance at each call.
    table : mapping of str to type
        Names and the classes they stand for.
    kind : str
        What is looked for, for the errors: ``'initializer'``.
    base : type
        The class of what is returned.

    Raises
    ------
    ValueError
        If the name is unknown.
    TypeError
        If `identifier` is something else altogether.
    """
    if isinstance(identifier, base):
        return identifier
    if isinstance(identifier, str):
        return find(identifier, table, kind)()
    if isinstance(identifier, type) and issubclass(identifier, base):
        return identifier()
    if isinstance(identifier, Mapping) and "class_name" in identifier:
        return from_entry(identifier, table, kind, base)
    raise TypeError(
        f"{kind} must be a name such as {next(iter(table))!r} or an instance of "
        f"{base.__name__}, got {identifier!r}."
    )


def class_of(entry: Mapping[str, Any], table: Mapping[str, Any], kind: str) -> Any:
    """Return the class that an entry (see :mod:`course.serialization`) names.

    Raises
    ------
    ValueError
        If it is unknown; the nearest known one is given.
    """
    name = entry.get("class_name")
    if not isinstance(name, str):
        raise ValueError(f"An entry of a {kind} has a 'class_name', got {name!r:.80}.")
    return serialization.own_class(entry) or find(name, table, kind)


def from_entry(entry: Mapping[str, Any], table: Mapping[str, Any], kind: str, base: type) -> Any:
    """Make the object that an entry describes.

    Raises
    ------
    ValueError
        If its class is unknown.
    TypeError
        If its class is of another kind, or its config does not fit.
    """
    cls = class_of(entry, table, kind)
    if isinstance(cls, type) and not issubclass(cls, base):
        raise TypeError(f"{kind} must be a {base.__name__}, got the class {cls.__name__}.")
    if not isinstance(cls, type) and cls not in table.values():
        raise TypeError(f"{kind} must be a {base.__name__}, got {cls!r}.")
    config = entry.get("config") or {}
    if hasattr(cls, "from_config"):
        return cls.from_config(config)
    return cls(**serialization.arguments(base, config))
