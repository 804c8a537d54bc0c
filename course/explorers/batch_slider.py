"""The batch size as a slider: the same small network, given equal epochs or equal updates."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.experiments.batch_digits import (
    BUDGETS,
    EPOCHS,
    RATES,
    ROWS,
    SIZES,
    UPDATES,
    batch_digits,
    budget,
    training,
)
from course.experiments.batch_table import COMMON, batch_runs, mean_map
from course.explorers.base import Explorer
from course.explorers.controls import Choice, Steps
from course.plots import style
from course.tuners.blas import one_thread

SEED, MARKS = 0, 24
LOW, HIGH = 0.0, 1.02
SIZE_TICKS = (1, 8, 64, 512)
MEANS = {"marker": "o", "markersize": 8, "linestyle": "-", "linewidth": 1.6}


class Learned(NamedTuple):
    """What `BatchSlider` shows: validation accuracy after so many updates."""

    updates: np.ndarray
    accuracy: np.ndarray


class BatchSlider(Explorer):
    """Digits in batches of 1 to 512: how far a network comes, and what it was given."""

    title = "How many at once?"
    size = (10.0, 4.8)
    controls = (
        Steps("batch_size", SIZES, default=32, label="rows that one update looks at"),
        Choice("equal", BUDGETS, label=f"given to every size: {EPOCHS} epochs, {UPDATES} updates"),
        Steps("learning_rate", RATES, default=COMMON),
    )
    presets = {
        "32 rows": {},
        "one by one": {"batch_size": 1},
        "all 512": {"batch_size": 512},
        "all 512, equal updates": {"batch_size": 512, "equal": "updates"},
        "one by one, equal updates": {"batch_size": 1, "equal": "updates"},
        "all 512, rate 0.64": {"batch_size": 512, "learning_rate": 0.64},
        "one by one, rate 0.64": {"batch_size": 1, "learning_rate": 0.64},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Iterator[Learned]:
        digits, marks = batch_digits(SEED), _marks(budget(state.batch_size, state.equal))
        stream = training(state.batch_size, state.learning_rate, SEED, marks)
        accuracy = np.zeros(0)
        for done in range(len(marks)):
            poll(marks[done - 1] / marks[-1] if done else 0.0)
            with one_thread():
                model = next(stream)
                _, right = model.evaluate(digits.x_validation, digits.y_validation, verbose=0)
            accuracy = np.append(accuracy, right)
            yield Learned(marks[: done + 1], accuracy)

    def setup(self, figure: Figure) -> None:
        left, right = (style.axes(ax) for ax in figure.subplots(1, 2))
        left.set(xscale="log", xlim=(0.9, EPOCHS * ROWS * 1.15), ylim=(LOW, HIGH))
        left.set_xticks([1, 10, 100, 1000], ["1", "10", "100", "1,000"])
        percent(left)
        style.label(left, "", "updates", "validation accuracy")
        size_axis(right)
        moves = {"animated": True}
        (self.line,) = left.plot([], [], color=style.BLUE, **style.VALIDATION, **moves)
        self.end = left.plot([], [], **_mark(), **moves)[0]
        (self.means,) = right.plot([], [], color=style.SOFT, **MEANS, **moves)
        self.here = right.plot([], [], **_mark(), **moves)[0]
        self.notes = [_note(left), _note(right)]

    def draw(self, result: Learned) -> None:
        state, last = self.state, result.accuracy[-1]
        self.line.set_data(*result)
        self.end.set_data([result.updates[-1]], [last])
        self.means.set_data(SIZES, means(state.equal)[RATES.index(state.learning_rate)])
        self.here.set_data([state.batch_size], [last])
        self.notes[0].set_text(f"{result.updates[-1]:,} updates, accuracy {last:.0%}")
        given = f"{EPOCHS} epochs" if state.equal == "epochs" else f"{UPDATES} updates"
        self.notes[1].set_text(f"{given} each; grey: 5-seed means")

    def summary(self) -> str:
        n = self.numbers()
        return (
            f"{n['updates']:,} updates, {n['epochs']:g} epochs, {n['rows']:,} rows looked at\n"
            f"validation accuracy {n['accuracy']:.0%}"
        )

    def numbers(self) -> dict[str, float]:
        updates = int(self.result.updates[-1])
        rows = updates * self.state.batch_size
        accuracy = float(self.result.accuracy[-1])
        return {"accuracy": accuracy, "updates": updates, "epochs": rows / ROWS, "rows": rows}

    def describe(self) -> str:
        return (
            f"{self.title} {self.summary()}. Left: validation accuracy over the updates, counted "
            "by factors. Right: the last accuracy, among means of five seeds for ten batch sizes."
        )

    def code(self) -> str:
        size, rate = self.state.batch_size, self.state.learning_rate
        return f"""\
import course as keras
from course.experiments.batch_digits import batch_digits, batch_model

digits = batch_digits({SEED})
keras.set_random_seed({SEED})
model = batch_model(learning_rate={rate})
model.fit(digits.x, digits.y, batch_size={size}, epochs={self._epochs()}, verbose=0)
print("updates:", model.optimizer.iterations)
print(model.evaluate(digits.x_validation, digits.y_validation, verbose=0)[1])"""

    def _epochs(self) -> int:
        return budget(self.state.batch_size, self.state.equal) * self.state.batch_size // ROWS


def draw_sizes(ax: Axes, equal: str, title: str, rate: float = COMMON) -> None:
    """Draw the mean validation accuracy over the batch size at one rate, from the table."""
    style.axes(ax)
    accuracy = means(equal)[RATES.index(rate)]
    ax.plot(SIZES, accuracy, color=style.BLUE, **(MEANS | style.VALIDATION))
    size_axis(ax)
    style.label(ax, title)


def size_axis(ax: Axes) -> None:
    """Give `ax` batch sizes below, by factors, and accuracies on the left."""
    ax.set(xscale="log", xlim=(0.8, 640), ylim=(LOW, HIGH))
    ax.set_xticks(SIZE_TICKS, list(map(str, SIZE_TICKS)))
    ax.minorticks_off()
    percent(ax)
    style.label(ax, "", "batch_size", "validation accuracy")


def percent(ax: Axes) -> None:
    """Write the vertical axis of `ax` in per cent."""
    ax.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])


@lru_cache
def means(equal: str) -> np.ndarray:
    """Return the mean validation accuracies of the table, of shape (rates, batch sizes)."""
    return mean_map(batch_runs(), "validation", equal)


def _marks(updates: int) -> np.ndarray:
    """Return the updates after which to look: closer at the beginning, each 512 at the end."""
    early = np.geomspace(1, updates, MARKS).round().astype(int)
    return np.union1d(early, np.arange(ROWS, updates, ROWS))


def _mark() -> dict[str, Any]:
    return {
        "marker": "D", "color": style.HIGHLIGHT, "markersize": 12, "markeredgecolor": "white",
        "linestyle": "none", "zorder": 5, "clip_on": False,
    }  # fmt: skip


def _note(ax: Axes) -> Any:
    return ax.text(
        0, 1.03, "", fontsize=style.LABEL, color=style.INK, transform=ax.transAxes, animated=True
    )
