"""Four ways to begin, by the number of labels: where does learning from scratch overtake?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.experiments.transfer_table import JUDGING, crossover, judged, mean_curve
from course.experiments.transferred_digits import (
    FOUR,
    LABELS,
    TASKS,
    UPDATES,
    Parts,
    accuracy,
    beginning,
    learning,
    transfer_parts,
)
from course.explorers.base import Explorer
from course.explorers.controls import Choice, IntSlider, Steps
from course.plots import style
from course.plots.curves import spread

FRAME = 20  # updates
LOOKS = {
    "frozen": (style.BLUE, "o"),
    "fine-tuned": (style.GREEN, "^"),
    "from scratch": (style.ORANGE, "s"),
    "random frozen": (style.PURPLE, "D"),
}
LOWEST = {"parity": 0.4, "new digits": 0.1}


class Learned(NamedTuple):
    """What `TransferCurves` shows: updates done, and accuracies of the four ways at each."""

    updates: list[int]
    accuracies: dict[str, list[float]]


class TransferCurves(Explorer):
    """Digits learned with features of another task, of no task, or of their own."""

    title = "Must we start from nothing?"
    size = (10.0, 4.8)
    controls = (
        Choice("task", TASKS, label="ten digits to parity, or digits 0-4 to 5-9"),
        Steps("labels", LABELS, default=10, label="labelled images of the target task"),
        IntSlider("seed", JUDGING[0], JUDGING[-1], default=10, label="of the live training"),
    )
    presets = {
        "parity, 10 labels": {},
        "parity, 50": {"labels": 50},
        "parity, 400": {"labels": 400},
        "new digits, 10": {"task": "new digits"},
        "new digits, 50": {"task": "new digits", "labels": 50},
        "new digits, 400": {"task": "new digits", "labels": 400},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Iterator[Learned]:
        poll(0)
        parts = transfer_parts(state.task, state.seed, state.labels)
        models, runs = {}, []
        for way, rate in rates(state.task, state.labels).items():
            models[way] = beginning(state.task, way, rate, state.seed)
            runs.append(learning(parts, models[way], way, rate, state.seed))
        seen = Learned([], {way: [] for way in FOUR})
        yield _seen(seen, 0, models, parts)
        for together in zip(*runs, strict=True):
            poll(together[0] / UPDATES)
            if together[0] % FRAME == 0:
                yield _seen(seen, together[0], models, parts)

    def setup(self, figure: Figure) -> None:
        self.left, right = figure.subplots(1, 2, width_ratios=(1.3, 1))
        self.lines, self.names = _setup_ways(self.left)
        self.marker = self.left.axvline(10, color=style.HIGHLIGHT, lw=2.4, zorder=1)
        self.runs, self.dots = {}, {}
        for way, (colour, shape) in LOOKS.items():
            look = {"color": colour, "marker": shape, "markeredgecolor": "white"}
            self.runs[way] = right.plot([], [], ms=7, **look, **style.VALIDATION)[0]
            hollow = {"markerfacecolor": "none", "markeredgecolor": colour, "markeredgewidth": 3}
            self.dots[way] = self.left.plot([], [], ms=15, zorder=6, **look | hollow)[0]
        self.right = style.axes(right)
        right.set(xlim=(-4, UPDATES + 4), xticks=(0, 50, 100, 150, 200))
        style.label(right, "", "updates, live", "accuracy on test images")
        self.notes = [
            ax.text(0, 1.03, "", fontsize=style.LABEL, color=style.INK, transform=ax.transAxes)
            for ax in (self.left, right)
        ]
        self.shown = ""
        self._show_task(self.state.task)
        artists = (*self.lines.values(), *self.names.values(), *self.runs.values())
        for artist in (*artists, *self.dots.values(), self.marker, *self.notes):
            artist.set_animated(True)

    def _show_task(self, task: str) -> None:
        """Draw the means of the table for another task."""
        self.shown = task
        for ax in (self.left, self.right):
            ax.set_ylim(LOWEST[task], 1.01)
        _update_ways(self.left, self.lines, self.names, task)

    def draw(self, result: Learned) -> None:
        if self.state.task != self.shown:
            self._show_task(self.state.task)
        self.marker.set_xdata([self.state.labels] * 2)
        for way, values in result.accuracies.items():
            self.runs[way].set_data(result.updates, values)
            self.dots[way].set_data([self.state.labels], values[-1:])
        self.notes[0].set_text(self._crossing())
        self.notes[1].set_text(f"{self.state.labels} labels, {result.updates[-1]} updates")

    def summary(self) -> str:
        means = ", ".join(f"{way} {100 * mean:.0f}" for way, mean in self._means().items())
        return f"{self._crossing()}\n{self.state.labels} labels, mean of 16 in %: {means}"

    def numbers(self) -> dict[str, float]:
        means = {way: round(mean, 3) for way, mean in self._means().items()}
        return {"crossover": float(self._crossover() or 0), **means}

    def describe(self) -> str:
        live = ", ".join(f"{way} {v[-1]:.2f}" for way, v in self.result.accuracies.items())
        return (
            f"{self.title} {self.summary()}. Left: mean test accuracy over the number of labels, "
            "a line for each way; a vertical line at the number chosen. Right: one live training "
            f"of each, accuracy by update; at the end {live}."
        )

    def code(self) -> str:
        state = self.state
        return f"""\
from course.experiments.transferred_digits import accuracy, transfer_parts, transferred

parts = transfer_parts({state.task!r}, seed={state.seed})
for way, rate in {rates(state.task, state.labels)}.items():
    model = transferred({state.task!r}, way, {state.labels}, rate, seed={state.seed})
    print(f"{{way:14}} {{accuracy(model, parts.x_test, parts.y_test):.3f}}")"""

    def _means(self) -> dict[str, float]:
        return {way: judged(self.state.task, way, self.state.labels)[1].mean() for way in FOUR}

    def _crossover(self) -> int | None:
        frozen, *others = (mean_curve(self.state.task, way) for way in FOUR)
        return crossover(LABELS, frozen, np.max(others, axis=0))

    def _crossing(self) -> str:
        place = self._crossover()
        if place == LABELS[0]:
            return "no crossover: frozen is never the best"
        return f"crossover at {place} labels: frozen is no longer the best"


def rates(task: str, labels: int) -> dict[str, float]:
    """Return the learning rate that the table has chosen for each of the four ways."""
    return {way: judged(task, way, labels)[0] for way in FOUR}


def draw_ways(ax: Axes, task: str, title: str) -> None:
    """Draw the mean test accuracies of the four ways over the number of labels."""
    lines, names = _setup_ways(ax)
    ax.set_ylim(LOWEST[task], 1.01)
    _update_ways(ax, lines, names, task)
    style.label(ax, title)


def _setup_ways(ax: Axes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Make a line and a name for each way."""
    style.axes(ax).set(xscale="log", xlim=(4, 4000))
    ax.set_xticks(LABELS, list(map(str, LABELS)))
    ax.minorticks_off()
    style.label(ax, "", "labels of the target task", "test accuracy, mean of 16 seeds")
    lines, names = {}, {}
    for way, (colour, shape) in LOOKS.items():
        lines[way] = ax.plot([], [], color=colour, marker=shape, ms=7, markeredgecolor="white")[0]
        names[way] = ax.text(
            520, 0, way, color=style.readable(colour), fontsize=style.LABEL, va="center"
        )
    return lines, names


def _update_ways(ax: Axes, lines: dict[str, Any], names: dict[str, Any], task: str) -> None:
    """Draw the means of the table, and each name at the end of its line."""
    ends = []
    for way, line in lines.items():
        line.set_data(LABELS, mean_curve(task, way))
        ends.append(line.get_ydata()[-1])
    low, high = ax.get_ylim()
    gap = 1.35 * style.LABEL / 72 / style.inches(ax)[1]
    places = spread((np.array(ends) - low) / (high - low), gap)
    for name, place in zip(names.values(), places, strict=True):
        name.set_y(low + place * (high - low))


def _seen(seen: Learned, done: int, models: dict[str, Any], parts: Parts) -> Learned:
    """Return `seen` and one more frame."""
    seen.updates.append(done)
    for way, model in models.items():
        seen.accuracies[way].append(accuracy(model, parts.x_test, parts.y_test))
    return Learned([*seen.updates], {way: [*v] for way, v in seen.accuracies.items()})
