"""One rise and one long fall: training at rates that would diverge from the start."""

from __future__ import annotations

from dataclasses import dataclass

from course import checks
from course.optimizers.schedules.base import LearningRateSchedule
from course.optimizers.schedules.cosine import half_cosine


@dataclass
class OneCycle(LearningRateSchedule):
    """Rises from a fraction of the highest rate η to it and falls far below, along cosines::

        η/d  →  η  →  η/(d f)        at the steps  0,  w (T − 1),  T − 1

    and stays there. Keras has no such schedule.

    Parameters
    ----------
    max_learning_rate : float
        η ≥ 0, the highest rate.
    total_steps : int
        T ≥ 2, in updates of the whole training: epochs · ⌈rows / batch size⌉.
    warmup_fraction : float, default 0.3
        w between 0 and 1, both excluded: the share of the steps that rise.
    initial_divisor : float, default 25.0
        d ≥ 1.
    final_divisor : float, default 10000.0
        f ≥ 1, from the initial rate to the last.
    name : str, optional

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    References
    ----------
    Smith and Topin (2018), Super-Convergence: Very Fast Training of Neural Networks Using Large
    Learning Rates. Cosines in the place of its lines, and the two divisors, are those of
    PyTorch's and fastai's one-cycle policies; the momentum is left as it is.
    """

    max_learning_rate: float
    total_steps: int
    warmup_fraction: float = 0.3
    initial_divisor: float = 25.0
    final_divisor: float = 1e4
    name: str | None = "OneCycle"

    def __post_init__(self) -> None:
        self.name = checks.text("name", self.name, type(self).name)
        self.max_learning_rate = checks.number("max_learning_rate", self.max_learning_rate, 0)
        self.total_steps = checks.integer("total_steps", self.total_steps, 2)
        self.warmup_fraction = checks.number(
            "warmup_fraction", self.warmup_fraction, above=0, below=1
        )
        self.initial_divisor = checks.number("initial_divisor", self.initial_divisor, 1)
        self.final_divisor = checks.number("final_divisor", self.final_divisor, 1)

    def __call__(self, step: int) -> float:
        top, last = self.max_learning_rate, self.total_steps - 1
        first = top / self.initial_divisor
        peak = self.warmup_fraction * last
        if step < peak:
            return float(top + (first - top) * half_cosine(step / peak))
        end = first / self.final_divisor
        done = (min(step, last) - peak) / (last - peak)
        return float(end + (top - end) * half_cosine(done))
