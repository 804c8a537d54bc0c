"""The unit of one feature as a slider: the same money, and how long a line takes to learn it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.callbacks import Callback, WeightHistory
from course.experiments.input_scaling import best_rate, condition, reached, updates_needed, way_left
from course.experiments.sales_line import descend, line_cost, lowest, sales_data, sales_line
from course.explorers.base import Explorer
from course.explorers.controls import Choice, LogSlider, Steps
from course.plots import Contour, style

INPUTS = ("raw", "standardized")
UNITS = (1.0, 1e8)  # dollars
CURVE = np.geomspace(*UNITS, 161)
REACH, CELLS = (-0.8, 3.8), 93  # of the picture, as shares of the way to the lowest point
FAR = 1e3  # shares; there the training is stopped
UPDATES, FRAME = 200, 10


class Ground(NamedTuple):
    """Budgets in one unit, and what is known of their cost."""

    x: np.ndarray
    y: np.ndarray
    best: np.ndarray
    condition: float
    best_rate: float


class Learned(NamedTuple):
    """What `UnitSlider` shows: w and b as shares of their best values, the way left."""

    path: np.ndarray
    left: np.ndarray
    gone: bool


class UnitSlider(Explorer):
    """TV budgets in dollars, thousands, millions: the same line, another way to it."""

    title = "The same money in another unit"
    size = (10.0, 4.8)
    controls = (
        LogSlider("unit", *UNITS, default=1e5, step=0.1, label="dollars that count as 1"),
        Choice("inputs", INPUTS, label="the numbers as they are, or mean 0 and spread 1"),
        Steps("learning_rate", (0.01, 0.1, "best"), default=0.1, label="'best' is 2/(λmin + λmax)"),
    )
    presets = {
        "$ 100,000": {},
        "$ 1,000": {"unit": 1e3},
        "$ 1,000, best rate": {"unit": 1e3, "learning_rate": "best"},
        "$ 200,000, best rate": {"unit": 2e5, "learning_rate": "best"},
        "$ 10 million": {"unit": 1e7},
        "$ 1,000, standardized": {"unit": 1e3, "inputs": "standardized"},
        "$ 1, standardized": {"unit": 1.0, "inputs": "standardized"},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Iterator[Learned]:
        here, rate = ground(state.unit, state.inputs), self._rate(state)
        model, record, fence = sales_line(rate), WeightHistory(), Fence(here.best)
        path = np.zeros((1, 2))
        for done in range(0, UPDATES, FRAME):
            poll(done / UPDATES)
            model.fit(
                here.x, here.y, batch_size=len(here.x), epochs=FRAME, shuffle=False, verbose=0,
                callbacks=[record, fence],
            )  # fmt: skip
            path = np.concatenate([path, record.path()[1:]])
            result = learned(path.astype(float), here)
            if result.gone or done % (2 * FRAME) or reached(result.left) is not None:
                yield result
            if result.gone or reached(result.left) is not None:
                return

    def setup(self, figure: Figure) -> None:
        self.left, right = figure.subplots(1, 2)
        self.shown = ""
        self._setup_contour(INPUTS[0])
        style.axes(right).set(
            xlim=UNITS, ylim=(0.5, 1e12), xscale="log", yscale="log",
            xticks=(1, 1e2, 1e4, 1e6, 1e8), yticks=(1, 1e3, 1e6, 1e9, 1e12),
        )  # fmt: skip
        raw = [ground(unit, "raw").condition for unit in CURVE]
        right.plot(CURVE, raw, color=style.BLUE)
        right.axhline(1, color=style.INK, **style.VALIDATION)
        words = {"fontsize": style.LABEL, "va": "bottom"}
        right.text(30, 1e9, "raw", color=style.readable(style.BLUE), **words)
        right.text(1.5, 1.3, "standardized", color=style.INK, **words)
        style.label(right, "", "unit (dollars that count as 1)", "condition number λmax/λmin")
        self.mark = right.plot(
            [], [], "D", color=style.HIGHLIGHT, ms=12, markeredgecolor="white", zorder=5,
            animated=True,
        )[0]  # fmt: skip
        self.notes = [_note(self.left), _note(right)]

    def _setup_contour(self, inputs: str) -> None:
        """Draw the landscape over shares, which is the same in every unit."""
        self.shown = inputs
        self.left.clear()
        self.contour = _landscape(style.axes(self.left, grid=False), inputs)
        style.label(self.left, "", "w, as a share of its best value", "b, likewise")
        for artist in self.contour.artists:
            artist.set_animated(True)

    def draw(self, result: Learned) -> None:
        if self.state.inputs != self.shown:
            self._setup_contour(self.state.inputs)
            self.notes[0] = _note(self.left)
        self.contour.update(result.path)
        self.contour.path.set_markevery(max(1, len(result.path) // 25))
        self.notes[0].set_text(self._told())
        here = ground(self.state.unit, self.state.inputs)
        self.mark.set_data([self.state.unit], [here.condition])
        self.notes[1].set_text(f"condition number {short(here.condition)}")

    def summary(self) -> str:
        numbers = self.numbers()
        return (
            f"condition number {short(numbers['condition'])}: at the best rate "
            f"{short(numbers['needed'])} update{'s' * (numbers['needed'] > 1)}\n"
            f"at this rate: {self._told()}"
        )

    def numbers(self) -> dict[str, float]:
        here = ground(self.state.unit, self.state.inputs)
        return {
            "condition": here.condition,
            "needed": updates_needed(here.condition),
            "updates": len(self.result.path) - 1,
            "there": float(reached(self.result.left) is not None),
        }

    def describe(self) -> str:
        return (
            f"{self.title}. {self.summary()}. Left: the cost over w and b, lowest at (1, 1), the "
            "path from (0, 0). Right: the condition number over the unit; raw, it is a V that "
            "comes down to 14; standardized, a line at 1."
        )

    def code(self) -> str:
        state = self.state
        rate = "best_rate(x)" if state.learning_rate == "best" else state.learning_rate
        scale = "\nx, = per_feature(x, x)" if state.inputs == "standardized" else ""
        return f"""\
from course.callbacks import Callback, WeightHistory
from course.experiments.input_scaling import (
    best_rate, condition, per_feature, reached, way_left,
)
from course.experiments.sales_line import sales_data, sales_line

x, y = sales_data()  # thousands of dollars
x = x * 1000 / {state.unit:g}{scale}
print("condition number:", condition(x))
model, record = sales_line({rate}), WeightHistory()
model.fit(x, y, batch_size=200, epochs={len(self.result.path) - 1}, shuffle=False, verbose=0,
          callbacks=[record])
print("updates until 1 % is left:", reached(way_left(x, y, record.path())))"""

    def _rate(self, state: Any) -> float:
        rate = state.learning_rate
        return ground(state.unit, state.inputs).best_rate if rate == "best" else rate

    def _told(self) -> str:
        """Say what came of the training."""
        if self.result.gone:
            return "diverges, out of the picture"
        there = reached(self.result.left)
        if there is None:
            return f"not there after {UPDATES} updates"
        return f"there after {there} update{'s' * (there > 1)}"


class Fence(Callback):
    """Ends a training whose w or b is further than so many times `best`: it will not return."""

    adds_to_logs = ()

    def __init__(self, best: np.ndarray) -> None:
        super().__init__()
        self.best = best

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        now = np.array([weight.item() for weight in self.model.get_weights()])
        self.model.stop_training |= not np.all(np.abs(now) < FAR * np.abs(self.best))


def learned(path: np.ndarray, here: Ground) -> Learned:
    """Return what there is to see of a `path` of shape (updates + 1, 2), cut where it is lost."""
    left, shares = way_left(here.x, here.y, path), path / here.best
    gone, there = not np.abs(shares[-1]).max() < FAR, reached(left)
    end = len(path) if there is None else there + 1
    return Learned(shares[:end], left[:end], gone)


@lru_cache(maxsize=512)
def ground(unit: float, inputs: str) -> Ground:
    """Return the budgets with `unit` dollars counting as 1, ``'raw'`` or ``'standardized'``."""
    x, y = sales_data(standardized=inputs == "standardized")
    if inputs == "raw":
        x = (x * 1000 / unit).astype(x.dtype)
    return Ground(x, y, lowest(x, y), condition(x), best_rate(x))


def draw_unit(ax: Axes, unit: float, updates: int, title: str) -> None:
    """Draw the path of so many updates at the best rate, with `unit` dollars counting as 1."""
    here = ground(unit, "raw")
    path = descend(here.x, here.y, here.best_rate, epochs=updates)
    _landscape(style.axes(ax, grid=False), "raw").update(path / here.best)
    style.label(ax, title, "w, as a share of its best value", "b, likewise")


def _landscape(ax: Axes, inputs: str) -> Contour:
    """Return the cost over shares, drawn on `ax`; raw, it is the same in every unit."""
    here, shares = ground(1e5, inputs), np.linspace(*REACH, CELLS)
    cost = line_cost(here.x, here.y, shares * here.best[0], shares[:, None] * here.best[1])
    return Contour(ax, shares, shares, cost)


def short(value: float) -> str:
    """Write a count or a condition number so that it can be said."""
    if value < 1000:
        return f"{value:.0f}"
    if value < 1e6:
        return f"{float(f'{value:.2g}'):,.0f}"
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if value >= size:
            return f"{float(f'{value / size:.2g}'):g} {name}"
    raise AssertionError(value)


def _note(ax: Any) -> Any:
    return ax.text(
        0, 1.03, "", fontsize=style.LABEL, color=style.INK, transform=ax.transAxes, animated=True
    )
