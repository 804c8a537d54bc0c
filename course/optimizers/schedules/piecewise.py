"""Learning rates that are held, then changed at given steps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from course import checks
from course.optimizers.schedules.base import LearningRateSchedule, step_count


@dataclass
class PiecewiseConstantDecay(LearningRateSchedule):
    """Holds a rate up to and including each boundary::

        η = v₀   where t ≤ b₀,   vᵢ   where bᵢ₋₁ < t ≤ bᵢ,   vₖ   where t > bₖ₋₁

    Parameters
    ----------
    boundaries : sequence of k numbers
        Steps b₀ < b₁ < ..., rising.
    values : sequence of k + 1 floats
        Rates v₀, v₁, ..., each at least 0.
    name : str, optional

    Raises
    ------
    TypeError, ValueError
        If there is not one value more than boundaries, the boundaries do not rise, or a value
        is no number ≥ 0.

    Examples
    --------
    >>> schedule = PiecewiseConstantDecay([100, 200], [0.1, 0.01, 0.001])
    >>> schedule(100), schedule(101)
    (0.1, 0.01)
    """

    boundaries: Sequence[float]
    values: Sequence[float]
    name: str | None = "PiecewiseConstant"

    def __post_init__(self) -> None:
        self.name = checks.text("name", self.name, type(self).name)
        for argument in ("boundaries", "values"):
            if not isinstance(getattr(self, argument), Iterable):
                raise TypeError(
                    f"{argument} must be a list of numbers, got {getattr(self, argument)!r}."
                )
        self.boundaries = [step_count("boundaries", b) for b in self.boundaries]
        self.values = [checks.number("values", v, 0) for v in self.values]
        if len(self.values) != len(self.boundaries) + 1:
            raise ValueError(
                "values must have one element more than boundaries, got "
                f"{len(self.values)} values and {len(self.boundaries)} boundaries."
            )
        if any(a >= b for a, b in pairwise(self.boundaries)):
            raise ValueError(f"boundaries must rise from each to the next, got {self.boundaries}.")

    def __call__(self, step: int) -> float:
        return float(self.values[bisect_left(self.boundaries, step)])
