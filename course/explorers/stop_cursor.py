"""A cursor over one recorded training: would early stopping stop here?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.callbacks import EarlyStopping
from course.experiments.replay import Replay, Step, replay
from course.experiments.sloppy_digits import EPOCHS as RECORDED
from course.experiments.sloppy_digits import MONITORS, recorded
from course.explorers.base import Explorer
from course.explorers.controls import Choice, IntSlider, Slider
from course.plots import style

PATIENT = 20  # the longest patience
LIMITS = {"val_loss": (0.3, 1.3), "val_accuracy": (0.6, 1.0)}  # worse values leave the picture
FUTURE = style.mix(style.BLUE, 0.3)
BEST = style.readable(style.GREEN)


class StopCursor(Explorer):
    """Eighty recorded epochs, and what `EarlyStopping` thinks after each of them."""

    title = "Would it stop here?"
    size = (10.0, 4.8)
    controls = (
        IntSlider("epoch", 1, RECORDED, default=12, label="move it from left to right"),
        IntSlider("patience", 0, PATIENT, default=5, label="how many epochs it waits"),
        Slider("min_delta", 0.0, 0.1, default=0.0, step=0.01, label="what is worth being called"
               " better"),
        Choice("monitor", MONITORS, label="what it looks at"),
        IntSlider("seed", 0, 24, default=10, label="which of 25 recorded trainings"),
    )  # fmt: skip
    presets = {
        "first steps": {"epoch": 4},
        "the end": {"epoch": RECORDED},
        "patience 0": {"epoch": RECORDED, "patience": 0},
        "patience 20": {"epoch": RECORDED, "patience": 20},
        "min_delta 0.05": {"epoch": RECORDED, "min_delta": 0.05},
        "accuracy": {"epoch": RECORDED, "monitor": "val_accuracy"},
        "accuracy, patience 0": {"epoch": RECORDED, "monitor": "val_accuracy", "patience": 0},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Replay:
        poll()
        stopper = EarlyStopping(
            state.monitor, state.min_delta, state.patience, restore_best_weights=True
        )
        return replay(stopper, {state.monitor: recorded(state.seed)[state.monitor]})

    def setup(self, figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=(1.5, 1))
        for ax in (left, right):
            style.axes(ax).set(xlim=(0, RECORDED + 1), xticks=(1, 20, 40, 60, RECORDED))
        self.left, self.shown = left, ""
        self._setup_curve(left)
        self._setup_wait(right)
        for artist in self.artists:
            artist.set_animated(True)

    def _setup_curve(self, ax: Axes) -> None:
        look = {**style.VALIDATION, "color": style.BLUE}
        (self.future,) = ax.plot([], [], **{**look, "color": FUTURE, "linewidth": 1.6})
        (self.seen,) = ax.plot([], [], **look)
        (self.target,) = ax.plot([], [], color=BEST, linewidth=1.4)
        (self.cursor,) = ax.plot([], [], color=style.INK, linewidth=1.4)
        (self.best,) = ax.plot([], [], "*", color=BEST, markersize=17, markeredgecolor="white")
        (self.ended,) = ax.plot([], [], "o", color=style.HIGHLIGHT, ms=11, markeredgecolor="white")
        self.note = _note(ax)
        self.better = ax.text(
            1.5, 0, "", color=BEST, fontsize=style.LABEL, ha="left", va="top",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0, "alpha": 0.8},
        )  # fmt: skip
        self.artists = [self.future, self.target, self.seen, self.cursor, self.ended]
        self.artists += [self.best, self.note, self.better]

    def _setup_wait(self, ax: Axes) -> None:
        ax.set(ylim=(-0.4, PATIENT + 2), yticks=(0, 5, 10, 15, 20))
        style.label(ax, "", "epoch", "wait")
        (self.limit,) = ax.plot([], [], color=style.HIGHLIGHT, linewidth=2)
        (self.waits,) = ax.plot([], [], color=style.INK, linewidth=2.4, drawstyle="steps-mid")
        (self.now,) = ax.plot([], [], "o", color=style.INK, markersize=9, markeredgecolor="white")
        self.patience = ax.text(
            1.5, 0, "", color=style.readable(style.HIGHLIGHT), fontsize=style.LABEL
        )
        self.count = _note(ax)
        self.artists += [self.limit, self.waits, self.now, self.patience, self.count]

    def draw(self, result: Replay) -> None:
        if self.state.monitor != self.shown:
            self.shown = self.state.monitor
            self.left.set_ylim(LIMITS[self.shown])
            style.label(self.left, "", "epoch", self.shown)
        here = self._here()
        values = recorded(self.state.seed)[self.state.monitor]
        epochs = np.arange(1, RECORDED + 1)
        self.future.set_data(epochs[here.epoch - 1 :], values[here.epoch - 1 :])
        self.seen.set_data(epochs[: here.epoch], values[: here.epoch])
        self.cursor.set_data([self.state.epoch] * 2, LIMITS[self.shown])
        ended = [here.epoch - 1] if here.stopped else []
        self.ended.set_data(epochs[ended], values[ended])
        self.best.set_data([here.best_epoch], [np.clip(here.best, *LIMITS[self.shown])])
        self._draw_target(here)
        self.note.set_text(_told(here))
        self._draw_wait(result.steps[: here.epoch])

    def _draw_target(self, here: Step) -> None:
        sign = -1 if self.shown == "val_loss" else 1
        beaten = here.best + sign * self.state.min_delta
        self.target.set_data([0, RECORDED + 1], [beaten, beaten])
        self.better.set_text("better is below" if sign < 0 else "better is above")
        self.better.set_verticalalignment("top" if sign < 0 else "bottom")
        low, high = LIMITS[self.shown]
        room = 0.01 * sign * (high - low)
        _put(self.better, here.epoch > 20, np.clip(beaten, low, high) + room)

    def _draw_wait(self, steps: list[Step]) -> None:
        patience = self.state.patience
        self.waits.set_data([step.epoch for step in steps], [step.wait for step in steps])
        self.now.set_data([steps[-1].epoch], [steps[-1].wait])
        self.limit.set_data([0, RECORDED + 1], [patience, patience])
        _put(self.patience, patience > 3, patience + 0.3)
        self.patience.set_text(f"patience {patience}")
        self.count.set_text(f"wait {steps[-1].wait}")

    def summary(self) -> str:
        here, test = self._here(), recorded(self.state.seed)["test_accuracy"]
        kept, last = test[here.best_epoch - 1], test[here.epoch - 1]
        return (
            f"{_told(here)}: wait {here.wait}; best {here.best:.3f} in epoch {here.best_epoch}\n"
            f"test accuracy now {last:.1%}, of the best epoch {kept:.1%}"
        )

    def numbers(self) -> dict[str, float]:
        here, test = self._here(), recorded(self.state.seed)["test_accuracy"]
        return {
            "wait": here.wait,
            "epoch": here.epoch,
            "best": here.best,
            "best epoch": here.best_epoch,
            "stopped": float(here.stopped),
            "test": float(test[here.best_epoch - 1]),
        }

    def describe(self) -> str:
        return (
            f"{self.title} {self.summary()}. Left: {self.state.monitor} over 80 recorded epochs, "
            "pale where it was not yet, or never, seen; the star is the best so far, a dot the "
            "stop. Right: the count of epochs without an improvement, and patience "
            f"{self.state.patience}."
        )

    def code(self) -> str:
        state = self.state
        return f"""\
from course.callbacks import EarlyStopping
from course.experiments.replay import replay
from course.experiments.sloppy_digits import recorded

curve = recorded(seed={state.seed})["{state.monitor}"]
stopper = EarlyStopping("{state.monitor}", min_delta={state.min_delta}, patience={state.patience})
for step in replay(stopper, {{"{state.monitor}": curve}}).steps[:{state.epoch}]:
    print(step)"""

    def _here(self) -> Step:
        """Return what is known at the cursor, or at the end where that comes before."""
        return self.result.steps[min(self.state.epoch, self.result.epochs) - 1]


def _put(text: Any, left: bool, height: float) -> None:
    """Move words to the side where no curve is."""
    text.set_position((1.5 if left else RECORDED, height))
    text.set_horizontalalignment("left" if left else "right")


def _told(here: Step) -> str:
    return f"STOPPED after epoch {here.epoch}" if here.stopped else f"epoch {here.epoch}"


def _note(ax: Axes) -> Any:
    return ax.text(0, 1.03, "", fontsize=style.LABEL, color=style.INK, transform=ax.transAxes)


def draw_stops(ax: Axes | None, seed: int, patiences: tuple[int, ...], title: str) -> Axes:
    """Draw a recorded val_loss and where each patience would have ended the training."""
    ax, curve = style.axes(ax, (9.2, 4.0)), recorded(seed)["val_loss"]
    epochs = np.arange(1, RECORDED + 1)
    ax.plot(epochs, curve, color=style.BLUE, **style.VALIDATION)
    for patience in patiences:
        end = replay(EarlyStopping(patience=patience), {"val_loss": curve}).epochs
        ax.plot(end, curve[end - 1], "o", color=style.HIGHLIGHT, ms=11, markeredgecolor="white")
        ax.annotate(
            f"patience {patience}", (end, curve[end - 1]), (8, 14), textcoords="offset points",
            fontsize=style.LABEL, color=style.readable(style.HIGHLIGHT),
        )  # fmt: skip
    ax.set(xlim=(0, RECORDED + 1), ylim=LIMITS["val_loss"], xticks=(1, 20, 40, 60, RECORDED))
    style.label(ax, title, "epoch", "val_loss")
    return ax
