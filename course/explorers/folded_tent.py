"""The tent map, fold by fold: weights set by hand, and the same network trained."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course import config
from course.experiments.tent_map import (
    BATCH,
    EPOCHS,
    FOUND,
    built_by_hand,
    count_teeth,
    explained,
    nearly_right,
    tent,
    tent_network,
    tent_points,
)
from course.explorers.base import Explorer
from course.explorers.controls import Choice, IntSlider, Steps
from course.optimizers import Adam
from course.plots import style

WEIGHTS = ("built by hand", "trained", "trained from nearly right")
DEEPEST, SEED, FRAME = 8, 0, 5
GRID = np.linspace(0, 1, 4097)
NONE = 0.5  # where no tooth is drawn on the logarithmic axis


class Folded(NamedTuple):
    """What `FoldedTent` shows: the network's answers on ``GRID`` after so many epochs."""

    epoch: int
    answers: np.ndarray
    teeth: int
    share: float


class FoldedTent(Explorer):
    """Two units a fold: teeth double with each layer, if somebody sets the weights."""

    title = "The tent map, folded again and again"
    size = (10.0, 4.8)
    controls = (
        IntSlider("folds", 1, DEEPEST, default=3, label="hidden layers"),
        Choice("weights", WEIGHTS, label="how the network got its weights"),
        Steps("units", (2, 8, 32), default=2, label="in each hidden layer, when trained"),
        Steps("learning_rate", (0.001, 0.003, 0.01, 0.03), default=0.01, label="of Adam"),
    )
    presets = {
        "3 folds by hand": {},
        "8 folds by hand": {"folds": 8},
        "3 folds trained": {"weights": WEIGHTS[1]},
        "32 units, 2 folds": {"folds": 2, "weights": WEIGHTS[1], "units": 32},
        "32 units, 6 folds": {"folds": 6, "weights": WEIGHTS[1], "units": 32},
        "from nearly right": {"folds": 4, "weights": WEIGHTS[2], "learning_rate": 0.001},
    }

    def idle(self, state: Any) -> tuple[str, ...]:
        if state.weights == WEIGHTS[0]:
            return ("units", "learning_rate")
        return ("units",) if state.weights == WEIGHTS[2] else ()

    def compute(self, state: Any, poll: Callable[..., None]) -> Iterator[Folded]:
        if state.weights == WEIGHTS[0]:
            yield seen(built_by_hand(state.folds), state.folds, 0)
            return
        x, y = tent_points(state.folds)
        with config.seeded(SEED):
            rng = config.generator()  # `fit` would go on drawing from it, too
            model = tent_network(state.folds, state.units)
        if state.weights == WEIGHTS[2]:
            with config.seeded(SEED):
                rng, model = config.generator(), nearly_right(state.folds)
        model.compile(Adam(state.learning_rate), "mse")
        yield seen(model, state.folds, 0)
        for epoch in range(1, EPOCHS + 1):
            poll(epoch / EPOCHS)
            order = rng.permutation(len(x))
            for rows in np.split(order, range(BATCH, len(x), BATCH)):
                model.train_on_batch(x[rows], y[rows])
            if epoch % FRAME == 0:
                yield seen(model, state.folds, epoch)

    def setup(self, figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=(1.25, 1))
        self.target, self.line = tent_lines(left)
        style.axes(right).set(
            xlim=(0.5, DEEPEST + 0.5), ylim=(0.4, 300), yscale="log", xticks=range(1, DEEPEST + 1)
        )
        right.set_yticks([NONE, *(2**k for k in range(DEEPEST))])
        right.set_yticklabels(["none", *(2**k for k in range(DEEPEST))])
        right.minorticks_off()
        folds = np.arange(1, DEEPEST + 1)
        right.plot(folds, 2.0 ** (folds - 1), "o-", color=style.BLUE)
        right.plot(folds, folds, color=style.INK, **style.VALIDATION)
        words = {"fontsize": style.LABEL, "ha": "right"}
        right.text(6.6, 90, "2^(folds − 1)", color=style.readable(style.BLUE), **words)
        right.text(8.3, 0.95, "at most, with as many\nunits in one layer", color=style.INK, **words)
        style.label(right, "", "folds", "teeth")
        self.mark = right.plot(
            [], [], "D", color=style.HIGHLIGHT, ms=13, markeredgecolor="white", zorder=5
        )[0]
        self.notes = [
            ax.text(0, 1.03, "", fontsize=style.LABEL, color=style.INK, transform=ax.transAxes)
            for ax in (left, right)
        ]
        for artist in (self.target, self.line, self.mark, *self.notes):
            artist.set_animated(True)

    def draw(self, result: Folded) -> None:
        folds = self.state.folds
        self.target.set_ydata(tent(GRID, folds))
        self.line.set_ydata(result.answers)
        thin = 2.4 if folds < 6 else 1.0
        self.line.set_linewidth(thin)
        self.mark.set_data([folds], [max(result.teeth, NONE)])
        self.notes[0].set_text(f"{self._way()}: {share_said(result.share)} of the variance")
        self.notes[1].set_text(f"{said(result.teeth)} of {2 ** (folds - 1)}")

    def summary(self) -> str:
        numbers, state = self.numbers(), self.state
        verdict = "found" if self.result.share >= FOUND else "not found"
        folds = "1 fold" if state.folds == 1 else f"{state.folds} folds"
        teeth = f"{said(self.result.teeth)} of {numbers['teeth wanted']:g}"
        if state.weights == WEIGHTS[0]:
            return f"{folds}, {2 * state.folds} hidden units\n{teeth}: exact"
        return f"{folds}, {self._way()}\n{verdict}"

    def numbers(self) -> dict[str, float]:
        return {
            "teeth": self.result.teeth,
            "teeth wanted": 2 ** (self.state.folds - 1),
            "share": round(self.result.share, 2) + 0.0,
        }

    def describe(self) -> str:
        return (
            f"{self.title}. {self.summary()}. Left: the tent map, and what the network answers "
            f"from 0 to 1; {said(self.result.teeth)}. Right: teeth over folds; by hand they "
            "double from 1 to 128, one layer of as many units can have 1 to 8."
        )

    def code(self) -> str:
        state = self.state
        made = {
            WEIGHTS[0]: f"built_by_hand({state.folds})",
            WEIGHTS[1]: (
                f"trained_tent({state.folds}, {state.units}, {state.learning_rate}, seed={SEED})"
            ),
            WEIGHTS[2]: (
                f"trained_tent({state.folds}, 2, {state.learning_rate}, seed={SEED}, near=True)"
            ),
        }[state.weights]
        return f"""\
import numpy as np
from course.experiments.tent_map import built_by_hand, count_teeth, explained, trained_tent

model = {made}
model.summary()
x = np.linspace(0, 1, 4097)[:, None]
print("teeth:", count_teeth(model.predict(x, verbose=0)))
print("share of the variance:", explained(model, {state.folds}))"""

    def _way(self) -> str:
        if self.state.weights == WEIGHTS[0]:
            return "by hand"
        start = f"{self.state.units} units a layer, trained"
        if self.state.weights == WEIGHTS[2]:
            start = "from nearly right"
        return f"{start}, epoch {self.result.epoch}"


def seen(model: Any, folds: int, epoch: int) -> Folded:
    """Return what there is to see of `model`."""
    answers = model.predict(GRID[:, None], verbose=0)[:, 0].astype(float)
    return Folded(epoch, answers, count_teeth(answers), explained(model, folds))


def tent_lines(ax: Axes) -> tuple[Any, Any]:
    """Return two lines over [0, 1] that can be changed: the wanted curve, and a network's."""
    style.axes(ax).set(xlim=(0, 1), ylim=(-0.25, 1.25))
    target = ax.plot(GRID, np.full_like(GRID, np.nan), color=style.mix(style.MUTED, 0.5), lw=5)[0]
    line = ax.plot(GRID, np.full_like(GRID, np.nan), color=style.BLUE, lw=2.4)[0]
    style.label(ax, "", "x", "grey: wanted, blue: the network")
    return target, line


def draw_tent(ax: Axes, model: Any, folds: int, title: str) -> None:
    """Draw what `model` answers over the tent map of so many folds."""
    target, line = tent_lines(ax)
    target.set_ydata(tent(GRID, folds))
    line.set_ydata(seen(model, folds, 0).answers)
    style.label(ax, title, y="grey: wanted")


def said(teeth: int) -> str:
    """Write a number of teeth so that it can be said."""
    return "no teeth" if teeth == 0 else f"{teeth} {'tooth' if teeth == 1 else 'teeth'}"


def share_said(share: float) -> str:
    """Write a share of the variance; below nothing is nothing."""
    return f"{max(share, 0):.0%}"
