"""Bayesian optimization trial by trial: what is believed of a learning rate, where to try next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.experiments.digit_curves import RATES
from course.experiments.rate_steps import (
    ACQUISITIONS,
    FIRST,
    Belief,
    believed,
    log_errors,
    regrets,
)
from course.explorers.base import Explorer
from course.explorers.controls import Choice, IntSlider, Slider
from course.plots import Surrogate, style
from course.plots.band import Band

MOST = 12
LIMITS = (0.2, 2.4)  # log₁₀ of the error in %: 1.6 to 250
TICKS = (0.5, 1.0, 1.5, 2.0)
PLACES = np.log10(RATES)


class SurrogateSteps(Explorer):
    """A Gaussian process learns a recorded landscape, and says where it would look next."""

    title = "What does the search believe, and where does it look next?"
    size = (9.2, 5.6)
    controls = (
        IntSlider("trials", FIRST, MOST, default=3, label="the first two are drawn at random"),
        Choice("acquisition", ACQUISITIONS, label="expected improvement, or the bound μ − βσ"),
        Slider("beta", 0.0, 5.0, default=2.6, step=0.2, label="of 'ucb': how much hope"),
        IntSlider("seed", 0, 9, default=6, label="of the first two"),
    )
    presets = {
        "two trials": {"trials": 2},
        "three": {},
        "six": {"trials": 6},
        "twelve": {"trials": MOST},
        "too sure": {"seed": 3},
        "ucb, no hope": {"trials": 6, "acquisition": "ucb", "beta": 0.0},
        "ucb, much hope": {"trials": 6, "acquisition": "ucb", "beta": 5.0},
    }

    def idle(self, state: Any) -> tuple[str, ...]:
        return ("beta",) if state.acquisition == "ei" else ()

    def compute(self, state: Any, poll: Callable[..., None]) -> Belief:
        belief = None
        for trials in range(FIRST, state.trials + 1):
            poll((trials - FIRST) / MOST)
            belief = believed(trials, *_options(state))
        return belief

    def setup(self, figure: Figure) -> None:
        top, bottom = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
        self.top = style.axes(top)
        self.surrogate = Surrogate(top, truth=(PLACES, log_errors(0)))
        self.truth = top.lines[0]
        self.note = top.text(
            0, 1.03, "", transform=top.transAxes, fontsize=style.LABEL, color=style.INK
        )
        style.label(top, "", "", "validation error")
        top.set(yticks=TICKS, ylim=LIMITS)
        top.set_yticklabels([f"{10**tick:.0f} %" for tick in TICKS])
        _words(top)
        style.axes(bottom).set(ylim=(0, 1.3), yticks=(), xlim=(PLACES[0], PLACES[-1]))
        bottom.set_xticks((-2, -1, 0), ("0.01", "0.1", "1"))
        style.label(bottom, "", "learning_rate", "acquisition")
        self.gain = Band(bottom, style.GREEN, 0.45, "acquisition")
        (self.next,) = bottom.plot([], [], "v", color=style.HIGHLIGHT, ms=11)
        (self.line,) = top.plot([], [], color=style.HIGHLIGHT, lw=1.8)

    def draw(self, result: Belief) -> None:
        y = log_errors(self.state.seed)
        self.truth.set_ydata(y)
        tried = list(result.tried)
        measured = PLACES[tried], y[tried]
        self.surrogate.update(result.x, result.mean, result.std, measured)
        self.top.set(ylim=LIMITS, xlim=(PLACES[0] - 0.05, PLACES[-1] + 0.05))
        height = result.promise - result.promise.min()
        height = height / (height.max() or 1)
        self.gain.update(result.x, np.zeros(len(height)), height)
        place = PLACES[result.next]
        self.next.set_data([place], [np.interp(place, result.x, height) + 0.12])
        self.line.set_data([place, place], LIMITS)
        rate = RATES[result.next]
        self.note.set_text(f"after {len(tried)} trials; next: learning_rate {rate:g}")

    def summary(self) -> str:
        numbers = self.numbers()
        best = min(self.result.tried, key=lambda i: log_errors(self.state.seed)[i])
        return (
            f"after {len(self.result.tried)} trials the best is learning_rate {RATES[best]:g}\n"
            f"regret: {numbers['regret']:.1f} points of error"
        )

    def numbers(self) -> dict[str, float]:
        regret = regrets(self.result.tried, self.state.seed)[-1]
        return {"trials": len(self.result.tried), "regret": round(float(regret), 1)}

    def describe(self) -> str:
        tried = ", ".join(f"{RATES[i]:g}" for i in self.result.tried)
        return (
            f"{self.title} {self.summary()}. Above: the error over the learning rate, a dotted "
            "curve that the search does not see; the blue mean and its band run through the rates "
            f"tried, in this order: {tried}. Below: the acquisition."
        )

    def code(self) -> str:
        state = self.state
        return f"""\
from course.experiments.digit_curves import RATES
from course.experiments.rate_steps import believed, regrets

belief = believed({state.trials}, "{state.acquisition}", beta={state.beta}, seed={state.seed})
print("tried:", [RATES[i] for i in belief.tried])
print("regret in points:", regrets(belief.tried, seed={state.seed})[-1].round(1))"""


def _options(state: Any) -> tuple[str, float, int]:
    """Return what a belief depends on; expected improvement has no beta."""
    beta = state.beta if state.acquisition == "ucb" else 0.0
    return state.acquisition, beta, state.seed


def _words(ax: Axes) -> None:
    """Name the parts above the picture's right end."""
    ax.text(
        1, 1.03, "dots: tried   line and band: belief   dotted: truth", ha="right",
        transform=ax.transAxes, fontsize=style.TICK, color=style.SOFT,
    )  # fmt: skip


def draw_belief(ax: Axes, trials: int, seed: int, title: str) -> None:
    """Draw what is believed after so many trials, with expected improvement along the bottom."""
    result, y = believed(trials, "ei", 0.0, seed), log_errors(seed)
    tried = list(result.tried)
    picture = Surrogate(style.axes(ax), truth=(PLACES, y))
    measured = PLACES[tried], y[tried]
    picture.update(result.x, result.mean, result.std, measured, result.promise)
    ax.set_xticks((-2, -1, 0), ("0.01", "0.1", "1"))
    ax.set_yticks(TICKS, [f"{10**tick:.0f} %" for tick in TICKS])
    style.label(ax, title, "learning_rate", "validation error")
