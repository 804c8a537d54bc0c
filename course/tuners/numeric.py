"""Hyperparameters that are numbers in a range: sampling, steps, and values that are exact."""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property
from typing import Any

from course import checks
from course.tuners.kinds import Condition, HyperParameter, plain

SAMPLINGS = ("linear", "log", "reverse_log")
# A grid tries this many values of a range without a step, and its default.
GRID = 10
# So many values can be listed, or computed as powers of a step; and so many be told apart.
LISTED, COUNTED = 100_000, 2**53


class Numeric(HyperParameter):
    """Base of `Int` and `Float`: a number in [min_value, max_value], both ends included.

    With a = min_value and b = max_value, u in [0, 1] stands for::

        linear         a + u (b - a)
        log            a (b / a)^u                   as many below the geometric mean as above
        reverse_log    a + b - a (b / a)^(1 - u)     finer towards the end of the range

    With a step the values are a, a + step, a + 2 step, ... for linear sampling,
    a, a·step, a·step², ... for log, and those mirrored, a + b - aⱼ, for reverse_log; each is as
    likely as the others. They are computed in fractions: ``Float('rate', 0, 0.5, step=0.1)`` has
    the values 0, 0.1, 0.2, 0.3, 0.4 and 0.5, where KerasTuner has 0.30000000000000004 and may
    miss 0.5.

    Parameters
    ----------
    name, conditions
        See :class:`~course.tuners.kinds.HyperParameter`.
    min_value, max_value : number
        The range.
    step : number, optional
        Above 0 for linear sampling, above 1 for the others.
    sampling : {'linear', 'log', 'reverse_log'}
        How u becomes a value; those with logarithms need ``min_value > 0``.
    default : number, optional
        One of the values; the least by default.
    """

    arguments = ("min_value", "max_value", "step", "sampling")
    close: Fraction

    def __init__(
        self,
        name: str,
        min_value: Any,
        max_value: Any,
        step: Any = None,
        sampling: str | None = "linear",
        default: Any = None,
        conditions: Iterable[Condition] = (),
    ) -> None:
        super().__init__(name, default, conditions)
        label = self.label
        self.min_value = self._number("min_value", min_value)
        self.max_value = self._number("max_value", max_value)
        self.sampling = checks.one_of(f"{label}: sampling", _lower(sampling), SAMPLINGS)
        if self.min_value > self.max_value:
            raise ValueError(
                f"{label}: min_value={self.min_value} is above max_value={self.max_value}."
            )
        if self.sampling != "linear" and self.min_value <= 0:
            raise ValueError(
                f"{label}: sampling={self.sampling!r} takes logarithms and needs min_value above "
                f"0, got {self.min_value}."
            )
        self.step = None if step is None else self._checked_step(step)
        self._count = self._count_steps() if self.step is not None else None
        self.default = self._default(default)

    def _number(self, argument: str, value: Any) -> Any:
        return checks.number(f"{self.label}: {argument}", plain(value))

    def _checked_step(self, step: Any) -> Any:
        least = 0 if self.sampling == "linear" else 1
        step = self._number("step", step)
        checks.number(f"{self.label}: step", step, above=least)
        return step

    def _default(self, default: Any) -> Any:
        if default is None:
            return self._step_value(0) if self.step is not None else self.min_value
        default = self._number("default", default)
        if not self.min_value <= default <= self.max_value:
            raise ValueError(
                f"{self.label}: default={default} lies outside [{self.min_value}, "
                f"{self.max_value}]."
            )
        if self.step is not None and default != (near := self._step_value(self._index(default))):
            raise ValueError(
                f"{self.label}: default={default} is no step of {self.step} from "
                f"{self.min_value}; the nearest value is {near}."
            )
        return default

    # -- values on steps -----------------------------------------------------------------------

    def _count_steps(self) -> int:
        a, b, step = _exact(self.min_value), _exact(self.max_value), _exact(self.step)
        if self.sampling == "linear":
            return self._check_count((b - a + self.close * step) // step + 1, COUNTED)
        b *= 1 + self.close
        steps = self._check_count(int((math.log(b) - math.log(a)) / math.log(self.step)), LISTED)
        # the logarithm may be a last digit off on either side
        steps += a * step ** (steps + 1) <= b
        steps -= a * step**steps > b
        return steps + 1

    def _check_count(self, count: int, most: int) -> int:
        if count > most:
            raise ValueError(
                f"{self.label}: step={self.step} makes more than {most:,} values. Give a larger "
                "one."
            )
        return count

    def _step_value(self, index: int) -> Any:
        """Return the value `index` steps up from the least."""
        a, b, step = _exact(self.min_value), _exact(self.max_value), _exact(self.step)
        if self.sampling == "linear":
            value = _arrived(a + index * step, b, self.close * step)
        elif self.sampling == "log":
            value = _arrived(a * step**index, b, self.close * b)
        else:
            value = a + b - _arrived(a * step ** (self._count - 1 - index), b, self.close * b)
        return type(self.min_value)(value)

    def _index(self, value: Any) -> int:
        """Return how many steps up from the least the value nearest to `value` is."""
        if self.sampling == "linear":
            return min(round((value - self.min_value) / self.step), self._count - 1)
        power = value if self.sampling == "log" else self.min_value + self.max_value - value
        index = round(math.log(power / self.min_value) / math.log(self.step))
        index = index if self.sampling == "log" else self._count - 1 - index
        nearby = range(max(index - 1, 0), min(index + 2, self._count))
        return min(nearby, key=lambda index: abs(self._step_value(index) - value))

    @property
    def values(self) -> tuple[Any, ...]:
        if self.step is None:
            return (self.min_value,) if self.size == 1 else super().values
        return self._step_values

    @cached_property
    def _step_values(self) -> tuple[Any, ...]:
        return tuple(map(self._step_value, range(self._count)))

    @property
    def size(self) -> float:
        if self.step is None:
            return 1 if self.min_value == self.max_value else math.inf
        return self._count

    # -- the unit interval ---------------------------------------------------------------------

    def from_unit(self, u: float) -> Any:
        u = float(u)  # no NumPy number becomes a value
        if self.step is not None:
            return self._step_value(min(int(u * self._count), self._count - 1))
        return min(max(self._curve(u, self.max_value), self.min_value), self.max_value)

    def to_unit(self, value: Any) -> float:
        if self.step is not None:
            return (self._index(value) + 0.5) / self._count
        return self._inverse(value, self.max_value)

    def _curve(self, u: float, b: float) -> float:
        a = self.min_value
        if self.sampling == "linear":
            return a + u * (b - a)
        if self.sampling == "log":
            return a * (b / a) ** u
        return a + b - a * (b / a) ** (1 - u)

    def _inverse(self, value: float, b: float) -> float:
        a = self.min_value
        if a == b:
            return 0.5
        if self.sampling == "linear":
            return (value - a) / (b - a)
        if self.sampling == "log":
            return math.log(value / a) / math.log(b / a)
        return 1 - math.log((a + b - value) / a) / math.log(b / a)

    def takes(self, value: Any) -> bool:
        return type(value) in (int, float) and self.min_value <= value <= self.max_value

    @property
    def grid(self) -> tuple[Any, ...]:
        if self.step is not None:
            self._check_count(self._count, LISTED)
            return super().grid
        spread = dict.fromkeys(self.from_unit((i + 0.5) / GRID) for i in range(GRID))
        return (self.default, *(v for v in spread if v != self.default))


class Float(Numeric):
    """A real number; see :class:`Numeric`. A grid tries the default and ten values without step."""

    min_value: float
    max_value: float
    # a step that was rounded, such as the square root of ten, reaches the end all the same
    close = Fraction(1, 10**9)


class Int(Numeric):
    """A whole number; see :class:`Numeric`. The step is 1 for linear sampling."""

    min_value: int
    max_value: int
    close = Fraction(0)

    def __init__(
        self,
        name: str,
        min_value: int,
        max_value: int,
        step: int | None = None,
        sampling: str | None = "linear",
        default: int | None = None,
        conditions: Iterable[Condition] = (),
    ) -> None:
        if step is None and isinstance(sampling, str | None) and _lower(sampling) == "linear":
            step = 1
        super().__init__(name, min_value, max_value, step, sampling, default, conditions)

    def _number(self, argument: str, value: Any) -> int:
        value = plain(value)
        is_whole = isinstance(value, float) and value.is_integer()
        value = checks.integer(f"{self.label}: {argument}", int(value) if is_whole else value)
        if abs(value) > COUNTED:
            raise ValueError(f"{self.label}: {argument} must be at most 2**53, got {value!r:.30}.")
        return value

    @property
    def size(self) -> int:
        return self.max_value - self.min_value + 1 if self.step is None else self._count

    @property
    def values(self) -> tuple[int, ...]:
        if self.step is None:
            return tuple(range(self.min_value, self.max_value + 1))
        return super().values

    def takes(self, value: Any) -> bool:
        return type(value) is int and super().takes(value)

    def from_unit(self, u: float) -> int:
        if self.step is not None:
            return super().from_unit(u)
        # each whole number k has the piece from k to k + 1 of the range up to b + 1
        return min(max(int(self._curve(u, self.max_value + 1)), self.min_value), self.max_value)

    def to_unit(self, value: int) -> float:
        if self.step is not None:
            return super().to_unit(value)
        return self._inverse(value + 0.5, self.max_value + 1)


def _lower(sampling: Any) -> Any:
    """Return the name of a sampling as it is told here; None is linear."""
    return "linear" if sampling is None else getattr(sampling, "lower", lambda: sampling)()


def _arrived(value: Fraction, end: Fraction, close: Fraction) -> Fraction:
    """Return `end` where `value` is that close to it."""
    return end if abs(value - end) <= close else value


def _exact(number: float) -> Fraction:
    """Return what was written: 0.1 is a tenth, not the float next to it."""
    return Fraction(repr(number))
