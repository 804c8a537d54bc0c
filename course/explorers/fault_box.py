"""Fourteen patients behind numbers: the monitors are shown, the fault is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.experiments.clinic import LAYERS, Findings, examine, watched
from course.experiments.patients import EPOCHS, FAULTS, UNITS, numbered
from course.explorers.base import Explorer
from course.explorers.controls import Choice, IntSlider
from course.plots import Confusion, Curves, describe_confusion, style

SEED = 10  # the table of the lesson has seeds 0 to 9
VIEWS = ("ratios", "gradients", "confusion")
LOSSES, SIZES = (0.01, 200.0), (1e-7, 1e3)
GUESSING = np.log(10)


class Losses(Curves):
    """Losses by epoch; the first value is the one before training."""

    first = 0


class FaultBox(Explorer):
    """What the monitors show of one patient; who is healthy, and what do the others have?"""

    title = "What does this patient have?"
    size = (10.0, 4.8)
    controls = (
        IntSlider("patient", 1, len(FAULTS), default=1, label="one of them is healthy"),
        Choice("look_at", VIEWS, label="update/weight ratios, gradients, confusion matrix"),
        Choice("units", (UNITS, 10 * UNITS), label="in each of two hidden layers"),
    )
    presets = {
        "1": {},
        "1, ten times the units": {"units": 10 * UNITS},
        "1, gradients": {"look_at": "gradients"},
        "2": {"patient": 2},
        "2, confusion": {"patient": 2, "look_at": "confusion"},
        "5": {"patient": 5},
        "9, gradients": {"patient": 9, "look_at": "gradients"},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Iterator[Findings]:
        key, fault = (state.patient, state.units, EPOCHS), numbered(state.patient)
        if key not in _seen:
            for found in watched(fault, SEED, units=state.units, epochs=EPOCHS, every=1):
                poll(len(found.loss) / EPOCHS)
                yield found
            _seen[key] = found
        yield _seen[key]

    def setup(self, figure: Figure) -> None:
        grid = figure.add_gridspec(1, 2)
        left = style.axes(figure.add_subplot(grid[0]))
        self.losses = _losses(left)
        (self.start,) = left.plot(
            [],
            [],
            "D",
            color=style.HIGHLIGHT,
            markersize=11,
            markeredgecolor="white",
            zorder=6,
            clip_on=False,
        )
        self.note = left.text(
            0, 1.03, "", fontsize=style.LABEL, color=style.readable(style.HIGHLIGHT),
            transform=left.transAxes,
        )  # fmt: skip
        self.views = {view: figure.add_subplot(grid[1]) for view in VIEWS}
        self.sizes = {
            "ratios": _sizes(self.views["ratios"], "update/weight ratio"),
            "gradients": _sizes(self.views["gradients"], "norm of the gradient"),
        }
        matrix = style.axes(self.views["confusion"], grid=False)
        self.confusion = Confusion(matrix, [str(k) for k in range(10)])
        style.label(matrix, "", "predicted class", "true class, validation rows")
        self.parts = {**{name: s.artists for name, s in self.sizes.items()},
                      "confusion": self.confusion.artists}  # fmt: skip
        fixed = (*self.losses.artists, self.start, self.note)
        for artist in (*fixed, *(a for artists in self.parts.values() for a in artists)):
            artist.set_animated(True)

    def _turn_to(self, view: str) -> None:
        """Show one of the three right-hand axes with all that is in it."""
        for name, ax in self.views.items():
            ax.set_visible(name == view)
            for artist in self.parts[name]:
                artist.set_visible(name == view)

    def draw(self, result: Findings) -> None:
        view = self.state.look_at
        self._turn_to(view)
        self.losses.update(
            {
                "training": np.clip([result.before, *result.loss], *LOSSES),
                "validation": np.clip([np.nan, *result.val_loss], *LOSSES),
            }
        )
        self.start.set_data([0], np.clip([result.before], *LOSSES))
        self.note.set_text(f"loss before training {result.before:.2f}")
        if view == "confusion":
            self.confusion.update(result.confusion)
        else:
            series = np.clip(getattr(result, view), *SIZES)
            self.sizes[view].update(dict(zip(LAYERS, series, strict=True)))

    def summary(self) -> str:
        found = self.result
        ten = f"{found.ten_right} right, loss {found.ten_loss:.2f}"
        return (
            f"patient {self.state.patient}: loss before training {found.before:.2f} (ln 10 is "
            f"{GUESSING:.2f}); outputs add up to 1 in {found.sums_to_one:.0%} of the rows\n"
            f"ten rows alone: {ten if found.ten_right >= 0 else 'not yet'}\n"
            f"accuracy {found.accuracy[-1]:.2f}, validation {found.val_accuracy[-1]:.2f}; "
            f"silent units {found.silent:.0%}; rows in both parts: {found.shared}"
        )

    def numbers(self) -> dict[str, float]:
        found = self.result
        return {
            "before": found.before,
            "sums to one": found.sums_to_one,
            "ten right": found.ten_right,
            "ten loss": found.ten_loss,
            "accuracy": float(found.accuracy[-1]),
            "val_accuracy": float(found.val_accuracy[-1]),
            "silent": found.silent,
            "shared": found.shared,
        }

    def describe(self) -> str:
        found = self.result
        sizes = {"ratios": found.ratios, "gradients": found.gradients}.get(self.state.look_at)
        if sizes is None:
            more = describe_confusion(found.confusion)
        else:
            first = ", ".join(
                f"{name} {values[0]:.1g}" for name, values in zip(LAYERS, sizes, strict=True)
            )
            more = f"{self.state.look_at} in the first epoch: {first}."
        return f"{self.title} {self.summary()}. {more}"

    def code(self) -> str:
        state = self.state
        return f"""\
from course.experiments.clinic import examine
from course.experiments.patients import numbered

found = examine(numbered({state.patient}), seed={SEED}, units={state.units})
print(found.before, found.ten_right, found.val_accuracy[-1])
print(found.{"confusion" if state.look_at == "confusion" else state.look_at})"""


_seen: dict[
    tuple[int, int, int], Findings
] = {}  # finished examinations: looking again costs nothing


def _losses(ax: Axes) -> Losses:
    losses = Losses(ax, ("training", "validation"), epochs=EPOCHS + 1, limits=LOSSES, log=True)
    ax.plot([0, EPOCHS], [GUESSING] * 2, color=style.MUTED, linewidth=1.2, zorder=1)
    words = {"fontsize": style.TICK, "color": style.SOFT, "ha": "right", "va": "bottom"}
    ax.text(EPOCHS, GUESSING * 1.08, "ln 10", **words)
    ax.minorticks_off()
    style.label(ax, "", "epoch (0: before training)", "loss")
    return losses


def _sizes(ax: Axes, name: str) -> Curves:
    sizes = Curves(style.axes(ax), LAYERS, epochs=EPOCHS, limits=SIZES, log=True)
    ax.minorticks_off()
    style.label(ax, "", "epoch", name)
    return sizes


@lru_cache(maxsize=8)
def _examined(fault: str) -> Findings:
    return examine(fault)


def draw_alike(left: Axes, right: Axes) -> None:
    """Draw three patients whose losses are alike, and their gradients, which are not."""
    names = dict(zip("ABC", (FAULTS[7], FAULTS[8], FAULTS[9]), strict=True))
    losses = Curves(style.axes(left), names, epochs=EPOCHS, limits=(0, 3))
    losses.update({name: _examined(fault).loss for name, fault in names.items()})
    style.label(left, "Three losses that stand still", "epoch", "loss")
    style.axes(right).set(yscale="log", ylim=(1e-6, 10), xlim=(-0.3, 2.6), xticks=range(3))
    right.set_xticklabels(LAYERS)
    for (name, fault), look in zip(names.items(), losses.lines.values(), strict=True):
        sizes = np.clip(_examined(fault).gradients[:, 0], 1.5e-6, None)
        right.plot(
            sizes, color=look.get_color(), marker=look.get_marker(), markersize=9,
            markeredgecolor="white",
        )  # fmt: skip
        right.text(
            2.12, sizes[2] * {"A": 1.6, "C": 0.55}.get(name, 1), name, fontsize=style.LABEL,
            va="center", color=style.readable(look.get_color()),
        )  # fmt: skip
    right.text(0.5, 2.2e-6, "exactly 0", ha="center", fontsize=style.TICK, color=style.SOFT)
    style.label(right, "Their gradients differ", "", "norm of the gradient, epoch 1")
