"""A ravine: the path of momentum, and a map of how long every pair of rate and β takes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from course.experiments.surfaces import SURFACES, arrived, updates_needed, walk
from course.explorers.base import Explorer
from course.explorers.controls import Choice, LogSlider, Steps
from course.optimizers import SGD
from course.plots import style
from course.plots.walks import landscape

RAVINE = SURFACES["ravine"]
STEEP = 1.0  # its largest curvature
UPDATES, JUDGED = 500, 900  # shown; made, to see whether it stays
FORMS = ("Keras", "average")
BETAS = (
    0.0, 0.2, 0.37, 0.5, 0.6, 0.68, 0.75, 0.8, 0.84, 0.87, 0.9, 0.92, 0.94, 0.95, 0.96, 0.968,
    0.975, 0.98, 0.984, 0.987, 0.99,
)  # fmt: skip  # 1/(1 − β) grows by a factor of about 1.26 from one to the next
RATES = (0.01, 30.0)
COLUMNS = 71
OUT = 50.0  # the path is not drawn any further
FASTEST, SLOWEST = 25, 500  # ends of the colours, in updates
MARKS = (30, 100, 300)  # beside the colours
TOLD = (0.0, 0.5, 0.8, 0.9, 0.95, 0.99)  # beside the axis


class Way(NamedTuple):
    """What `RavineMap` shows: the values of the controls, and the path to where it ends."""

    state: Any
    path: np.ndarray
    arrived: int | None


class RavineMap(Explorer):
    """Momentum in a ravine: what counts is the effective rate, until it rolls too long."""

    title = "Rate and momentum in a ravine"
    size = (10.0, 4.8)
    controls = (
        LogSlider("learning_rate", *RATES, default=1.0, label="step size"),
        Steps("momentum", BETAS, default=0.0, label="β: how much of the last step is kept"),
        Choice("form", FORMS, label="v ← βv + g, as in Keras, or v ← βv + (1 − β)g"),
    )
    presets = {
        "plain": {},
        "0.1 and 0.9": {"learning_rate": 0.1, "momentum": 0.9},
        "0.5 and 0.5": {"learning_rate": 0.5, "momentum": 0.5},
        "plain, 2.5": {"learning_rate": 2.5},
        "2.5 and 0.68": {"learning_rate": 2.5, "momentum": 0.68},
        "1 and 0.99": {"momentum": 0.99},
        "average: 1 and 0.9": {"momentum": 0.9, "form": "average"},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Way:
        poll()
        rate = state.learning_rate * share(state.momentum, state.form)
        path = walk(SGD(rate, momentum=state.momentum), RAVINE, JUDGED)
        there = arrived(path, RAVINE)
        if there is not None and there <= UPDATES:
            return Way(state, path[: there + 1], there)
        out = np.flatnonzero(np.abs(path[: UPDATES + 1]).max(1) > OUT)
        return Way(state, path[: out[0] + 1 if len(out) else UPDATES + 1], None)

    def setup(self, figure: Figure) -> None:
        left, self.right = figure.subplots(1, 2)
        self.contour = landscape(left, RAVINE)
        self.shown = ""
        self._setup_map(figure)
        self.notes = [_note(left), _note(self.right)]
        for artist in (*self.contour.artists, self.image, self.line, self.mark):
            artist.set_animated(True)

    def _setup_map(self, figure: Figure) -> None:
        ax = style.axes(self.right, grid=False)
        (low, high), top = np.log10(RATES), float(height(BETAS[-1]))
        row, column = top / (len(BETAS) - 1) / 2, (high - low) / (COLUMNS - 1) / 2
        self.image = ax.imshow(
            np.zeros((2, 2)), cmap=style.SHARES.reversed().with_extremes(bad=style.GRID),
            vmin=np.log10(FASTEST), vmax=np.log10(SLOWEST),
            extent=(low - column, high + column, -row, top + row),
            origin="lower", aspect="auto", interpolation="nearest", zorder=0,
        )  # fmt: skip
        self.line = ax.plot([], [], "--", color=style.HIGHLIGHT, lw=2.2, zorder=3)[0]
        self.mark = ax.plot(
            [], [], "D", color=style.HIGHLIGHT, ms=12, markeredgecolor="white", zorder=5,
            clip_on=False,
        )[0]  # fmt: skip
        ax.set(xlim=(low, high), ylim=(-row, top + row))
        ax.set_xticks([-2, -1, 0, 1], ["0.01", "0.1", "1", "10"])
        ax.set_yticks([height(beta) for beta in TOLD], [f"{beta:g}" for beta in TOLD])
        ax.xaxis.set_minor_locator(NullLocator())
        style.label(ax, "", "learning_rate", "momentum β")
        words: dict[str, Any] = {
            "fontsize": style.TICK,
            "color": style.INK,
            "transform": ax.transAxes,
        }
        words["animated"] = True  # as the image below them
        ax.text(0.03, 0.03, "too slow", **words)
        ax.text(0.98, 0.03, "diverges", ha="right", **words)
        self.rolls = ax.text(0.2, 0.95, "rolls too long", **words)
        bar = figure.colorbar(self.image, ax=ax, ticks=np.log10(MARKS), pad=0.02, aspect=30)
        bar.ax.set_yticklabels([f"{mark}" for mark in MARKS], fontsize=style.TICK)
        bar.set_label("updates needed", fontsize=style.TICK, color=style.INK, labelpad=4)
        bar.outline.set_visible(False)
        bar.ax.tick_params(length=0, colors=style.SOFT)

    def draw(self, result: Way) -> None:
        state, effective = result.state, self.numbers()["effective_rate"]
        if state.form != self.shown:
            self.shown = state.form
            self.image.set_data(np.log10(steps_map(state.form)))
            keras = state.form == "Keras"  # the other form's map leans to the right
            self.rolls.set(x=0.2 if keras else 0.98, ha="left" if keras else "right")
        self.contour.update(result.path)
        self.contour.path.set_markevery(max(1, len(result.path) // 40))
        self.notes[0].set_text(self._told())
        betas = np.array(BETAS)
        rates = effective * (1 - betas) / share(betas, state.form)
        self.line.set_data(np.log10(rates), height(betas))
        self.mark.set_data([np.log10(state.learning_rate)], [height(state.momentum)])
        self.notes[1].set_text(f"dashed: effective rate {effective:.3g}")

    def summary(self) -> str:
        state, numbers = self.result.state, self.numbers()
        ratio = "learning_rate" if state.form == "average" else "learning_rate / (1 − β)"
        return (
            f"effective rate {ratio} = {numbers['effective_rate']:.3g}\n"
            f"{self._told()}; border of the learning_rate {numbers['border']:.3g}"
        )

    def numbers(self) -> dict[str, float]:
        state = self.result.state
        of_keras = share(state.momentum, state.form)
        return {
            "effective_rate": state.learning_rate * of_keras / (1 - state.momentum),
            "border": 2 * (1 + state.momentum) / STEEP / of_keras,
            "updates": len(self.result.path) - 1,
            "there": float(self.result.arrived is not None),
        }

    def describe(self) -> str:
        return (
            f"{self.title}. {self.summary()}. Left: the ravine, lowest at (0, 0), the path from "
            "(-10, 2). Right: a map of learning_rate and β, darker where fewer updates are "
            f"needed, grey where {UPDATES} are not enough; the dashed line joins pairs of the "
            "same effective rate."
        )

    def code(self) -> str:
        state = self.result.state
        scale = f" * (1 - {state.momentum})" if state.form == "average" else ""
        return f"""\
from course.experiments.surfaces import SURFACES, arrived, walk
from course.optimizers import SGD

ravine = SURFACES["ravine"]
path = walk(SGD({state.learning_rate}{scale}, momentum={state.momentum}), ravine, {JUDGED})
print("there after", arrived(path, ravine))"""

    def _told(self) -> str:
        if self.result.arrived is not None:
            return f"there after {self.result.arrived} updates"
        gone = np.abs(self.result.path[-1]).max() > OUT
        return "diverges, out of the picture" if gone else f"not there after {UPDATES} updates"


def share(momentum: Any, form: str) -> Any:
    """Return what a learning rate of this form is multiplied by to be one of Keras."""
    return 1 - momentum if form == "average" else np.ones_like(momentum) * 1.0


def height(momentum: Any) -> Any:
    """Return the place of β on the axis, log₁₀ of 1/(1 − β): equal effective rates are lines."""
    return -np.log10(1 - np.asarray(momentum))


@lru_cache
def steps_map(form: str) -> np.ndarray:
    """Return the updates needed, over β (rows, as in ``BETAS``) and the rate (columns).

    NaN where they are more than the explorer shows.
    """
    rates = np.geomspace(*RATES, COLUMNS)
    rows = [
        updates_needed(SGD(momentum=beta), RAVINE, rates * share(beta, form), JUDGED)
        for beta in BETAS
    ]
    return np.where(np.array(rows) <= UPDATES, rows, np.nan)


def _note(ax: Any) -> Any:
    return ax.text(
        0, 1.03, "", fontsize=style.LABEL, color=style.INK, transform=ax.transAxes, animated=True
    )
