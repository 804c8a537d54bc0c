"""Batch normalization while it trains and when it is used: two accuracies, and why they differ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course import config
from course.experiments.normalized_digits import power_of_two_digits
from course.experiments.two_modes import Modes, Statistics, both_modes, modes_network, statistics
from course.explorers.base import Explorer
from course.explorers.controls import Choice, Steps
from course.explorers.mode_pair import NAMES, ModePair
from course.plots import style

BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
MOMENTA = (0.9, 0.99, 0.999)
LAYERS = ("BatchNormalization", "LayerNormalization")
EPOCHS, SEED = 6, 0
POLL = 128  # updates between two looks at the controls
OFFSETS, RATIOS = (-3.0, 3.0), (0.1, 10.0)


class Seen(NamedTuple):
    """What `TrainAndInfer` shows: both accuracies epoch by epoch, statistics of the last."""

    modes: tuple[Modes, ...]
    statistics: Statistics | None
    updates: int


class TrainAndInfer(Explorer):
    """Digits, batch size by batch size: the same weights judged in both modes."""

    title = "One network, two modes"
    size = (10.0, 4.8)
    controls = (
        Steps("batch_size", BATCHES, default=32),
        Steps("momentum", MOMENTA, default=0.99, label="of the moving statistics"),
        Choice("layer", LAYERS, label="what normalizes the two hidden layers"),
    )
    presets = {
        "32": {},
        "512": {"batch_size": 512},
        "512, momentum 0.9": {"batch_size": 512, "momentum": 0.9},
        "2": {"batch_size": 2},
        "2, momentum 0.9": {"batch_size": 2, "momentum": 0.9},
        "1": {"batch_size": 1},
        "512, layer norm": {"batch_size": 512, "layer": "LayerNormalization"},
        "2, layer norm": {"batch_size": 2, "layer": "LayerNormalization"},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Iterator[Seen]:
        x, x_held, y, y_held = power_of_two_digits(SEED)
        with config.seeded(SEED):
            rng = config.generator()  # `fit` would go on drawing from it, too
            model = modes_network(state.momentum, state.layer)
        modes: tuple[Modes, ...] = ()
        for epoch in range(EPOCHS + 1):
            order = rng.permutation(len(x)) if epoch else np.arange(0)
            for start in range(0, len(order), POLL * state.batch_size):
                poll((epoch - 1 + start / len(x)) / EPOCHS)
                rows = order[start : start + POLL * state.batch_size]
                model.fit(x[rows], y[rows], batch_size=state.batch_size, shuffle=False, verbose=0)
            modes = (*modes, both_modes(model, x_held, y_held, state.batch_size))
            seen = statistics(model, x) if state.layer == LAYERS[0] else None
            yield Seen(modes, seen, epoch * len(x) // state.batch_size)

    def idle(self, state: Any) -> tuple[str, ...]:
        return () if state.layer == LAYERS[0] else ("momentum",)

    def setup(self, figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        self.pair = ModePair(style.axes(left), EPOCHS)
        style.label(left, "", "epoch", "accuracy on 512 other digits")
        style.axes(right).set(xlim=OFFSETS, ylim=RATIOS, yscale="log")
        right.set_yticks((0.1, 0.3, 1, 3, 10), ("0.1", "0.3", "1", "3", "10"))
        right.minorticks_off()
        style.label(right, "", "(moving mean − true mean) / true deviation",
                    "moving / true deviation")  # fmt: skip
        right.plot(0, 1, "*", color=style.INK, markersize=22, zorder=2)
        words = {"fontsize": style.LABEL, "color": style.INK, "transform": right.transAxes}
        (self.units,) = right.plot(
            [],
            [],
            "o",
            color=style.HIGHLIGHT,
            markersize=8,
            markeredgecolor="white",
            alpha=0.8,
            clip_on=False,
        )
        self.units.set_in_layout(False)  # without a point, it would have no place in the layout
        self.notes = [
            left.text(0, 1.03, "", **{**words, "transform": left.transAxes}),
            right.text(0, 1.03, "", **words),
        ]
        for artist in (*self.pair.artists, self.units, *self.notes):
            artist.set_animated(True)

    def draw(self, result: Seen) -> None:
        self.pair.update(result.modes)
        last = result.modes[-1]
        self.notes[0].set_text(f"after {result.updates:,} updates: gap {last.gap:+.2f}")
        if result.statistics is None:
            self.units.set_data([], [])
            self.notes[1].set_text("layer normalization keeps no statistics")
            return
        offset, ratio = errors(result.statistics)
        self.units.set_data(np.clip(offset, *OFFSETS), np.clip(ratio, *RATIOS))
        self.notes[1].set_text(f"★ arrived; start still counts {self._start():.0%}")

    def summary(self) -> str:
        numbers = self.numbers()
        verdict = "no gap to speak of"
        if numbers["training"] < 0.2 and numbers["inference"] < 0.2:
            verdict = "in both modes it guesses"
        if abs(numbers["gap"]) > 0.1:
            better = NAMES[numbers["gap"] < 0]
            verdict = f"{better} is better by more than 0.1"
        kept = "no moving statistics"
        if self.result.statistics is not None:
            kept = f"{self._start():.0%} of the moving statistics is still their start"
        return f"{self.result.updates:,} updates: {verdict}\n{kept}"

    def numbers(self) -> dict[str, float]:
        last = self.result.modes[-1]
        return {
            "gap": last.gap,
            "training": last.training,
            "inference": last.inference,
            "start": self._start(),
            "updates": self.result.updates,
        }

    def describe(self) -> str:
        last = self.result.modes[-1]
        return (
            f"{self.title}. {self.summary()}. Left: accuracy over {EPOCHS} epochs, "
            f"{NAMES[0]} (solid) ends at {last.training:.2f}, {NAMES[1]} (dashed) at "
            f"{last.inference:.2f}; the gap is shaded. Right: each unit of the first layer, how "
            "far its moving mean and deviation are from the true ones; at the star they agree."
        )

    def code(self) -> str:
        state = self.state
        return f"""\
from course.experiments.normalized_digits import power_of_two_digits
from course.experiments.two_modes import both_modes, train_modes

x, x_held, y, y_held = power_of_two_digits({SEED})
model = train_modes(x, y, {SEED}, batch_size={state.batch_size}, epochs={EPOCHS},
                    momentum={state.momentum}, layer={state.layer!r})
print(both_modes(model, x_held, y_held, {state.batch_size}))"""

    def _start(self) -> float:
        """Return the share that the starting values still have, momentum^updates."""
        if self.result.statistics is None:
            return 0.0
        return self.state.momentum**self.result.updates


def errors(now: Statistics) -> tuple[np.ndarray, np.ndarray]:
    """Return (moving − true mean)/deviation and moving/true deviation, unit by unit."""
    deviation = np.maximum(now.deviation, 1e-6)
    return (now.moving_mean - now.mean) / deviation, now.moving_deviation / deviation


def draw_modes(ax: Axes | None, title: str, **state: Any) -> Modes:
    """Draw the two curves of an explorer's state, and return how they end."""
    explorer, ax = TrainAndInfer(**state), style.axes(ax)
    ModePair(ax, EPOCHS).update(explorer.result.modes)
    style.label(ax, title, "epoch", "accuracy on 512 other digits")
    return explorer.result.modes[-1]
