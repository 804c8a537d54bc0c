"""What every schedule is: a step in, a learning rate out."""

from __future__ import annotations

from collections.abc import Mapping
from math import inf
from typing import Any

import numpy as np

from course import checks, serialization


class LearningRateSchedule:
    """Base class: the learning rate η as a function of the number of steps made so far.

    A subclass is a dataclass with `__call__`.

    Examples
    --------
    >>> from dataclasses import dataclass
    >>> @dataclass
    ... class SquareRoot(LearningRateSchedule):
    ...     initial_learning_rate: float = 0.1
    ...
    ...     def __call__(self, step):
    ...         return self.initial_learning_rate / (1 + step) ** 0.5
    >>> SquareRoot().curve(4).round(3)
    array([0.1  , 0.071, 0.058, 0.05 ])
    """

    def __call__(self, step: int) -> float:
        """Return η for the update after `step` updates; the first update has step 0."""
        raise NotImplementedError(f"{type(self).__name__} must define __call__(step).")

    def curve(self, steps: Any) -> np.ndarray:
        """Return η at many steps, to be plotted.

        Parameters
        ----------
        steps : int or array_like of shape (n,)
            A number n stands for the first n steps, 0, 1, ..., n − 1.

        Returns
        -------
        array of shape (n,), float64
        """
        if np.ndim(steps) == 0:
            steps = range(checks.integer("steps", steps, 0))
        return np.array([self(step) for step in checks.numbers("steps", steps).tolist()], float)

    def get_config(self) -> dict[str, Any]:
        """Return the constructor's arguments."""
        return serialization.made_with(self)

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> LearningRateSchedule:
        """Make a schedule from what :meth:`get_config` returned."""
        return cls(**serialization.arguments(cls, config))


def class_and_config(kind: str, given: Any) -> tuple[str, Mapping[str, Any]]:
    """Return the two parts of what ``serialize`` makes; `kind` is for the error."""
    if isinstance(given, Mapping):
        name, config = given.get("class_name"), given.get("config") or {}
        if isinstance(name, str) and isinstance(config, Mapping):
            return name, config
    raise TypeError(
        f"{kind} must be a dict {{'class_name': name, 'config': dict of arguments}}, "
        f"got {given!r:.200}."
    )


def own_classes(config: Mapping[str, Any], given: Any, base: type) -> dict[str, type]:
    """Return the class of one's own that a config names: given with it, or known by its name."""
    own = dict(given or {})
    name = config["class_name"]
    for known_as in (config.get("registered_name"), name):
        found = serialization.known_by(known_as)
        if isinstance(found, type) and issubclass(found, base):
            own.setdefault(name, found)
    return own


def power(base: float, exponent: float) -> float:
    """Return baseⁿ, infinite where no float is so large: as in a search for the highest rate."""
    try:
        return base**exponent
    except OverflowError:
        return inf


def step_count(name: str, value: Any, **limits: float) -> float:
    """Return `value` as a number of steps: an int where it is a whole one."""
    count = checks.number(name, value, **limits)
    return int(count) if count.is_integer() else count
