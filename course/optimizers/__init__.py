"""Update rules: how a gradient becomes a step."""

from __future__ import annotations

from typing import Any

from course import lookup
from course.optimizers import schedules
from course.optimizers.adam import Adam
from course.optimizers.optimizer import Optimizer
from course.optimizers.rmsprop import RMSprop
from course.optimizers.sgd import SGD

TABLE: dict[str, type[Optimizer]] = {c.__name__: c for c in (SGD, RMSprop, Adam)}


def get(identifier: Any) -> Optimizer:
    """Return an optimizer for a name (``'adam'``), a class, a config or an instance."""
    return lookup.resolve(identifier, TABLE, "optimizer", Optimizer)


__all__ = ["SGD", "Adam", "Optimizer", "RMSprop", "get", "schedules"]
