"""Which units never wake up? A small network on digits, by its learning rate and first bias."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from course.experiments.dead_units import EPOCHS, UNITS, Watched, watch_units
from course.explorers.base import Explorer
from course.explorers.controls import Choice, Slider, Steps
from course.plots import style

SEED = 1
RATES = (0.1, 0.3, 1.0, 2.0)
FLOOR = -0.04  # where the bar of a unit that is never on ends, to be seen


class DeadUnits(Explorer):
    """A hidden layer of 32 units: how many are off for every digit?"""

    title = "Which units are off for every digit?"
    size = (10.0, 4.6)
    controls = (
        Choice("activation", ("relu", "leaky_relu")),
        Steps("learning_rate", RATES, default=0.3),
        Slider("bias", -3.0, 1.0, default=0.0, step=0.5, label="at which all 32 biases start"),
    )
    presets = {
        "ReLU": {},
        "ReLU, rate 1": {"learning_rate": 1.0},
        "leaky, rate 1": {"activation": "leaky_relu", "learning_rate": 1.0},
        "ReLU, rate 2": {"learning_rate": 2.0},
        "leaky, rate 2": {"activation": "leaky_relu", "learning_rate": 2.0},
        "ReLU, bias −3": {"bias": -3.0},
        "leaky, bias −3": {"activation": "leaky_relu", "bias": -3.0},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Watched:
        return watch_units(state.activation, state.learning_rate, state.bias, SEED, poll=poll)

    def setup(self, figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=(1.3, 1))
        style.axes(left).set(xlim=(0.3, UNITS + 0.7), ylim=(FLOOR, 1.02), xticks=(1, 8, 16, 24, 32))
        self.bars = left.bar(np.arange(1, UNITS + 1), 1, width=0.8)
        style.label(left, "", "hidden unit", "share of digits for which it is on")
        style.axes(right).set(
            xlim=(-0.3, EPOCHS + 0.3), ylim=(-1, UNITS + 1), yticks=range(0, UNITS + 1, 8)
        )
        self.line = right.plot(
            [], [], "o", linestyle="-", color=style.HIGHLIGHT, lw=2.4, ms=8, clip_on=False
        )[0]
        style.label(right, "", "epoch", f"units off for every digit, of {UNITS}")
        self.notes = [
            ax.text(0, 1.03, "", fontsize=style.LABEL, color=style.INK, transform=ax.transAxes)
            for ax in (left, right)
        ]
        for artist in (*self.bars, self.line, *self.notes):
            artist.set_animated(True)

    def draw(self, result: Watched) -> None:
        for bar, share in zip(self.bars, np.nan_to_num(result.on[-1], nan=-1), strict=True):
            bar.set_height(share if share > 0 else FLOOR * (share == 0))
            bar.set_color(style.BLUE if share > 0 else style.HIGHLIGHT)
        known = np.flatnonzero(np.isfinite(result.on[:, 0]))
        self.line.set_data(known, result.silent[known])
        self.notes[0].set_text(f"after {EPOCHS} epochs: accuracy {result.accuracy:.2f}")
        self.notes[1].set_text(self._told())

    def summary(self) -> str:
        gets = "nothing" if self.state.activation == "relu" else "0.2 of the gradient"
        return (
            f"off for every digit: {self._told()} (such a unit gets {gets})\n"
            f"accuracy on the training digits: {self.result.accuracy:.1f}"
        )

    def numbers(self) -> dict[str, float]:
        silent = self.result.silent
        return {
            "before": float(silent[0]),
            "after": float(silent[-1]),
            "accuracy": self.result.accuracy,
        }

    def describe(self) -> str:
        return (
            f"{self.title} {self.summary()}. By epoch: {', '.join(map(str, self.result.silent))}."
        )

    def code(self) -> str:
        state = self.state
        return f"""\
from course.experiments.dead_units import watch_units

seen = watch_units({state.activation!r}, {state.learning_rate}, bias={state.bias}, seed={SEED})
print("units off for every digit, epoch by epoch:", seen.silent)
print("accuracy:", seen.accuracy)"""

    def _told(self) -> str:
        silent = self.result.silent
        if self.result.diverged:
            return f"{silent[0]} at the start; then it diverged"
        return f"{silent[0]} at the start, {silent[-1]} after {EPOCHS} epochs"
