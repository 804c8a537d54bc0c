"""Constraints: what weights may be after each step."""

from __future__ import annotations

from typing import Any

from course import lookup, serialization
from course.constraints.base import Constraint
from course.constraints.non_neg import NonNeg
from course.constraints.norms import MaxNorm, MinMaxNorm, UnitNorm

max_norm = MaxNorm
non_neg = NonNeg
unit_norm = UnitNorm
min_max_norm = MinMaxNorm

TABLE: dict[str, type[Constraint]] = {
    "max_norm": MaxNorm,
    "non_neg": NonNeg,
    "unit_norm": UnitNorm,
    "min_max_norm": MinMaxNorm,
    "MaxNorm": MaxNorm,
    "NonNeg": NonNeg,
    "UnitNorm": UnitNorm,
    "MinMaxNorm": MinMaxNorm,
}


def get(identifier: Any) -> Any:
    """Return a constraint for a name, a class, a config, an instance or a function.

    Parameters
    ----------
    identifier : str, type, dict, Constraint, callable or None
        ``'max_norm'``, ``MaxNorm``, ``MaxNorm(3)``, ``{'class_name': 'MaxNorm', 'config':
        {'max_value': 3}}``, a function from array to array of the same shape, or None, which
        is returned as it is.

    Raises
    ------
    ValueError
        If the name is unknown; the nearest known one is given.
    TypeError
        If it is something else.
    """
    identifier = serialization.custom(identifier)
    if identifier is None or (callable(identifier) and not isinstance(identifier, type)):
        return identifier
    return lookup.resolve(identifier, TABLE, "constraint", Constraint)


def serialize(constraint: Any) -> dict[str, Any] | None:
    """Return an entry for a file, see :mod:`course.serialization`, or None for None."""
    if constraint is None:
        return None
    return serialization.entry(constraint, "keras.constraints", TABLE)


def deserialize(config: Any, custom_objects: dict[str, Any] | None = None) -> Any:
    """Return the constraint that :func:`serialize`, here or in Keras, described.

    Parameters
    ----------
    config : dict, str or None
        What `serialize` returned.
    custom_objects : dict of str to object, optional
        Classes and functions of one's own, by name.
    """
    with serialization.custom_object_scope(custom_objects):
        return get(config)


__all__ = [
    "Constraint",
    "MaxNorm",
    "MinMaxNorm",
    "NonNeg",
    "UnitNorm",
    "deserialize",
    "get",
    "max_norm",
    "min_max_norm",
    "non_neg",
    "serialize",
    "unit_norm",
]
