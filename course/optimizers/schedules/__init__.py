"""Schedules: learning rates that change from step to step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course import lookup, serialization
from course.optimizers.schedules.base import LearningRateSchedule, class_and_config, own_classes
from course.optimizers.schedules.cosine import CosineDecay, CosineDecayRestarts
from course.optimizers.schedules.decay import ExponentialDecay, InverseTimeDecay
from course.optimizers.schedules.one_cycle import OneCycle
from course.optimizers.schedules.piecewise import PiecewiseConstantDecay
from course.optimizers.schedules.polynomial import PolynomialDecay

TABLE: dict[str, type[LearningRateSchedule]] = {
    schedule.__name__: schedule
    for schedule in (
        ExponentialDecay,
        InverseTimeDecay,
        PiecewiseConstantDecay,
        PolynomialDecay,
        CosineDecay,
        CosineDecayRestarts,
        OneCycle,
    )
}


def get(identifier: Any) -> LearningRateSchedule:
    """Return a schedule for an instance or a config.

    Parameters
    ----------
    identifier : LearningRateSchedule or dict
        ``{'class_name': 'CosineDecay', 'config': {...}}``, as :func:`serialize` returns.

    Raises
    ------
    ValueError
        If the class name is unknown; the nearest known one is given.
    TypeError
        If it is something else: a schedule has arguments that no name can stand for.
    """
    if isinstance(identifier, str | type):
        raise TypeError(
            f"schedule must be an instance such as ExponentialDecay(0.1, 100, 0.5), "
            f"got {identifier!r}, which says nothing of its rates and steps."
        )
    return lookup.resolve(identifier, TABLE, "schedule", LearningRateSchedule)


def serialize(schedule: LearningRateSchedule) -> dict[str, Any]:
    """Return ``{'class_name': ..., 'config': ...}`` and Keras' two other entries.

    :func:`get` and :func:`deserialize` understand it, and so does Keras' own where it has the
    class: all but :class:`OneCycle`.
    """
    kind = type(schedule)
    in_keras = kind is not OneCycle and TABLE.get(kind.__name__) is kind
    return {
        "module": "keras.optimizers.schedules" if in_keras else kind.__module__,
        "class_name": kind.__name__,
        "config": schedule.get_config(),
        "registered_name": None if in_keras else serialization.registered_name(kind),
    }


def deserialize(
    config: Mapping[str, Any], custom_objects: Mapping[str, type] | None = None
) -> LearningRateSchedule:
    """Make a schedule from what :func:`serialize`, here or in Keras, returned.

    Parameters
    ----------
    config : dict
        ``{'class_name': 'CosineDecay', 'config': {...}}``.
    custom_objects : dict of str to type, optional
        Schedules of one's own, by name.

    Raises
    ------
    TypeError, ValueError
        If it is no such dict, or the class name is unknown; the nearest known one is given.
    """
    name, arguments = class_and_config("schedule", config)
    own = own_classes(config, custom_objects, LearningRateSchedule)
    kind = lookup.find(name, TABLE | own, "schedule")
    return kind.from_config(arguments)


__all__ = [
    "CosineDecay",
    "CosineDecayRestarts",
    "ExponentialDecay",
    "InverseTimeDecay",
    "LearningRateSchedule",
    "OneCycle",
    "PiecewiseConstantDecay",
    "PolynomialDecay",
    "deserialize",
    "get",
    "serialize",
]
