"""The best of k runs of one setting: its validation score rises, its test score hardly."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from course.experiments.best_of import REST, Draw, best_of, shuffles, sixty_runs
from course.explorers.base import Explorer
from course.explorers.controls import IntSlider, Steps
from course.plots import style

RUNS, DRAWS = 60, 1000
SIZES = (20, 50, 100, 200, 400)
VALIDATION = {**style.VALIDATION, "color": style.BLUE}
TEST = {"color": style.readable(style.ORANGE), "linestyle": "-", "linewidth": 2.4}
LOW, HIGH = 0.7, 1.0


class BestOfK(Explorer):
    """Sixty runs that differ in their seed only, and the best of the first k of them.

    The default seed is a choice near the average; others are luckier or unluckier.
    """

    title = "The best of k runs looks better than it is"
    size = (10.0, 4.8)
    controls = (
        IntSlider("k", 1, RUNS, default=10, label="how many runs are tried"),
        Steps("validation_size", SIZES, default=50, label="digits that validate; the rest tests"),
        IntSlider("seed", 0, 19, default=10, label="which digits validate; the order of the runs"),
    )
    presets = {
        "one run": {"k": 1},
        "best of 10": {},
        "best of 60": {"k": 60},
        "20 digits": {"k": 60, "validation_size": 20},
        "400 digits": {"k": 60, "validation_size": 400},
        "hard digits": {"k": 60, "seed": 4},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Draw:
        return scores(state.validation_size)

    def setup(self, figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=(1.25, 1))
        self._setup_runs(style.axes(left))
        self._setup_average(style.axes(right))
        for ax, name in ((left, "one choice"), (right, f"average of {DRAWS:,} choices")):
            ax.set(xlim=(-1.5, RUNS + 2.5), ylim=(LOW, HIGH), xticks=(1, 20, 40, 60))
            ax.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
            ax.text(0.02, 1.03, name, transform=ax.transAxes, fontsize=style.LABEL, color=style.INK)
            style.label(ax, "", "runs tried, k", "accuracy" if ax is left else "")
        for artist in self.artists:
            artist.set_animated(True)

    def _setup_runs(self, ax: Any) -> None:
        dot = {"linestyle": "none", "marker": "o", "markersize": 6}
        (self.later,) = ax.plot([], [], **dot, color=style.mix(style.BLUE, 0.2))
        (self.tried,) = ax.plot([], [], **dot, color=style.mix(style.BLUE, 0.6))
        (self.best,) = ax.plot([], [], **VALIDATION, drawstyle="steps-post")
        (self.chosen,) = ax.plot([], [], **TEST, drawstyle="steps-post")
        (self.ring,) = ax.plot(
            [], [], linestyle="none", marker="o", markersize=13, markerfacecolor="none",
            markeredgewidth=2.4, color=style.HIGHLIGHT,
        )  # fmt: skip
        (self.gap,) = ax.plot([], [], color=style.HIGHLIGHT, linewidth=4, solid_capstyle="butt")
        self.optimism = self._gap_text(ax)
        self.artists = [self.later, self.tried, self.best, self.chosen, self.gap, self.ring]
        self.artists.append(self.optimism)

    def _setup_average(self, ax: Any) -> None:
        (self.mean_best,) = ax.plot([], [], **VALIDATION)
        (self.mean_chosen,) = ax.plot([], [], **TEST)
        (self.mean_gap,) = ax.plot(
            [], [], color=style.HIGHLIGHT, linewidth=4, solid_capstyle="butt"
        )
        self.mean_optimism = self._gap_text(ax)
        for words, color, height in (
            ("best validation score", style.readable(style.BLUE), 0.972),  # above all curves
            ("test score of that run", TEST["color"], 0.852),  # below all curves
        ):
            ax.text(RUNS, height, words, ha="right", fontsize=style.LABEL, color=color)
        self.artists += [self.mean_best, self.mean_chosen, self.mean_gap, self.mean_optimism]

    @staticmethod
    def _gap_text(ax: Any) -> Any:
        return ax.text(
            RUNS / 2, LOW + 0.012, "", ha="center", fontsize=style.LABEL, weight="bold",
            color=style.readable(style.HIGHLIGHT),
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 2.0, "alpha": 0.85},
        )  # fmt: skip

    def draw(self, result: Draw) -> None:
        k, seed = self.state.k, self.state.seed
        runs = np.arange(1, RUNS + 1)
        validation, best, chosen = (
            part[seed] for part in (result.validation, result.best, result.chosen)
        )
        shown = np.clip(validation, LOW + 0.002, HIGH)
        self.later.set_data(runs[k:], shown[k:])
        self.tried.set_data(runs[:k], shown[:k])
        self.best.set_data(runs[:k], best[:k])
        self.chosen.set_data(runs[:k], chosen[:k])
        winner = int(np.argmax(validation[:k]))
        self.ring.set_data([winner + 1], [shown[winner]])
        _draw_gap(self.gap, self.optimism, k, best[k - 1], chosen[k - 1])
        rising, standing = result.best.mean(0), result.chosen.mean(0)
        self.mean_best.set_data(runs[:k], rising[:k])
        self.mean_chosen.set_data(runs[:k], standing[:k])
        _draw_gap(self.mean_gap, self.mean_optimism, k, rising[k - 1], standing[k - 1])

    def summary(self) -> str:
        n = self.numbers()
        return (
            f"best of {self.state.k}: validation {n['validation']:.1%}, test {n['test']:.1%}, "
            f"optimism {_points(n['optimism'])}\n"
            f"on average: validation {n['mean validation']:.1%}, test {n['mean test']:.1%}, "
            f"optimism {_points(n['mean optimism'])}"
        )

    def numbers(self) -> dict[str, float]:
        at = self.state.seed, self.state.k - 1
        best, chosen = self.result.best, self.result.chosen
        mean_best, mean_chosen = best[:, at[1]].mean(), chosen[:, at[1]].mean()
        return {
            "validation": float(best[at]),
            "test": float(chosen[at]),
            "optimism": float(best[at] - chosen[at]),
            "mean validation": float(mean_best),
            "mean test": float(mean_chosen),
            "mean optimism": float(mean_best - mean_chosen),
        }

    def describe(self) -> str:
        return (
            f"{self.title}. {self.summary()}. Left: dots are the validation scores of the runs in "
            "the order tried (below 70 % on the lower edge), the ringed one is the best so far. "
            "Right: averages for every k."
        )

    def code(self) -> str:
        k, size, seed = self.state.k, self.state.validation_size, self.state.seed
        return f"""\
from course.experiments.best_of import best_of, shuffles, sixty_runs

right = sixty_runs()  # (runs, digits): which digits each run got right
draw = best_of(right, {size}, shuffles({DRAWS}, {REST}))
print("validation", draw.best[{seed}, {k - 1}], "test", draw.chosen[{seed}, {k - 1}])
print("optimism on average", (draw.best - draw.chosen)[:, {k - 1}].mean())"""


@cache
def scores(validation_size: int) -> Draw:
    """Return 1,000 choices among the sixty runs; a size is computed once."""
    return best_of(sixty_runs(), validation_size, shuffles(DRAWS, REST))


def _draw_gap(line: Any, text: Any, k: int, best: float, chosen: float) -> None:
    line.set_data([k, k], [chosen, best])
    text.set_text(f"optimism {_points(best - chosen)}")


def _points(share: float) -> str:
    """Write a difference of accuracies in points of a percent, with a true minus."""
    return f"{100 * share + 0:+.1f} points".replace("-", "−")
