"""Successive halving over recorded curves of digits: does the slow starter live to win?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from course.experiments.digit_curves import EPOCHS as RECORDED
from course.experiments.halving import DRAWN, Halved, drawn, halve, judged
from course.explorers.base import Explorer
from course.explorers.controls import IntSlider, Steps
from course.plots import style

FACTORS = (2, 3, 4, 9, 27)
SLOW = 15  # a draw whose winner is fifteenth after one epoch
LIMITS = (3, 100)  # error in %
HIGHEST = 3.0  # points of regret in the picture; more stands there, too
FULL = DRAWN * RECORDED
BEST, LEFT = style.readable(style.GREEN), style.HIGHLIGHT


class Seen(NamedTuple):
    """What `HalvingCurves` shows: this schedule, and the regret of each first budget."""

    halved: Halved
    regrets: np.ndarray


class HalvingCurves(Explorer):
    """Twenty-seven recorded trainings, most of which successive halving does not finish."""

    title = "Does the slow starter live to win?"
    size = (10.0, 4.8)
    controls = (
        IntSlider(
            "first_budget", 1, RECORDED, default=1, label="epochs before anything is dropped"
        ),
        Steps("factor", FACTORS, default=3, label="one in so many is kept"),
        IntSlider("draw", 0, 39, default=SLOW, label="which 27 of 300 recorded settings"),
    )
    presets = {
        "slow winner": {},
        "wait 3 epochs": {"first_budget": 3},
        "wait 9 epochs": {"first_budget": 9},
        "no halving": {"first_budget": RECORDED},
        "factor 27": {"factor": 27},
        "quick winner": {"draw": 18},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Seen:
        poll()
        curves = drawn(state.draw)[1]
        every = [halve(curves, state.factor, first) for first in range(1, RECORDED + 1)]
        regrets = 100 * np.array([one.regret for one in every])
        return Seen(every[state.first_budget - 1], regrets)

    def setup(self, figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=(1.5, 1))
        self._setup_curves(style.axes(left))
        style.axes(right).set(xlim=(0, RECORDED + 1), ylim=(-0.15, 1.08 * HIGHEST))
        right.set_xticks((1, 3, 9, 18, 27))
        right.set_yticks((0, 1, 2, HIGHEST), ("0", "1", "2", "3+"))
        style.label(right, "", "first_budget (epochs)", "regret (points)")
        (self.regrets,) = right.plot([], [], "o-", color=style.BLUE, ms=5, lw=1.4)
        (self.here,) = right.plot([], [], "D", color=LEFT, ms=12, mec="white", zorder=5)
        self.told = _note(right)
        self.artists += [self.regrets, self.here, self.told]
        for artist in self.artists:
            artist.set_animated(True)

    def _setup_curves(self, ax: Axes) -> None:
        ax.set(xscale="log", yscale="log", xlim=(0.93, 30), ylim=LIMITS)
        for axis, ticks in ((ax.xaxis, (1, 3, 9, 27)), (ax.yaxis, (3, 5, 10, 20, 50, 100))):
            axis.set_ticks(ticks, [str(tick) for tick in ticks])
            axis.set_ticks([], minor=True)
        style.label(ax, "", "epoch", "validation error in %")
        self.others = ax.add_collection(LineCollection([], colors=[style.MUTED], linewidths=1.1))
        look = {"linewidth": 3, "linestyle": style.VALIDATION["linestyle"]}
        (self.ends,) = ax.plot([], [], "x", color=style.MUTED, ms=6, lw=0)
        (self.unseen,) = ax.plot([], [], color=BEST, lw=1.6, ls=(0, (1, 1.6)))
        (self.best,) = ax.plot([], [], color=BEST, **look)
        (self.left,) = ax.plot([], [], color=LEFT, **look)
        (self.end,) = ax.plot([], [], "X", color=BEST, ms=13, mec="white")
        self.note = _note(ax)
        words = {"transform": ax.transAxes, "fontsize": style.TICK, "va": "bottom"}
        ax.text(0.02, 0.09, "best in the end (dotted: not trained)", color=BEST, **words)
        ax.text(0.02, 0.02, "the one that is left", color=style.readable(LEFT), **words)
        self.artists = [
            self.others,
            self.ends,
            self.unseen,
            self.best,
            self.left,
            self.end,
            self.note,
        ]

    def draw(self, result: Seen) -> None:
        wrong = 100 * (1 - drawn(self.state.draw)[1]) + 1e-9
        epochs, halved = np.arange(1, RECORDED + 1), result.halved
        ends = halved.epochs
        trained = [row[:end] for row, end in zip(wrong, ends, strict=True)]
        self.others.set_segments([np.column_stack([epochs[: len(t)], t]) for t in trained])
        self.ends.set_data(ends, wrong[np.arange(DRAWN), ends - 1])
        best, end = self._best(), ends[self._best()]
        self.best.set_data(epochs[:end], wrong[best, :end])
        self.unseen.set_data(epochs[end - 1 :], wrong[best, end - 1 :])
        self.end.set_data(*(([end], [wrong[best, end - 1]]) if end < RECORDED else ([], [])))
        self.left.set_data(epochs, wrong[halved.winner])
        self.note.set_text(self._fate())
        self.regrets.set_data(epochs, np.minimum(result.regrets, HIGHEST))
        self.here.set_data([self.state.first_budget], [min(100 * halved.regret, HIGHEST)])
        self.told.set_text(f"regret {100 * halved.regret:.1f} points")

    def summary(self) -> str:
        numbers = self.numbers()
        return (
            f"{self._fate()}\n{numbers['spent']:.0f} epochs spent of {FULL}; "
            f"regret {numbers['regret']:.1f} points\n"
            f"test accuracy with three other seeds: the one that is left {numbers['left']:.1f} %, "
            f"the best {numbers['best']:.1f} %"
        )

    def numbers(self) -> dict[str, float]:
        halved, best = self.result.halved, self._best()
        draw = self.state.draw
        first = drawn(draw)[1][:, self.state.first_budget - 1]
        return {
            "regret": round(100 * halved.regret, 1),
            "spent": halved.spent,
            "rank": 1 + int((first > first[best]).sum()),
            "dropped": float(halved.regret > 0),
            "left": round(judged(draw, halved.winner), 1),
            "best": round(judged(draw, best), 1),
        }

    def describe(self) -> str:
        return (
            f"{self.title} {self.summary()}. Left: the error of 27 settings over the epochs, each "
            "as far as it was trained; green the setting that would be best in the end, red the "
            "one that is left. Right: the regret of each first budget."
        )

    def code(self) -> str:
        state = self.state
        return f"""\
from course.experiments.halving import drawn, halve

settings, curves = drawn({state.draw})
halved = halve(curves, factor={state.factor}, first={state.first_budget})
print("left:", settings[halved.winner], "best:", settings[curves[:, -1].argmax()])
print("epochs:", halved.spent, "regret in points:", round(100 * halved.regret, 1))"""

    def _best(self) -> int:
        """Return the setting with the best end; of equals the one that is left, if it is one."""
        last = drawn(self.state.draw)[1][:, -1]
        halved = self.result.halved
        return halved.winner if halved.regret == 0 else int(last.argmax())

    def _fate(self) -> str:
        """Say what became of the best."""
        if self.result.halved.regret == 0:
            return "the best setting is the one that is left"
        return f"the best setting is dropped after epoch {self.result.halved.epochs[self._best()]}"


def _note(ax: Axes) -> Any:
    return ax.text(0, 1.03, "", fontsize=style.LABEL, color=style.INK, transform=ax.transAxes)
