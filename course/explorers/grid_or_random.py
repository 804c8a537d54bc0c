"""How much the second hyperparameter matters, as a slider: does the grid win, or chance?"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course.experiments.hills import (
    GRIDS,
    LANDSCAPES,
    SHAPES,
    Contest,
    Ground,
    contest,
    ground,
    highest,
)
from course.explorers.base import Explorer
from course.explorers.controls import Choice, IntSlider, Slider, Steps
from course.plots import style

STEPS = tuple(round(k / 20, 2) for k in range(21))  # of the curve
CELLS = 61
SIDES = {4: 2, 9: 3, 16: 4, 25: 5}  # trials: values of the grid a hyperparameter


class Seen(NamedTuple):
    """What `GridOrRandom` shows: one landscape, both searches on all of them, the curve."""

    ground: Ground
    landscape: np.ndarray
    contest: Contest
    curve: np.ndarray


class GridOrRandom(Explorer):
    """A grid and equally many random trials, on 2,000 landscapes f(x) + importance·g(y)."""

    title = "Grid or random: it depends on what matters"
    size = (10.0, 4.8)
    controls = (
        Slider("importance", 0.0, 1.0, default=0.0, step=0.05, label="of y; x has importance 1"),
        Steps("trials", tuple(SIDES), default=9, label="for the grid, and for random search"),
        Choice("grid", GRIDS, label="where the values of the grid lie"),
        Choice("shape", SHAPES, label="of f and g"),
        IntSlider("landscape", 0, 19, default=0, label="which one is drawn on the left"),
    )
    presets = {
        "y is irrelevant": {},
        "y matters a little": {"importance": 0.2},
        "both matter": {"importance": 1.0},
        "both, grid with the ends": {"importance": 1.0, "grid": GRIDS[1]},
        "25 trials, y irrelevant": {"trials": 25},
        "25 trials, both matter": {"trials": 25, "importance": 1.0},
        "both, wiggly": {"importance": 1.0, "shape": SHAPES[1]},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Seen:
        poll()
        options = SIDES[state.trials], state.grid, state.shape
        here, which = ground(*options), slice(state.landscape, state.landscape + 1)
        u = np.linspace(0, 1, CELLS)
        f, g = (curve(u, which)[0] for curve in here.curves)
        scores = contest(state.importance, *options)
        return Seen(here, f + state.importance * g[:, None], scores, shares(*options))

    def setup(self, figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=(1, 1.25))
        self._setup_landscape(style.axes(left, grid=False))
        self._setup_curve(style.axes(right))
        for artist in self.artists:
            artist.set_animated(True)

    def _setup_landscape(self, ax: Any) -> None:
        self.image = ax.imshow(
            np.zeros((CELLS, CELLS)), cmap=style.HEIGHTS, origin="lower", extent=(0, 1, 0, 1),
            vmin=0, vmax=1, interpolation="bilinear",
        )  # fmt: skip
        ax.set(xlim=(-0.03, 1.03), ylim=(-0.03, 1.03), xticks=(0, 1), yticks=(0, 1))
        edge = {"ls": "", "mec": "white", "mew": 1.0}
        (self.grid,) = ax.plot([], [], "s", ms=9, color=style.BLUE, **edge)
        (self.random,) = ax.plot([], [], "o", ms=9, color=style.ORANGE, **edge)
        ring = {"ls": "", "mfc": "none", "mew": 2.6, "ms": 18, "mec": style.INK}
        (self.winner,) = ax.plot([], [], "o", **ring)
        self.words = self._note(ax)
        style.label(ax, "", "x", "y")
        self.artists = [self.image, self.grid, self.random, self.winner, self.words]

    def _setup_curve(self, ax: Any) -> None:
        ax.set(xlim=(-0.03, 1.03), ylim=(0, 1), yticks=(0, 0.25, 0.5, 0.75, 1))
        ax.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
        ax.axhline(0.5, color=style.INK, lw=1.6)
        around = {"fontsize": style.LABEL, "ha": "right"}
        ax.text(1, 0.93, "● random wins", color=style.readable(style.ORANGE), **around)
        ax.text(1, 0.04, "■ the grid wins", color=style.readable(style.BLUE), **around)
        (self.curve,) = ax.plot([], [], color=style.INK, lw=2.4)
        (self.mark,) = ax.plot([], [], "D", color=style.HIGHLIGHT, ms=12, mec="white", zorder=5)
        self.percent = self._note(ax)
        style.label(ax, "", "importance of y", f"random wins, of {LANDSCAPES:,} landscapes")
        self.artists += [self.curve, self.mark, self.percent]

    @staticmethod
    def _note(ax: Any) -> Any:
        return ax.text(0, 1.03, "", fontsize=style.LABEL, color=style.INK, transform=ax.transAxes)

    def draw(self, result: Seen) -> None:
        here, state = result.ground, self.state
        self.image.set_data(result.landscape)
        self.image.set_clim(result.landscape.min(), result.landscape.max() + 1e-9)
        random = here.random[state.landscape]
        self.grid.set_data(*here.grid.T)
        self.random.set_data(*random.T)
        points, scores = np.concatenate([here.grid, random]), self._scores()
        best = int(np.argmax(scores))
        self.winner.set_data(points[best : best + 1, 0], points[best : best + 1, 1])
        won = "the grid" if best < state.trials else "random"
        self.words.set_text(f"here {won} wins")
        self.curve.set_data(STEPS, result.curve)
        self.mark.set_data([state.importance], [result.contest.random_wins])
        self.percent.set_text(f"random wins {result.contest.random_wins:.0%}")

    def _scores(self) -> np.ndarray:
        """Return the scores on the landscape that is drawn, those of the grid first."""
        here, which, weight = self.result.ground, self.state.landscape, self.state.importance
        return np.concatenate(
            [f[which] + weight * g[which] for f, g in (here.on_grid, here.at_random)]
        )

    def summary(self) -> str:
        n = self.numbers()
        return (
            f"random wins on {n['random wins']:.0%} of {LANDSCAPES:,} landscapes "
            f"(95 % interval ±{100 * n['margin']:.0f} points)\n"
            f"best found, in % of the most there is: grid {100 * n['grid']:.0f}, "
            f"random {100 * n['random']:.0f}"
        )

    def numbers(self) -> dict[str, float]:
        scores = self.result.contest
        most = self._most()
        return {
            "random wins": scores.random_wins,
            "margin": scores.margin,
            "grid": float(scores.grid.mean() / most),
            "random": float(scores.random.mean() / most),
        }

    def _most(self) -> float:
        """Return the mean of the highest scores there are."""
        f, g = highest(self.state.shape)
        return f + self.state.importance * g

    def describe(self) -> str:
        return (
            f"{self.title}. {self.summary()}. Left: one landscape, darker is better, with the grid "
            "(squares) and the random trials (dots); the best of all is ringed. Right: how often "
            "random wins, over the importance of y; the diamond is here."
        )

    def code(self) -> str:
        state = self.state
        return f"""\
from course.experiments.hills import contest

scores = contest({state.importance}, {SIDES[state.trials]}, {state.grid!r}, {state.shape!r})
print("random wins:", scores.random_wins, "+-", scores.margin)
print("mean best: grid", scores.grid.mean(), "random", scores.random.mean())"""


@lru_cache(maxsize=16)
def shares(k: int, kind: str, shape: str) -> np.ndarray:
    """Return how often random wins at each of `STEPS`; it is computed once."""
    return np.array([contest(w, k, kind, shape).random_wins for w in STEPS])
