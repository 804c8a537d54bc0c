"""Learning rates that fall along a straight line or a power of one."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from course import checks
from course.optimizers.schedules.base import LearningRateSchedule, step_count


@dataclass
class PolynomialDecay(LearningRateSchedule):
    """Goes from η₀ to η₁ in T steps, along a straight line where p = 1, and stays there::

        η = (η₀ − η₁) (1 − min(t, T)/T)ᵖ + η₁

    With `cycle`, T becomes the next multiple of T not below t: the rate jumps up again and falls
    once more, each time from lower and more slowly.

    Parameters
    ----------
    initial_learning_rate : float
        η₀ ≥ 0.
    decay_steps : float
        T > 0, in updates.
    end_learning_rate : float, default 0.0001
        η₁ ≥ 0.
    power : float, default 1.0
        p > 0.
    cycle : bool, default False
    name : str, optional

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.
    """

    initial_learning_rate: float
    decay_steps: float
    end_learning_rate: float = 0.0001
    power: float = 1.0
    cycle: bool = False
    name: str | None = "PolynomialDecay"

    def __post_init__(self) -> None:
        self.name = checks.text("name", self.name, type(self).name)
        self.initial_learning_rate = checks.number(
            "initial_learning_rate", self.initial_learning_rate, 0
        )
        self.decay_steps = step_count("decay_steps", self.decay_steps, above=0)
        self.end_learning_rate = checks.number("end_learning_rate", self.end_learning_rate, 0)
        self.power = checks.number("power", self.power, above=0)
        self.cycle = checks.flag("cycle", self.cycle)

    def __call__(self, step: int) -> float:
        T = self.decay_steps
        if self.cycle:
            T *= max(1, ceil(step / T))
        left = 1 - min(step, T) / T
        span = self.initial_learning_rate - self.end_learning_rate
        return float(span * left**self.power + self.end_learning_rate)
