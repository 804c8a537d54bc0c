"""Two hundred digits, a share of their labels shuffled: what is learned, what is memorised."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course import config
from course.experiments.regularized_digits import (
    BATCH,
    EPOCHS,
    RATE,
    Digits,
    digits_of,
    regularized_network,
    trained,
)
from course.explorers.base import Explorer
from course.explorers.controls import Choice, Slider, Steps
from course.optimizers import Adam
from course.plots import Curves, curves, describe_curves, style

SEED, FRAME = 0, 10
STRENGTHS = {  # from weak to strong
    "none": (0.0,) * 5,
    "dropout": (0.2, 0.35, 0.5, 0.65, 0.8),
    "L1": (0.0001, 0.0003, 0.001, 0.003, 0.01),
    "L2": (0.0003, 0.001, 0.003, 0.01, 0.03),
    "max-norm": (4.0, 2.0, 1.0, 0.5, 0.35),
    "noise": (0.1, 0.2, 0.35, 0.5, 0.7),
    "fewer units": (64, 32, 16, 8, 4),
}
BARS = ("right label:\nsaid", "wrong label:\nsaid (by heart)", "wrong label:\ntrue digit said")


class Learned(NamedTuple):
    """What `Memorising` shows after so many epochs: accuracies, and what became of the labels."""

    training: list[float]
    validation: list[float]
    shares: tuple[float, float, float]

    @property
    def gap(self) -> float:
        return self.training[-1] - self.validation[-1]


class Memorising(Explorer):
    """A network 64-128-10 on 200 digits, some with wrong labels, with or without help."""

    title = "Learned or memorised?"
    size = (10.0, 4.8)
    controls = (
        Slider("shuffled", 0, 1, 0.3, label="share of the training labels that are shuffled"),
        Choice("method", tuple(STRENGTHS), label="what keeps the network from memorising"),
        Steps("strength", (1, 2, 3, 4, 5), default=4, label="1 weak, 5 strong"),
    )
    presets = {
        "true labels": {"shuffled": 0.0},
        "30 % shuffled": {},
        "all shuffled": {"shuffled": 1.0},
        "30 %, dropout": {"method": "dropout", "strength": 5},
        "30 %, L2": {"method": "L2"},
        "30 %, L1": {"method": "L1"},
        "all shuffled, L2": {"shuffled": 1.0, "method": "L2"},
        "true labels, L2 too strong": {"shuffled": 0.0, "method": "L2", "strength": 5},
    }

    def idle(self, state: Any) -> Collection[str]:
        return ("strength",) if state.method == "none" else ()

    def compute(self, state: Any, poll: Callable[..., None]) -> Iterator[Learned]:
        digits, training, validation = digits_of(SEED, state.shuffled), [], []
        with config.seeded(SEED):
            rng = config.generator()  # `fit` would go on drawing from it, too
            model = regularized_network(state.method, self._strength(state))
        model.compile(Adam(RATE), "sparse_categorical_crossentropy")
        for epoch in range(1, EPOCHS + 1):
            poll(epoch / EPOCHS)
            order = rng.permutation(len(digits.x))
            for rows in np.split(order, range(BATCH, len(order), BATCH)):
                model.train_on_batch(digits.x[rows], digits.y[rows])
            said = model.predict(digits.x, verbose=0).argmax(1)
            training.append(float(np.mean(said == digits.y)))
            new = model.predict(digits.x_val, verbose=0).argmax(1)
            validation.append(float(np.mean(new == digits.y_val)))
            if epoch == 1 or epoch % FRAME == 0:
                yield Learned([*training], [*validation], shares(said, digits))

    def setup(self, figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=(1.25, 1))
        names = ("training", "validation")
        self.curves = Curves(style.axes(left), names, epochs=EPOCHS, limits=(0, 1.05))
        style.label(left, "", "epoch", "accuracy")
        look = {"color": style.HIGHLIGHT, "linewidth": 5, "solid_capstyle": "butt", "zorder": 4}
        (self.gap,) = left.plot([], [], **look)
        self.note = left.text(
            0, 1.03, "", fontsize=style.LABEL, weight="bold", transform=left.transAxes,
            color=style.readable(style.HIGHLIGHT),
        )  # fmt: skip
        self.bars, self.counts = _setup_bars(style.axes(right))
        artists = (*self.curves.artists, self.gap, self.note, *self.bars, *self.counts)
        for artist in artists:
            artist.set_animated(True)

    def draw(self, result: Learned) -> None:
        self.curves.update({"training": result.training, "validation": result.validation})
        ends = result.validation[-1], result.training[-1]
        self.gap.set_data([len(result.training)] * 2, ends)
        self.note.set_text(f"gap {result.gap:+.2f}".replace("-", "−"))
        for bar, words, share in zip(self.bars, self.counts, result.shares, strict=True):
            bar.set_width(np.nan_to_num(share))
            words.set_x(np.nan_to_num(share) + 0.02)
            words.set_text("there are none" if np.isnan(share) else f"{100 * share:.0f} %")

    def summary(self) -> str:
        n, strength = self.numbers(), self._strength(self.state)
        method = self.state.method + (f" {strength:g}" if self.state.method != "none" else "")
        return (
            f"{100 * self.state.shuffled:.0f} % of the labels shuffled, against memorising: "
            f"{method}\nafter {len(self.result.training)} epochs: training about "
            f"{_twentieths(n['training'])}, validation about {_twentieths(n['validation'])}"
        )

    def numbers(self) -> dict[str, float]:
        right, by_heart, seen_through = np.nan_to_num(self.result.shares)
        return {
            "training": self.result.training[-1],
            "validation": self.result.validation[-1],
            "gap": self.result.gap,
            "right": float(right),
            "by heart": float(by_heart),
            "seen through": float(seen_through),
        }

    def describe(self) -> str:
        lines = {"training": self.result.training, "validation": self.result.validation}
        bars = ", ".join(
            f"{name.replace(chr(10), ' ')} {share:.2f}"
            for name, share in zip(BARS, self.result.shares, strict=True)
        )
        return f"{self.title} {self.summary()}. {describe_curves(lines)} Training digits: {bars}."

    def code(self) -> str:
        state = self.state
        return f"""\
from course.experiments.regularized_digits import accuracy, shared_digits, train_regularized

digits = shared_digits({SEED}, shuffled={state.shuffled:g})
model = train_regularized(digits, {state.method!r}, {self._strength(state):g}, {RATE}, seed={SEED})
print("training", accuracy(model, digits.x, digits.y))
print("validation", accuracy(model, digits.x_val, digits.y_val))"""

    @staticmethod
    def _strength(state: Any) -> float:
        return STRENGTHS[state.method][state.strength - 1]


def draw_parting(ax: Axes, shuffled: float, seeds: Sequence[int], title: str) -> dict[str, Any]:
    """Draw accuracy by epoch without any help, averaged over `seeds`; return both lines."""
    logs = [trained("none", 0, shuffled, seed).history.history for seed in seeds]
    keys = {"training": "accuracy", "validation": "val_accuracy"}
    lines = {name: np.mean([log[key] for log in logs], axis=0) for name, key in keys.items()}
    curves(lines, ax, title, y="accuracy", limits=(0, 1.05))
    return lines


def shares(said: np.ndarray, digits: Digits) -> tuple[float, float, float]:
    """Return what a network says to its training digits, as shares.

    Of those with a right label how many get it, of those with a wrong one how many get that
    (learned by heart) and how many the true digit (seen through); NaN where there are none.
    """
    wrong = digits.y != digits.true
    by_heart, seen_through = said[wrong] == digits.y[wrong], said[wrong] == digits.true[wrong]
    parts = (said[~wrong] == digits.y[~wrong], by_heart, seen_through)
    return tuple(float(part.mean()) if part.size else float("nan") for part in parts)


def _twentieths(share: float) -> str:
    """Write a share in steps of 5 %: so many digits another machine reproduces."""
    return f"{5 * round(20 * share)} %"


def _setup_bars(ax: Axes) -> tuple[Any, list[Any]]:
    """Draw three bars and the words at their ends."""
    ax.set(xlim=(0, 1.3), ylim=(2.6, -0.6), xticks=(0, 0.5, 1))
    ax.set_yticks(range(3), BARS, fontsize=style.LABEL, color=style.INK)
    ax.grid(False, axis="y")
    style.label(ax, "", "share of such training digits")
    colours = (style.BLUE, style.ORANGE, style.GREEN)
    bars = ax.barh(range(3), [0] * 3, 0.6, color=colours)
    counts = [ax.text(0, row, "", fontsize=style.LABEL, va="center") for row in range(3)]
    return bars, counts
