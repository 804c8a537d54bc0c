"""Learning rates over the steps of a training."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib.axes import Axes

from course import checks
from course.optimizers import Optimizer
from course.optimizers.schedules import LearningRateSchedule
from course.plots import style
from course.plots.curves import Curves

Rate = LearningRateSchedule | Optimizer | float | Callable[[int], float]


class Schedules(Curves):
    """Lines that can be moved, one a schedule, from step 0 on and from a rate of 0 up.

    Parameters
    ----------
    ax : Axes
    names : iterable of str
        One line each.
    epochs, limits, log, chosen
        As in :class:`Curves`, with steps in the place of epochs.

    Attributes
    ----------
    artists : tuple
        What `update` changes.
    """

    first = 0

    def _set_limits(self, arrays: Mapping[str, np.ndarray]) -> None:
        super()._set_limits(arrays)
        if self.limits is None and self.ax.get_yscale() == "linear":
            self.ax.set_ylim(bottom=0)


def schedules(
    rates: Rate | Mapping[str, Rate],
    steps: int,
    ax: Axes | None = None,
    title: str = "",
    *,
    limits: tuple[float, float] | None = None,
    log: bool = False,
    chosen: str | None = None,
) -> Axes:
    """Draw learning rates over the steps of a training, names at the ends of the lines.

    Parameters
    ----------
    rates : schedule, optimizer, number or function; or a dict of them by name
        A function takes the step; so does a schedule. A number, and an optimizer with one,
        makes a level line.
    steps : int
        How many steps, the first being 0: epochs · ⌈rows / batch size⌉.
    ax : Axes, optional
        None makes a new figure.
    title : str
        The sentence that the figure says.
    limits : pair of float, optional
        Ends of the vertical axis, by default 0 and a little above the highest rate.
    log : bool, default False
        True makes the vertical axis logarithmic: rates of 0 are gaps.
    chosen : str, optional
        The one line that is highlighted; the others turn grey.

    Returns
    -------
    Axes

    Raises
    ------
    TypeError, ValueError
        If `steps` is no whole number above 0, or a rate is none of those.

    Examples
    --------
    ``plots.schedules({"cosine": CosineDecay(0.1, 900), "steps": ExponentialDecay(0.1, 300, 0.5,
    staircase=True)}, steps=1000)``
    """
    lines = _lines(rates, steps)
    ax = style.axes(ax)
    Schedules(ax, lines, limits=limits, log=log, chosen=chosen).update(lines)
    style.label(ax, title, "step", "learning rate")
    return ax


def describe_schedules(rates: Rate | Mapping[str, Rate], steps: int) -> str:
    """Say in words how each learning rate starts and ends, and where its extremes are."""
    return " ".join(_describe(name, line) for name, line in _lines(rates, steps).items())


def _lines(rates: Rate | Mapping[str, Rate], steps: int) -> dict[str, np.ndarray]:
    """Return the rates at every step by name."""
    steps = checks.integer("steps", steps, 1)
    named = rates if isinstance(rates, Mapping) else {_name(rates): rates}
    return {name: _line(name, rate, steps) for name, rate in named.items()}


def _name(rate: Rate) -> str:
    if isinstance(rate, Optimizer):
        rate = rate.schedule
    if isinstance(rate, LearningRateSchedule):
        return type(rate).__name__
    return getattr(rate, "__name__", "constant")


def _line(name: str, rate: Rate, steps: int) -> np.ndarray:
    if isinstance(rate, Optimizer):
        rate = rate.schedule or rate.learning_rate
    if isinstance(rate, LearningRateSchedule):
        return rate.curve(steps)
    if callable(rate) and not isinstance(rate, type):
        return np.array([rate(step) for step in range(steps)], float)
    return np.full(steps, checks.number(f"the rate {name!r}", rate, 0))


def _describe(name: str, line: np.ndarray) -> str:
    low, high = int(line.argmin()), int(line.argmax())
    if line[low] == line[high]:
        return f"{name}: {line[0]:.3g} at every step, 0 to {len(line) - 1}."
    return (
        f"{name}: {line[0]:.3g} at step 0, {line[-1]:.3g} at step {len(line) - 1}; "
        f"highest {line[high]:.3g} at step {high}, lowest {line[low]:.3g} at step {low}."
    )
