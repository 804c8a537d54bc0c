"""Configurations as points of the unit cube, for strategies that measure distances."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from math import prod
from typing import Any

import numpy as np

from course.tuners.kinds import Boolean, Choice, Condition, HyperParameter
from course.tuners.space import Space

LEVELS = 128  # with more values than that, a hyperparameter is treated as continuous


class Encoding:
    """A column for each hyperparameter, with its value's place in [0, 1].

    What is inactive, or was not asked for, stands at its default: configurations that differ in
    nothing that was used are the same point.

    Parameters
    ----------
    space : Space

    Attributes
    ----------
    parameters : list of HyperParameter
        One a column; d of them.
    is_searched : array of bool of shape (d,)
        False where there is one value only, or only the default is wanted.
    categorical : array of bool of shape (d,)
        True for texts, booleans, and other choices without an order.
    """

    def __init__(self, space: Space) -> None:
        self.space = space
        self.parameters = list(space.parameters)
        self.is_searched = np.array([_is_searched(p, space) for p in self.parameters], bool)
        self.categorical = np.array([_is_categorical(p) for p in self.parameters], bool)
        self._column = {(p.name, p.conditions): j for j, p in enumerate(self.parameters)}
        self._places = [_places(p) for p in self.parameters]
        self._default = np.array([p.to_unit(p.default) for p in self.parameters], float)

    def encode(self, configuration: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
        """Return the point of a configuration, and which of its columns the configuration uses.

        Returns
        -------
        point : array of shape (d,)
        used : array of bool of shape (d,)
        """
        point, used = self._default.copy(), np.zeros(len(self.parameters), bool)
        for j, p in enumerate(self.parameters):
            if p.name in configuration and self.space.is_active(p, configuration):
                point[j], used[j] = p.to_unit(configuration[p.name]), True
        return point, used

    def chooser(self, point: np.ndarray, rng: np.random.Generator) -> Callable[..., Any]:
        """Return what `Space.walk` asks: the values at `point`, random ones where it has none."""

        def choose(p: HyperParameter, before: Mapping[str, Any]) -> Any:
            j = self._column.get((p.name, p.conditions))
            return p.from_unit(rng.random() if j is None else float(point[j]))

        return choose

    def snap(self, points: np.ndarray) -> np.ndarray:
        """Return the nearest points that stand for values, inactive columns at their default.

        Parameters
        ----------
        points : array of shape (n, d)
        """
        points = np.clip(points, 0, 1)
        for j, places in enumerate(self._places):
            if not self.is_searched[j]:
                points[:, j] = self._default[j]
            elif places:
                centres = np.array(list(places.values()))
                middles = (centres[1:] + centres[:-1]) / 2
                points[:, j] = centres[np.searchsorted(middles, points[:, j])]
        return np.where(self._active(points), points, self._default)

    def random(self, n: int, rng: np.random.Generator) -> np.ndarray:
        """Return `n` random points, as the sampling of each hyperparameter says."""
        return self.snap(rng.random((n, len(self.parameters))))

    def neighbours(
        self, points: np.ndarray, radius: float, n: int, rng: np.random.Generator
    ) -> np.ndarray:
        """Return `n` points near each of `points`, of shape (m, d): an array of shape (m·n, d).

        Some columns stay. Others move by a normal step of standard deviation `radius`, by one
        value at least; categories are drawn anew.
        """
        points = np.repeat(points, n, axis=0)
        step = radius * rng.standard_normal(points.shape)
        least = np.array([1 / len(places) if places else 0.0 for places in self._places])
        step = np.sign(step) * np.maximum(np.abs(step), least)
        moved = np.where(self.categorical, rng.random(points.shape), points + step)
        share = max(0.3, 1.5 / max(1, self.is_searched.sum()))
        return self.snap(np.where(rng.random(points.shape) < share, moved, points))

    def everything(self, limit: int) -> np.ndarray | None:
        """Return all points there are; None where they are, or may be, more than `limit`."""
        sizes = [p.size for p, yes in zip(self.parameters, self.is_searched, strict=True) if yes]
        if prod(sizes) > limit or max(sizes, default=1) > LEVELS:
            return None
        columns = [
            list(places.values()) if is_searched and places else [default]
            for places, is_searched, default in zip(
                self._places, self.is_searched, self._default, strict=True
            )
        ]
        return np.unique(self.snap(np.array(list(product(*columns)))), axis=0)

    def _active(self, points: np.ndarray) -> np.ndarray:
        """Return which columns are active at each point, parents before children."""
        active = np.ones(points.shape, bool)
        for j, p in enumerate(self.parameters):
            for condition in p.conditions:
                active[:, j] &= self._holds(condition, points, active)
        return active

    def _holds(self, condition: Condition, points: np.ndarray, active: np.ndarray) -> np.ndarray:
        holds = np.zeros(len(points), bool)
        for j, p in enumerate(self.parameters):
            if p.name == condition.name:
                wanted = [self._places[j][v] for v in condition.values if v in self._places[j]]
                holds |= active[:, j] & np.isin(points[:, j], wanted)
        return holds


def _places(p: HyperParameter) -> dict[Any, float]:
    """Return each value's place in [0, 1]; nothing where there are too many of them."""
    return {value: p.to_unit(value) for value in p.values} if p.size <= LEVELS else {}


def _is_categorical(p: HyperParameter) -> bool:
    return isinstance(p, Boolean) or (isinstance(p, Choice) and not p.ordered)


def _is_searched(p: HyperParameter, space: Space) -> bool:
    return p.size > 1 and (space.tunes_new or p.name in space.known.overriding)
