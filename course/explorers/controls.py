"""What can be moved: a control has a name as in the code, a range and a default.

A control knows nothing of explorers. `check` judges a value that Python code gave, `clean`
tidies one that a slider gave, `sweep` lists what a test has to try, `widget` is the thing
on the screen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from math import log10
from typing import Any

import ipywidgets

from course.checks import integer, number
from course.lookup import nearest

Value = bool | int | float | str | None


@dataclass(frozen=True)
class Control:
    """Base of the controls; each has a `default`.

    Parameters
    ----------
    name : str
        As in the code, e.g. ``learning_rate``.
    label : str
        A few words more, shown when the pointer rests on the control.
    advanced : bool
        Hidden until "all controls" is pressed.
    """

    name: str
    _: KW_ONLY
    label: str = ""
    advanced: bool = False

    def check(self, value: Any) -> Value:
        """Return `value` in its own type, or say what is wrong with it."""
        raise NotImplementedError

    def clean(self, value: Any) -> Value:
        """Return `value`, which the widget gave, without its digits of rounding."""
        return self.check(value)

    def sweep(self) -> tuple[Value, ...]:
        """Return the values that a test tries: both ends and the middle, or all."""
        raise NotImplementedError

    def widget(self, value: Value) -> ipywidgets.DOMWidget:
        """Return a new widget that shows `value`."""
        raise NotImplementedError


@dataclass(frozen=True)
class Slider(Control):
    """A real number from `low` to `high`.

    Parameters
    ----------
    name : str
        As in the code.
    low, high : float
        The ends, both included.
    default : float
        The value to begin with.
    step : float
        Between two positions; from Python, values in between are welcome.
    """

    low: float
    high: float
    default: float
    _: KW_ONLY
    step: float = 0.1

    def check(self, value: Any) -> float:
        return number(self.name, value, self.low, self.high)

    def clean(self, value: Any) -> float:
        return self._inside(round(self.low + self.step * self._position(value), 10))

    def sweep(self) -> tuple[float, ...]:
        middle = self.low + self.step * round(self._position(self.high) / 2)
        return float(self.low), float(self.high), round(middle, 10)

    def widget(self, value: Value) -> ipywidgets.DOMWidget:
        digits = max(0, -int(f"{self.step:e}".split("e")[1]))
        return ipywidgets.FloatSlider(
            value, min=self.low, max=self.high, step=self.step, readout_format=f".{digits}f"
        )

    def _position(self, value: float) -> int:
        return round((value - self.low) / self.step)

    def _inside(self, value: float) -> float:
        return float(min(max(value, self.low), self.high))


@dataclass(frozen=True)
class LogSlider(Slider):
    """A positive number from `low` to `high`, by equal factors: rates, penalties, scales.

    `step` is in decades: with 0.05, twenty positions lead from 0.01 to 0.1. The slider gives
    three significant digits.
    """

    _: KW_ONLY
    step: float = 0.05

    def clean(self, value: Any) -> float:
        return self._inside(float(f"{value:.3g}"))

    def sweep(self) -> tuple[float, ...]:
        middle = (self.low * self.high) ** 0.5
        return float(self.low), float(self.high), self.clean(middle)

    def widget(self, value: Value) -> ipywidgets.DOMWidget:
        # A hair wider than the range: otherwise a rounded logarithm moves the end itself.
        low, high = log10(self.low) - 1e-9, log10(self.high) + 1e-9
        return ipywidgets.FloatLogSlider(
            value, min=low, max=high, step=self.step, readout_format=".3g"
        )


@dataclass(frozen=True)
class IntSlider(Control):
    """A whole number from `low` to `high`."""

    low: int
    high: int
    default: int
    _: KW_ONLY
    step: int = 1

    def check(self, value: Any) -> int:
        number(self.name, integer(self.name, value), self.low, self.high)
        return int(value)

    def sweep(self) -> tuple[int, ...]:
        return self.low, self.high, (self.low + self.high) // 2

    def widget(self, value: Value) -> ipywidgets.DOMWidget:
        return ipywidgets.IntSlider(value, min=self.low, max=self.high, step=self.step)


@dataclass(frozen=True)
class Choice(Control):
    """One of a few values, in a drop-down list; the first one is the default."""

    options: Sequence[Value]
    _: KW_ONLY
    default: Value = ...  # type: ignore[assignment]  # None can be an option

    def __post_init__(self) -> None:
        object.__setattr__(self, "options", tuple(self.options))
        if self.default is ...:
            object.__setattr__(self, "default", self.options[0])

    def check(self, value: Any) -> Value:
        for option in self.options:
            if type(option) is type(value) and option == value:
                return option
        listed = ", ".join(map(repr, self.options))
        hint = nearest(value, list(map(str, self.options))) if isinstance(value, str) else ""
        raise ValueError(f"{self.name} must be one of {listed}, got {value!r}.{hint}")

    def sweep(self) -> tuple[Value, ...]:
        return self.options

    def widget(self, value: Value) -> ipywidgets.DOMWidget:
        return ipywidgets.Dropdown(options=self._labelled(), value=value)

    def _labelled(self) -> list[tuple[str, Value]]:
        return [(str(option), option) for option in self.options]


@dataclass(frozen=True)
class Steps(Choice):
    """A few values in order, on a slider: batch sizes 1, 2, 4, ..., numbers of epochs."""

    def sweep(self) -> tuple[Value, ...]:
        return self.options[0], self.options[-1], self.options[len(self.options) // 2]

    def widget(self, value: Value) -> ipywidgets.DOMWidget:
        return ipywidgets.SelectionSlider(options=self._labelled(), value=value)


@dataclass(frozen=True)
class Toggle(Control):
    """On or off."""

    default: bool = False

    def check(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise TypeError(f"{self.name} must be True or False, got {value!r}.")
        return value

    def sweep(self) -> tuple[bool, ...]:
        return not self.default, self.default

    def widget(self, value: Value) -> ipywidgets.DOMWidget:
        return ipywidgets.Checkbox(value, indent=False)
