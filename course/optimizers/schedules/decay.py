"""Learning rates that fall by a factor, or in proportion to 1/t."""

from __future__ import annotations

from dataclasses import dataclass

from course import checks
from course.optimizers.schedules.base import LearningRateSchedule, power, step_count


@dataclass
class ExponentialDecay(LearningRateSchedule):
    """Multiplies the rate by r every T steps::

        η = η₀ r^(t/T)        or, in a staircase,  η = η₀ r^⌊t/T⌋

    Step decay, η₀ / 2^⌊t/T⌋, is ``ExponentialDecay(η₀, T, 0.5, staircase=True)``.

    Parameters
    ----------
    initial_learning_rate : float
        η₀ ≥ 0.
    decay_steps : float
        T > 0, in updates: an epoch has ⌈rows / batch size⌉ of them.
    decay_rate : float
        r > 0.
    staircase : bool, default False
        Whether to hold the rate for T steps and then let it drop.
    name : str, optional

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.
    """

    initial_learning_rate: float
    decay_steps: float
    decay_rate: float
    staircase: bool = False
    name: str | None = "ExponentialDecay"

    def __post_init__(self) -> None:
        self.name = checks.text("name", self.name, type(self).name)
        self.initial_learning_rate = checks.number(
            "initial_learning_rate", self.initial_learning_rate, 0
        )
        self.decay_steps = step_count("decay_steps", self.decay_steps, above=0)
        self.decay_rate = checks.number("decay_rate", self.decay_rate, above=0)
        self.staircase = checks.flag("staircase", self.staircase)

    def __call__(self, step: int) -> float:
        return float(self.initial_learning_rate * power(self.decay_rate, _periods(self, step)))


@dataclass
class InverseTimeDecay(LearningRateSchedule):
    """Divides the rate by a number that grows evenly::

        η = η₀ / (1 + r t/T)        or, in a staircase,  η = η₀ / (1 + r ⌊t/T⌋)

    The older ``decay=r`` of an optimizer is this with T = 1.

    Parameters
    ----------
    initial_learning_rate : float
        η₀ ≥ 0.
    decay_steps : float
        T > 0, in updates.
    decay_rate : float
        r ≥ 0.
    staircase : bool, default False
        Whether to hold the rate for T steps and then let it drop.
    name : str, optional

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    References
    ----------
    Robbins and Monro (1951), A Stochastic Approximation Method: rates that fall like 1/t have
    an infinite sum and a finite sum of squares, which convergence asks for.
    """

    initial_learning_rate: float
    decay_steps: float
    decay_rate: float
    staircase: bool = False
    name: str | None = "InverseTimeDecay"

    def __post_init__(self) -> None:
        self.name = checks.text("name", self.name, type(self).name)
        self.initial_learning_rate = checks.number(
            "initial_learning_rate", self.initial_learning_rate, 0
        )
        self.decay_steps = step_count("decay_steps", self.decay_steps, above=0)
        self.decay_rate = checks.number("decay_rate", self.decay_rate, 0)
        self.staircase = checks.flag("staircase", self.staircase)

    def __call__(self, step: int) -> float:
        return float(self.initial_learning_rate / (1 + self.decay_rate * _periods(self, step)))


def _periods(schedule: ExponentialDecay | InverseTimeDecay, step: int) -> float:
    """Return t/T, rounded down in a staircase."""
    T = schedule.decay_steps
    return step // T if schedule.staircase else step / T
