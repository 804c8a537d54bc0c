"""Twenty noisy points and a network of any width: the curve it draws, and its two errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course import config
from course.experiments.curves_by_width import (
    NOISY_EPOCHS,
    answers,
    curve,
    noisy_errors,
    noisy_points,
    one_layer,
    settling,
)
from course.experiments.table import load_table
from course.experiments.wide_or_deep import chosen
from course.explorers.base import Explorer
from course.explorers.controls import IntSlider, Steps
from course.plots import style

WIDTHS = (1, 2, 4, 16, 64, 256, 1024)
RATES = (0.001, 0.003, 0.01, 0.03)
GRID = np.linspace(-1, 1, 401)
FRAME = 25
HIGHEST, LOWEST = 1.0, 0.01  # of the drawn errors


class Fitted(NamedTuple):
    """What `NoisyWidth` shows after so many epochs."""

    epoch: int
    curve: np.ndarray
    training: float
    new: float


class NoisyWidth(Explorer):
    """Underfitting and overfitting by the number of hidden units."""

    title = "How many units for twenty noisy points?"
    size = (10.0, 4.8)
    controls = (
        Steps("width", WIDTHS, default=4, label="hidden ReLU units"),
        Steps("learning_rate", RATES, default=0.01, label="of Adam, at the beginning"),
        IntSlider("seed", 0, 9, default=5, label="which twenty points, which first weights"),
    )
    presets = {
        "4 units": {},
        "1 unit": {"width": 1},
        "64 units": {"width": 64},
        "1,024 units": {"width": 1024},
        "1,024, small steps": {"width": 1024, "learning_rate": 0.001},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Iterator[Fitted]:
        x, y, _, _ = noisy_points(state.seed)
        with config.seeded(state.seed):
            model = one_layer(state.width)
            model.compile(settling(state.learning_rate, NOISY_EPOCHS), "mse")
        yield fitted(model, state.seed, 0)
        for epoch in range(1, NOISY_EPOCHS + 1):
            poll(epoch / NOISY_EPOCHS)
            model.train_on_batch(x, y)
            if epoch % FRAME == 0:
                yield fitted(model, state.seed, epoch)

    def setup(self, figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=(1.15, 1))
        style.axes(left).set(xlim=(-1, 1), ylim=(-1.9, 1.9), xticks=(-1, -0.5, 0, 0.5, 1))
        left.plot(GRID, curve(GRID), color=style.mix(style.MUTED, 0.5), lw=4)
        self.line = left.plot(GRID, np.zeros_like(GRID), color=style.BLUE, lw=2.4)[0]
        self.points = left.plot([], [], "o", color=style.INK, ms=7, markeredgecolor="white")[0]
        style.label(left, "", "x", "grey: without noise, blue: the network")
        self._setup_errors(right)
        self.notes = [
            ax.text(0, 1.03, "", fontsize=style.LABEL, color=style.INK, transform=ax.transAxes)
            for ax in (left, right)
        ]
        for artist in (self.line, self.points, *self.marks, *self.notes):
            artist.set_animated(True)

    def _setup_errors(self, ax: Any) -> None:
        """Draw the mean curves of the table, the two marks of this run, and the noise."""
        style.axes(ax).set(xscale="log", yscale="log", xlim=(0.8, 1400), ylim=(LOWEST, HIGHEST))
        ax.set_xticks(WIDTHS, list(map(str, WIDTHS)))
        ax.set_yticks((0.01, 0.03, 0.1, 0.3, 1), ("0.01", "0.03", "0.1", "0.3", "1"))
        ax.minorticks_off()
        widths, training, new = mean_errors()
        ax.plot(widths, training, color=style.INK, **style.TRAINING)
        ax.plot(widths, new, color=style.INK, **style.VALIDATION)
        words = {"fontsize": style.LABEL, "color": style.INK}
        ax.text(24, 0.20, "new points", **words)
        ax.text(24, 0.022, "the twenty", **words)
        style.label(ax, "", "width", "mean squared error")
        look = {"ms": 12, "markeredgecolor": "white", "color": style.HIGHLIGHT, "zorder": 5}
        self.marks = [ax.plot([], [], shape, **look)[0] for shape in "oD"]

    def draw(self, result: Fitted) -> None:
        x, y, _, _ = noisy_points(self.state.seed)
        self.line.set_ydata(result.curve)
        self.points.set_data(x[:, 0], y)
        for mark, value in zip(self.marks, (result.training, result.new), strict=True):
            mark.set_data([self.state.width], [np.clip(value, LOWEST, HIGHEST)])
        self.notes[0].set_text(f"epoch {result.epoch} of {NOISY_EPOCHS}")
        self.notes[1].set_text(
            f"● the twenty {result.training:.3f}   ◆ new points {result.new:.3f}"
        )

    def summary(self) -> str:
        numbers = self.numbers()
        return (
            f"width {self.state.width}: {numbers['parameters']:,} parameters for 20 points\n"
            f"error on new points {numbers['new']:.2f}, on the twenty {numbers['training']:.2f}"
        )

    def numbers(self) -> dict[str, float]:
        return {
            "parameters": 3 * self.state.width + 1,
            "training": round(self.result.training, 2) + 0.0,
            "new": round(self.result.new, 2) + 0.0,
        }

    def describe(self) -> str:
        return (
            f"{self.title} {self.summary()}. Left: twenty points, the sine they come from, and "
            "what the network draws. Right: mean squared errors over width, on the twenty "
            "(solid) and on new points (dashed), and those of this network."
        )

    def code(self) -> str:
        state = self.state
        return f"""\
from course.experiments.curves_by_width import noisy_errors, noisy_fit

model = noisy_fit({state.width}, {state.learning_rate}, seed={state.seed})
model.summary()
print("error on the twenty, on new points:", noisy_errors(model, {state.seed}))"""


def fitted(model: Any, seed: int, epoch: int) -> Fitted:
    """Return what there is to see of `model`."""
    return Fitted(epoch, answers(model, GRID), *noisy_errors(model, seed))


@lru_cache(maxsize=1)
def mean_errors() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return widths and mean errors of the table, on the twenty points and on new ones.

    Each width has its own learning rate, chosen by new points on other seeds.
    """
    table = load_table("width_and_depth").where(study="noisy")
    widths = np.unique(table["width"])
    runs = [chosen(table.where(width=width))[1] for width in widths]
    return widths, *(np.array([r[name].mean() for r in runs]) for name in ("training", "new"))
