"""Regularizers: penalties that keep weights, or outputs, small."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from course import lookup, serialization
from course.regularizers.base import Regularizer
from course.regularizers.penalties import L1, L1L2, L2, l1, l1_l2, l2

_UNDEFINED = Regularizer.gradient

# By name alone both penalties apply, where the class, as in Keras, starts from none.
_both = partial(L1L2, l1=0.01, l2=0.01)

TABLE: dict[str, Callable[..., Regularizer]] = {
    "l1": L1,
    "l2": L2,
    "l1_l2": _both,
    "l1l2": _both,
    "L1": L1,
    "L2": L2,
    "L1L2": L1L2,
}


def get(identifier: Any) -> Any:
    """Return a regularizer for a name, a class, a config or an instance; None for None.

    Parameters
    ----------
    identifier : str, type, dict, Regularizer, object or None
        ``'l2'``, ``L2``, ``L2(0.001)``, ``{'class_name': 'L2', 'config': {'l2': 0.001}}``, or
        any object that can be called, ``penalty(w) -> float``, and has
        ``gradient(w) -> array``.

    Raises
    ------
    ValueError
        If the name is unknown; the nearest known one is given.
    TypeError
        If it is something else; a penalty of one's own needs its gradient.
    """
    identifier = serialization.custom(identifier)
    if identifier is None or _is_custom(identifier):
        return identifier
    if isinstance(identifier, type | str | Mapping) or not callable(identifier):
        return get(lookup.resolve(identifier, TABLE, "regularizer", Regularizer))
    name = getattr(identifier, "__name__", type(identifier).__name__)
    raise TypeError(
        f"regularizer {name} has no gradient. Write a class that inherits from "
        "regularizers.Regularizer, with __call__(w), the penalty, and gradient(w), its "
        "derivative in the shape of w, and give an instance of it."
    )


def serialize(regularizer: Any) -> dict[str, Any] | None:
    """Return an entry for a file, see :mod:`course.serialization`, or None for None."""
    if regularizer is None:
        return None
    return serialization.entry(regularizer, "keras.regularizers", TABLE)


def deserialize(config: Any, custom_objects: dict[str, Any] | None = None) -> Any:
    """Return the regularizer that :func:`serialize`, here or in Keras, described.

    Parameters
    ----------
    config : dict, str or None
        What `serialize` returned.
    custom_objects : dict of str to object, optional
        Classes and functions of one's own, by name.
    """
    with serialization.custom_object_scope(custom_objects):
        return get(config)


def _is_custom(identifier: Any) -> bool:
    gradient = getattr(identifier, "gradient", None)
    is_given = callable(gradient) and getattr(gradient, "__func__", None) is not _UNDEFINED
    return callable(identifier) and is_given and not isinstance(identifier, type)


__all__ = [
    "L1",
    "L1L2",
    "L2",
    "Regularizer",
    "deserialize",
    "get",
    "l1",
    "l1_l2",
    "l2",
    "serialize",
]
