"""One hyperparameter: its name, the values it can take, and when it is active."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, NamedTuple

import numpy as np

from course import checks

SCALARS = (bool, int, float, str)


class Condition(NamedTuple):
    """Holds where the hyperparameter `name` has one of `values`."""

    name: str
    values: tuple[Any, ...]

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether it holds among `values`, by name; what has no value is inactive."""
        return self.name in values and values[self.name] in self.values


class HyperParameter:
    """Base class: a name, a default, and conditions that must all hold.

    A subclass gives `size`, `values`, `from_unit` and `to_unit`. The last two connect its values
    with the interval [0, 1], cut into pieces of equal length where the values are finite: a
    uniform number u in it makes a random value, and a search strategy sees numbers only.

    Parameters
    ----------
    name : str
        Its key in `HyperParameters.values`.
    default : bool, int, float or str
        What it is where nothing chooses.
    conditions : sequence of Condition
        When it is active.

    Attributes
    ----------
    size : int or float
        The number of values, infinite for a `Float` without step.
    values : tuple
        All of them in order, where there are finitely many.
    """

    size: float
    arguments: ClassVar[tuple[str, ...]] = ()

    def __init__(self, name: str, default: Any, conditions: Iterable[Condition] = ()) -> None:
        if not isinstance(name, str) or not name:
            raise TypeError(f"The name of a hyperparameter must be a text, got {name!r}.")
        self.name = name
        self.default = default
        self.conditions = tuple(Condition(c[0], tuple(c[1])) for c in conditions)

    @property
    def label(self) -> str:
        """How errors call it: ``Int 'units'``."""
        return f"{type(self).__name__} {self.name!r}"

    @property
    def values(self) -> tuple[Any, ...]:
        raise NotImplementedError(f"{self.label} has no list of its values.")

    @property
    def grid(self) -> tuple[Any, ...]:
        """The values that a grid search tries: the default, then the others in order."""
        return (self.default, *(v for v in self.values if v != self.default))

    def from_unit(self, u: float) -> Any:
        """Return the value at `u` in [0, 1]; a uniform `u` gives a random value."""
        values = self.values
        return values[min(int(u * len(values)), len(values) - 1)]

    def to_unit(self, value: Any) -> float:
        """Return where `value` lies in [0, 1]: in the middle of its piece where it has one."""
        return (self.values.index(value) + 0.5) / len(self.values)

    def takes(self, value: Any) -> bool:
        """Whether it can be `value`, which may come from a file."""
        return _is_among(value, self.values)

    def is_like(self, other: HyperParameter) -> bool:
        """Whether both take the same values; their defaults may differ."""
        return type(self) is type(other) and self._range() == other._range()

    def _range(self) -> dict[str, Any]:
        return {key: getattr(self, key) for key in self.arguments}

    def described(self) -> str:
        """The values in words, for errors and summaries: ``units: Int from 8 to 64``."""
        details = ", ".join(f"{key}={value!r}" for key, value in self._range().items())
        return f"{type(self).__name__}({details})"

    def get_config(self) -> dict[str, Any]:
        """Return the arguments that make it again, in types that JSON has."""
        conditions = [[c.name, list(c.values)] for c in self.conditions]
        own = {k: list(v) if isinstance(v, tuple) else v for k, v in self._range().items()}
        return {"name": self.name, "default": self.default, "conditions": conditions, **own}

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> HyperParameter:
        """Make it of what :meth:`get_config` returned."""
        return cls(**config)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(name={self.name!r}, default={self.default!r}, " + (
            ", ".join(f"{key}={value!r}" for key, value in self._range().items()) + ")"
        )


class Choice(HyperParameter):
    """One of several values of one type.

    Parameters
    ----------
    name, default, conditions
        See :class:`HyperParameter`; the default is the first value unless given.
    values : sequence of bool, int, float or str
        At least one, none of them twice, all of one type, which they keep: booleans stay booleans.
    ordered : bool, optional
        Whether neighbours in the list are alike; True for numbers unless given.
    """

    arguments = ("values", "ordered")

    def __init__(
        self,
        name: str,
        values: Sequence[Any],
        ordered: bool | None = None,
        default: Any = None,
        conditions: Iterable[Condition] = (),
    ) -> None:
        super().__init__(name, default, conditions)
        self._values = self._checked(values)
        is_number = type(self._values[0]) in (int, float)
        self.ordered = is_number
        if ordered is not None:
            self.ordered = checks.flag(f"{self.label}: ordered", ordered)
        if self.ordered and not is_number:
            raise ValueError(f"{self.label}: only numbers can be ordered=True, got {values!r}.")
        self.default = self._values[0] if default is None else plain(default)
        if not _is_among(self.default, self._values):
            raise ValueError(f"{self.label}: default={default!r} is not one of {self._values}.")

    def _checked(self, values: Any) -> tuple[Any, ...]:
        if isinstance(values, str) or not isinstance(values, Iterable):
            raise TypeError(f"{self.label}: values must be a list, got {values!r}.")
        listed = tuple(plain(v) for v in values)
        if not listed:
            raise ValueError(f"{self.label}: values is empty; give at least one.")
        kinds = {type(v) for v in listed}
        if not kinds <= set(SCALARS):
            raise TypeError(
                f"{self.label}: values must be numbers, booleans or texts, got {listed}. Choose "
                "among names, and look the object up in a dict."
            )
        if len(kinds) > 1:
            names = ", ".join(sorted(kind.__name__ for kind in kinds))
            raise TypeError(f"{self.label}: values must be of one type, got {listed} ({names}).")
        if any(v != v for v in listed):
            raise ValueError(f"{self.label}: NaN cannot be chosen, got {listed}.")
        if len(set(listed)) < len(listed):
            raise ValueError(f"{self.label}: a value is given twice in {listed}.")
        return listed

    @property
    def size(self) -> int:
        return len(self._values)

    @property
    def values(self) -> tuple[Any, ...]:
        return self._values


class Boolean(HyperParameter):
    """False or True.

    Parameters
    ----------
    name, conditions
        See :class:`HyperParameter`.
    default : bool, default False
    """

    size = 2
    values = (False, True)

    def __init__(
        self, name: str, default: bool = False, conditions: Iterable[Condition] = ()
    ) -> None:
        super().__init__(name, plain(default), conditions)
        if not isinstance(self.default, bool):
            raise TypeError(f"{self.label}: default must be True or False, got {default!r}.")


class Fixed(HyperParameter):
    """A value that is not searched.

    Parameters
    ----------
    name, conditions
        See :class:`HyperParameter`.
    value : bool, int, float, str or None
        What JSON has, so that it can be stored with the trials.
    default
        The same; in configs only.
    """

    size = 1
    arguments = ("value",)

    def __init__(
        self, name: str, value: Any, conditions: Iterable[Condition] = (), default: Any = None
    ) -> None:
        super().__init__(name, plain(value), conditions)
        self.value = self.default
        if not isinstance(self.value, (*SCALARS, type(None))):
            raise TypeError(
                f"{self.label}: value must be a number, a boolean, a text or None, got {value!r}."
            )

    @property
    def values(self) -> tuple[Any, ...]:
        return (self.value,)


def plain(value: Any) -> Any:
    """Return a NumPy scalar as the Python number that it stands for."""
    return value.item() if isinstance(value, np.generic) else value


def _is_among(value: Any, values: tuple[Any, ...]) -> bool:
    return any(value == v and type(value) is type(v) for v in values)
