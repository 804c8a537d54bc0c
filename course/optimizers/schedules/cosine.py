"""Learning rates that follow half a cosine, once or again and again."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, pi

from course import checks
from course.optimizers.schedules.base import LearningRateSchedule, power, step_count


@dataclass
class CosineDecay(LearningRateSchedule):
    """Warms up along a line, where asked to, then falls along half a cosine and stays::

        η = η₀ + (η_w − η₀) t/W                  while t < W
        η = η_w ((1 − α) c + α)                  after it
        c = ½ (1 + cos(π min(t − W, T)/T))

    Without warm-up W = 0 and η_w = η₀.

    Parameters
    ----------
    initial_learning_rate : float
        η₀ ≥ 0.
    decay_steps : float
        T > 0, in updates, the warm-up not counted.
    alpha : float, default 0.0
        α between 0 and 1: the share of the highest rate that is left at the end.
    name : str, optional
    warmup_target : float, optional
        η_w ≥ 0, the rate to warm up to.
    warmup_steps : float, default 0
        W ≥ 0.

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range, or there are `warmup_steps` and no `warmup_target`.

    References
    ----------
    Loshchilov and Hutter (2017), SGDR: Stochastic Gradient Descent with Warm Restarts,
    equation 5; warm-up: Goyal et al. (2017), Accurate, Large Minibatch SGD, section 2.2.
    """

    initial_learning_rate: float
    decay_steps: float
    alpha: float = 0.0
    name: str | None = "CosineDecay"
    warmup_target: float | None = None
    warmup_steps: float = 0

    def __post_init__(self) -> None:
        self.name = checks.text("name", self.name, type(self).name)
        self.initial_learning_rate = checks.number(
            "initial_learning_rate", self.initial_learning_rate, 0
        )
        self.decay_steps = step_count("decay_steps", self.decay_steps, above=0)
        self.alpha = checks.number("alpha", self.alpha, 0, 1)
        self.warmup_steps = step_count("warmup_steps", self.warmup_steps, minimum=0)
        if self.warmup_target is not None:
            self.warmup_target = checks.number("warmup_target", self.warmup_target, 0)
        elif self.warmup_steps:
            raise ValueError(
                f"warmup_steps={self.warmup_steps} needs warmup_target, the rate to warm up to."
            )

    def __call__(self, step: int) -> float:
        start, top, W = self.initial_learning_rate, self.warmup_target, self.warmup_steps
        if top is None:
            top = start
        if step < W:
            return float(start + (top - start) * step / W)
        c = half_cosine(min(step - W, self.decay_steps) / self.decay_steps)
        return float(top * ((1 - self.alpha) * c + self.alpha))


@dataclass
class CosineDecayRestarts(LearningRateSchedule):
    """Falls along half a cosine, jumps up and falls again, each time for longer::

        η = η₀ ((1 − α) mⁱ c + α)        c = ½ (1 + cos(π t_i/T_i))

    where tᵢ counts the steps of the i-th fall, which has T_i = T₀ kⁱ of them.

    Parameters
    ----------
    initial_learning_rate : float
        η₀ ≥ 0.
    first_decay_steps : float
        T₀ > 0, in updates.
    t_mul : float, default 2.0
        k ≥ 1, how much longer each fall is than the one before.
    m_mul : float, default 1.0
        m > 0, how much higher it starts.
    alpha : float, default 0.0
        α between 0 and 1: the share of η₀ that is left at the end of a fall.
    name : str, optional

    Raises
    ------
    TypeError, ValueError
        If a number is out of its range.

    References
    ----------
    Loshchilov and Hutter (2017), SGDR: Stochastic Gradient Descent with Warm Restarts,
    equation 5.
    """

    initial_learning_rate: float
    first_decay_steps: float
    t_mul: float = 2.0
    m_mul: float = 1.0
    alpha: float = 0.0
    name: str | None = "SGDRDecay"

    def __post_init__(self) -> None:
        self.name = checks.text("name", self.name, type(self).name)
        self.initial_learning_rate = checks.number(
            "initial_learning_rate", self.initial_learning_rate, 0
        )
        self.first_decay_steps = step_count("first_decay_steps", self.first_decay_steps, above=0)
        self.t_mul = checks.number("t_mul", self.t_mul, 1)
        self.m_mul = checks.number("m_mul", self.m_mul, above=0)
        self.alpha = checks.number("alpha", self.alpha, 0, 1)

    def __call__(self, step: int) -> float:
        i, done = self._fall(step)
        c = half_cosine(done)
        top = (1 - self.alpha) * power(self.m_mul, i)
        return float(self.initial_learning_rate * (top * c + self.alpha))

    def _fall(self, step: int) -> tuple[int, float]:
        """Return i and tᵢ/T_i. Counted, not solved by logarithms, which round at a restart."""
        T = self.first_decay_steps
        if self.t_mul == 1:
            i, t = divmod(step, T)
            return i, t / T
        i = 0
        while step >= T:
            i, step, T = i + 1, step - T, T * self.t_mul
        return i, step / T


def half_cosine(done: float) -> float:
    """Return ½ (1 + cos(π done)), which falls from 1 at 0 to 0 at 1."""
    return (1 + cos(pi * done)) / 2
