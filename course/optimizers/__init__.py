"""Update rules: how a gradient becomes a step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course import lookup, serialization
from course.optimizers import schedules
from course.optimizers.adadelta import Adadelta
from course.optimizers.adagrad import Adagrad
from course.optimizers.adam import Adam
from course.optimizers.adamax import Adamax
from course.optimizers.adamw import AdamW
from course.optimizers.lion import Lion
from course.optimizers.nadam import Nadam
from course.optimizers.optimizer import Optimizer
from course.optimizers.rmsprop import RMSprop
from course.optimizers.schedules.base import class_and_config, own_classes
from course.optimizers.sgd import SGD

TABLE: dict[str, type[Optimizer]] = {
    rule.__name__: rule
    for rule in (SGD, RMSprop, Adam, AdamW, Nadam, Adagrad, Adadelta, Adamax, Lion)
}


def get(identifier: Any) -> Optimizer:
    """Return an optimizer for a name (``'adam'``), a class, a config or an instance.

    Raises
    ------
    ValueError
        If the name is unknown; the nearest known one is given.
    TypeError
        If it is something else.
    """
    if isinstance(identifier, Mapping) and "class_name" in identifier:
        return deserialize(identifier)
    return lookup.resolve(identifier, TABLE, "optimizer", Optimizer)


def serialize(optimizer: Optimizer) -> dict[str, Any]:
    """Return ``{'class_name': ..., 'config': ...}`` and Keras' two other entries.

    :func:`deserialize` understands it, and so does Keras' own where it has the class.
    """
    rule = type(optimizer)
    known = TABLE.get(rule.__name__) is rule
    return {
        "module": "keras.optimizers" if known else rule.__module__,
        "class_name": rule.__name__,
        "config": optimizer.get_config(),
        "registered_name": None if known else serialization.registered_name(rule),
    }


def deserialize(
    config: Mapping[str, Any], custom_objects: Mapping[str, type] | None = None
) -> Optimizer:
    """Make an optimizer from what :func:`serialize`, here or in Keras, returned.

    Parameters
    ----------
    config : dict
        ``{'class_name': 'Adam', 'config': {...}}``.
    custom_objects : dict of str to type, optional
        Optimizers and schedules of one's own, by name.

    Raises
    ------
    TypeError, ValueError
        If it is no such dict, or the class name is unknown; the nearest known one is given.
    """
    name, arguments = class_and_config("optimizer", config)
    own = own_classes(config, custom_objects, Optimizer)
    rule = lookup.find(name, TABLE | own, "optimizer")
    return rule.from_config(arguments, custom_objects)


__all__ = [
    "SGD",
    "Adadelta",
    "Adagrad",
    "Adam",
    "AdamW",
    "Adamax",
    "Lion",
    "Nadam",
    "Optimizer",
    "RMSprop",
    "deserialize",
    "get",
    "schedules",
    "serialize",
]
