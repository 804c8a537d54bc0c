"""Which hyperparameters were declared, under which names and conditions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Self

from course import lookup
from course.tuners.errors import DeclarationError, FatalError
from course.tuners.kinds import Condition, HyperParameter, plain

LISTED = 1000  # the values of a parent with more are not looked through


class Declarations:
    """The hyperparameters of a search space, in the order of their declaration.

    Attributes
    ----------
    space : list of HyperParameter
        All of them. A name may occur several times, under different conditions.
    values : dict of str to value
        Decide which conditions hold.
    scopes : dict of tuple of Condition to bool
        The conditional scopes that were entered, and whether one was active.
    declared : set of str
        The names declared since the values were last cleared.
    overriding : frozenset of str
        Names whose range stays what it is when they are declared with another.
    is_closed : bool
        Whether to refuse new ones.
    """

    def __init__(self) -> None:
        self.space: list[HyperParameter] = []
        self.values: dict[str, Any] = {}
        self.scopes: dict[tuple[Condition, ...], bool] = {}
        self.declared: set[str] = set()
        self.overriding: frozenset[str] = frozenset()
        self.is_closed = False
        self._names: list[str] = []
        self._conditions: list[Condition] = []

    @contextmanager
    def name_scope(self, name: str) -> Iterator[None]:
        """Within the block, put ``name/`` before every name."""
        self._names.append(_text(name))
        try:
            yield
        finally:
            self._names.pop()

    @contextmanager
    def conditional_scope(self, parent_name: str, parent_values: Any) -> Iterator[None]:
        """Within the block, what is declared is active only where the parent has such a value.

        The code in the block runs in any case; a declaration returns None where it is inactive.

        Parameters
        ----------
        parent_name : str
            Declared before.
        parent_values : list, or a single value
            Those of the parent that make it active.

        Raises
        ------
        ValueError
            If there is no such parent, or it never has one of these values.
        """
        several = isinstance(parent_values, Iterable) and not isinstance(parent_values, str)
        wanted = tuple(map(plain, parent_values if several else (parent_values,)))
        condition = Condition(self._full_name(parent_name), wanted)
        self._check_parent(condition)
        self._conditions.append(condition)
        here = tuple(self._conditions)
        self.scopes[here] = self.scopes.get(here, False) or self._hold(here)
        try:
            yield
        finally:
            self._conditions.pop()

    def _check_parent(self, condition: Condition) -> None:
        parents = [p for p in self.space if p.name == condition.name]
        if not parents:
            known = list(dict.fromkeys(p.name for p in self.space))
            raise ValueError(
                f"conditional_scope: there is no hyperparameter {condition.name!r}."
                f"{lookup.nearest(condition.name, known)} Declare it before the block."
            )
        if any(p.size > LISTED for p in parents):
            return
        possible = [v for p in parents for v in p.values]
        for value in condition.values:
            if value not in possible:
                few = f"{possible[:20]}"[:-1] + (", ...]" if len(possible) > 20 else "]")
                raise ValueError(
                    f"conditional_scope: {condition.name!r} never is {value!r}; its values are "
                    f"{few}."
                )

    def declare(self, parameter: HyperParameter) -> HyperParameter:
        """Return the hyperparameter of that name and conditions, which is new or has its range."""
        known = self.find(parameter.name, parameter.conditions)
        self.declared.add(parameter.name)
        if known is None:
            if self.is_closed:
                raise FatalError(
                    f"The model asks for {parameter.name!r}, which is not among the given "
                    "hyperparameters, and allow_new_entries is False."
                )
            self.space.append(parameter)
            return parameter
        if known.name not in self.overriding and not known.is_like(parameter):
            raise DeclarationError(
                f"{parameter.name!r} was declared as {known.described()}, and now as "
                f"{parameter.described()}. A hyperparameter has one range, which depends on no "
                "other; give the second one a name of its own."
            )
        return known

    def find(self, name: str, conditions: tuple[Condition, ...]) -> HyperParameter | None:
        """Return the hyperparameter that was declared so, or None."""
        for parameter in self.space:
            if parameter.name == name and parameter.conditions == conditions:
                return parameter
        return None

    def is_active(self, parameter: HyperParameter | str) -> bool:
        """Whether all conditions of a hyperparameter, or of one of a name, hold now."""
        if isinstance(parameter, HyperParameter):
            return self._hold(parameter.conditions)
        return any(self._hold(p.conditions) for p in self.space if p.name == parameter)

    def _hold(self, conditions: Iterable[Condition]) -> bool:
        return all(condition.holds(self.values) for condition in conditions)

    def _full_name(self, name: str) -> str:
        return "/".join([*self._names, _text(name)])

    def merge(self, others: Self | Iterable[HyperParameter]) -> None:
        """Declare those of `others` that are new here."""
        for parameter in others.space if isinstance(others, Declarations) else others:
            if self.find(parameter.name, parameter.conditions) is None:
                self.space.append(parameter)


def _text(name: Any) -> str:
    """Return the name of a hyperparameter, or of a scope, if it is one."""
    if not isinstance(name, str):
        raise TypeError(f"The name of a hyperparameter must be a text, got {name!r}.")
    return name
