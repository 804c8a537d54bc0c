"""A digit moved by whole pixels: its feature map goes along, the answers do not stay."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course.experiments.moved_digit import accuracies, answer, apart, seen
from course.experiments.shifted_digits import MARGIN, SHIFTS
from course.explorers.base import Explorer
from course.explorers.controls import IntSlider
from course.plots import style
from course.plots.curves import spread
from course.plots.mosaic import INKED

LOOKS = {
    "MLP": (style.ORANGE, "o"),
    "CNN": (style.BLUE, "s"),
    "CNN, global": (style.GREEN, "^"),
}


class Moved(NamedTuple):
    """What `ShiftedDigit` shows at one shift."""

    image: np.ndarray
    map: np.ndarray
    difference: float
    answers: dict[str, int]
    accuracies: dict[str, np.ndarray]


class ShiftedDigit(Explorer):
    """Networks that learned digits in the middle read them elsewhere."""

    title = "Trained in the middle, read elsewhere"
    size = (10.0, 5.0)
    controls = (
        IntSlider("dx", -MARGIN, MARGIN, default=0),
        IntSlider("dy", -MARGIN, MARGIN, default=0),
        IntSlider("digit", 0, 9, default=3),
    )
    presets = {
        "in the middle": {},
        "1 pixel": {"dx": 1},
        "2 pixels": {"dx": 2},
        "3 pixels": {"dx": 3},
        "2 right, 2 down": {"dx": 2, "dy": 2},
        "1 right, 1 down": {"dx": 1, "dy": 1},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Moved:
        poll()
        image, found = seen(state.digit, state.dx, state.dy)
        _, middle = seen(state.digit, 0, 0)
        rows = accuracies()[:, state.dy + MARGIN]
        return Moved(
            image, found, apart(found, middle, state.dx, state.dy),
            {name: answer(name, image) for name in ("MLP", "CNN")},
            dict(zip(LOOKS, rows, strict=True)),
        )  # fmt: skip

    def setup(self, figure: Figure) -> None:
        grid = figure.add_gridspec(2, 2, width_ratios=(1, 2.3))
        top, bottom = (figure.add_subplot(grid[k, 0]) for k in (0, 1))
        largest = max(seen(digit, 0, 0)[1].max() for digit in range(10))
        self.image = _picture(top, 14, 1.0, "the digit")
        self.map = _picture(bottom, 10, largest, "one feature map of the CNN")
        self.frames = [_frame(top, 8), _frame(bottom, 4)]
        right = style.axes(figure.add_subplot(grid[:, 1]))
        right.set(xlim=(-3.2, 5.2), ylim=(0, 105), xticks=SHIFTS, yticks=range(0, 101, 20))
        style.label(right, "", "dx (pixels)", "accuracy on 450 test digits, %")
        self.now = right.axvline(0, color=style.HIGHLIGHT, lw=2.4, zorder=1, animated=True)
        self.lines, self.names = {}, {}
        for name, (colour, mark) in LOOKS.items():
            look = {"color": colour, "marker": mark, "ms": 9, "markeredgecolor": "white"}
            self.lines[name] = right.plot([], [], animated=True, **look)[0]
            self.names[name] = right.text(
                3.15, 0, "", color=style.readable(colour), fontsize=style.LABEL, va="center",
                animated=True,
            )  # fmt: skip
        self.note = right.text(
            0, 1.03, "", fontsize=style.LABEL, color=style.INK, transform=right.transAxes,
            animated=True,
        )  # fmt: skip

    def draw(self, result: Moved) -> None:
        self.image.set_data(result.image)
        self.map.set_data(result.map)
        for frame, first in zip(self.frames, (MARGIN, 3), strict=True):
            frame.set_xy((first + self.state.dx - 0.5, first + self.state.dy - 0.5))
        self.now.set_xdata([self.state.dx] * 2)
        ends = spread(np.array([values[-1] for values in result.accuracies.values()]), 0.075)
        for (name, values), end in zip(result.accuracies.items(), ends, strict=True):
            self.lines[name].set_data(SHIFTS, 100 * values)
            self.names[name].set_text(name)
            self.names[name].set_y(100 * end)
        said = ", ".join(f"{name} {value}" for name, value in result.answers.items())
        self.note.set_text(f"this {self.state.digit} is read as: {said}   (dy = {self.state.dy})")

    def summary(self) -> str:
        here = ", ".join(f"{name} {value:.0f} %" for name, value in self.numbers().items())
        moved = "moved along exactly" if self.result.difference < 1e-4 else "changed"
        return f"accuracy at this shift: {here}\nthe feature map {moved}"

    def numbers(self) -> dict[str, float]:
        place = self.state.dx + MARGIN
        return {k: 100 * float(v[place]) for k, v in self.result.accuracies.items()}

    def describe(self) -> str:
        return (
            f"{self.title}. {self.summary()}. Left: the digit, and below it a feature map, both "
            "framed where the digit is. Right: the accuracy of three networks over dx."
        )

    def code(self) -> str:
        state = self.state
        return f"""\
from course.experiments import load_table
from course.experiments.topologies import by_shift
from course.experiments.moved_digit import answer, apart, seen

for network, accuracy in by_shift(load_table("topologies").where(study="shift")).items():
    print(network, round(100 * accuracy[:, {state.dy + MARGIN}, {state.dx + MARGIN}].mean()), "%")
image, feature_map = seen({state.digit}, dx={state.dx}, dy={state.dy})
_, middle = seen({state.digit}, dx=0, dy=0)
print("map, against the shifted map:", apart(feature_map, middle, {state.dx}, {state.dy}))
print("read as", answer("MLP", image), answer("CNN", image))"""


def _picture(ax: Axes, side: int, largest: float, title: str) -> Any:
    style.axes(ax, grid=False).set(xticks=[], yticks=[])
    ax.set_title(title, fontsize=style.LABEL, color=style.INK)
    for spine in ax.spines.values():
        spine.set(visible=True, color=style.MUTED)
    blank = np.zeros((side, side))
    image = ax.imshow(blank, cmap=INKED, vmin=0, vmax=largest)
    image.set_animated(True)
    return image


def _frame(ax: Axes, side: int) -> Rectangle:
    """Return a frame of `side` pixels; it has no place yet."""
    look = {"fill": False, "edgecolor": style.HIGHLIGHT, "linewidth": 2.4, "animated": True}
    return ax.add_patch(Rectangle((0, 0), side, side, **look))
