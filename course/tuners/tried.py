"""Configurations as paths in a tree of decisions: what was tried, and what is left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from course.tuners.kinds import HyperParameter
from course.tuners.space import Space

# After so many values that lead nowhere new, those that do are listed.
DRAWS = 100


class Node:
    """A decision that configurations share: the hyperparameter asked for, and its branches."""

    __slots__ = ("branches", "done", "name")

    def __init__(self) -> None:
        self.name: str | None = None
        self.branches: dict[Any, Node] = {}
        self.done: bool | None = None


class Tried:
    """The tree of all configurations that were tried, pending ones included.

    A branch is done when every value of the next decision in it was tried, and everything
    below is done. So both searches that never repeat themselves are one walk: at each decision
    take a value whose branch is not done, a random one or the first of the grid.

    Parameters
    ----------
    configurations : iterable of dict
        Values by name, in the order in which the model asked for them.
    space : Space
        Knows which values there are.
    grid : bool, default False
        Whether only the values that a grid search tries count.
    """

    def __init__(
        self, configurations: Iterable[Mapping[str, Any]], space: Space, grid: bool = False
    ) -> None:
        self._space, self._grid = space, grid
        self._root = Node()
        self._is_empty = True
        for configuration in configurations:
            self._add(configuration)

    def _add(self, configuration: Mapping[str, Any]) -> None:
        self._is_empty = False
        node = self._root
        for name, value in configuration.items():
            node.name = name
            node = node.branches.setdefault(value, Node())

    def __contains__(self, configuration: Mapping[str, Any]) -> bool:
        node = self._at(configuration)
        return not self._is_empty and node is not None and node.name is None

    def _at(self, before: Mapping[str, Any]) -> Node | None:
        node: Node | None = self._root
        for name, value in before.items():
            if node is None or node.name != name:
                return None
            node = node.branches.get(value)
        return node

    def all_done(self) -> bool:
        """Whether there is nothing new in the whole space."""
        return not self._is_empty and self._done(self._root, {})

    def is_done(self, before: Mapping[str, Any], name: str, value: Any) -> bool:
        """Whether nothing new is left below one value of the decision after `before`."""
        node = self._at(before)
        if node is None or node.name != name or value not in node.branches:
            return False
        return self._done(node.branches[value], {**before, name: value})

    def _done(self, node: Node, before: dict[str, Any]) -> bool:
        if node.done is None:
            node.done = node.name is None or self._all_branches_done(node, before)
        return node.done

    def _all_branches_done(self, node: Node, before: dict[str, Any]) -> bool:
        parameter = self._space.find(node.name, before)
        branches = node.branches
        if parameter is not None and self._grid:
            grid = parameter.grid
            branches = {value: branches[value] for value in grid if value in branches}
            missing = len(grid) - len(branches)
        else:
            missing = 0 if parameter is None else parameter.size - len(branches)
        return missing <= 0 and all(
            self._done(branch, {**before, node.name: value}) for value, branch in branches.items()
        )

    def draw(
        self, parameter: HyperParameter, before: Mapping[str, Any], rng: np.random.Generator
    ) -> Any:
        """Return a random value below which something new is left, if there is one."""
        for _ in range(DRAWS):
            value = parameter.from_unit(rng.random())
            if not self.is_done(before, parameter.name, value):
                return value
        left = [v for v in parameter.values if not self.is_done(before, parameter.name, v)]
        return left[int(rng.integers(len(left)))] if left else value

    def first(self, parameter: HyperParameter, before: Mapping[str, Any]) -> Any:
        """Return the first value of the grid below which something new is left."""
        for value in parameter.grid:
            if not self.is_done(before, parameter.name, value):
                return value
        return parameter.default
