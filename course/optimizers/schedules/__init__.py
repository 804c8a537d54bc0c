"""Schedules: learning rates that change from step to step."""

from __future__ import annotations

from typing import Any

from course import lookup
from course.optimizers.schedules.base import LearningRateSchedule
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
    """Return ``{'class_name': ..., 'config': ...}``, which :func:`get` understands."""
    return {"class_name": type(schedule).__name__, "config": schedule.get_config()}


__all__ = [
    "CosineDecay",
    "CosineDecayRestarts",
    "ExponentialDecay",
    "InverseTimeDecay",
    "LearningRateSchedule",
    "OneCycle",
    "PiecewiseConstantDecay",
    "PolynomialDecay",
    "get",
    "serialize",
]
