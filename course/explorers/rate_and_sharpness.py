"""A network learns digits; beside its loss, learning rate times sharpness, update by update."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course.experiments.watched_digits import ROWS, UPDATES, Watched, five_hundred, silent, watch
from course.explorers.base import Explorer
from course.explorers.controls import LogSlider, Steps
from course.plots import style

EVERY, FRAME = 4, 20  # updates from one sharpness to the next, and from one picture to the next
BORDER, TOP = 2.0, 8.0
LOSSES = (0.01, 20.0)
GUESSING = np.log(10)  # the loss of answering 1/10 to every digit


class Seen(NamedTuple):
    """What `RateAndSharpness` shows after so many updates.

    Attributes
    ----------
    run : Watched
    accuracy : float
        On the 1,297 other digits.
    silent : float
        Share of hidden units that answer 0 to all of those.
    """

    run: Watched
    accuracy: float
    silent: float


class RateAndSharpness(Explorer):
    """Digits, 64-32-10: what becomes of the loss when rate times sharpness crosses 2?"""

    title = "Does the loss fall, and how sharp is the place?"
    size = (10.0, 4.8)
    controls = (
        LogSlider("learning_rate", 0.001, 10.0, default=0.1, step=0.05),
        Steps("batch_size", (32, 500), default=500, label="digits for one update; 500 are all"),
        Steps("seed", (0, 1, 2, 3, 4), default=0, label="of the first weights"),
    )
    presets = {
        "0.1": {},
        "0.01: too small": {"learning_rate": 0.01},
        "0.4: below 2": {"learning_rate": 0.4},
        "1.0: across 2": {"learning_rate": 1.0},
        "3.0: not back": {"learning_rate": 3.0},
        "0.3, batches of 32": {"learning_rate": 0.3, "batch_size": 32},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Iterator[Seen]:
        runs = watch(
            state.learning_rate, state.seed, batch_size=state.batch_size, every=EVERY, poll=poll
        )
        for run in runs:
            if (len(run.losses) - 1) % FRAME == 0:
                yield seen(run)

    def setup(self, figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        style.axes(left).set(xlim=(0, UPDATES), ylim=LOSSES, yscale="log")
        left.set(yticks=(0.01, 0.1, 1, 10), yticklabels=("0.01", "0.1", "1", "10"))
        left.axhline(GUESSING, color=style.MUTED, linestyle=":", linewidth=1.5)
        style.axes(right).set(xlim=(0, UPDATES), ylim=(-0.15, TOP))
        right.axhspan(BORDER, TOP, color=style.mix(style.HIGHLIGHT, 0.14), linewidth=0)
        right.axhline(BORDER, color=style.SOFT, linestyle="--", linewidth=1.5)
        words = {"fontsize": style.LABEL, "color": style.INK, "ha": "right"}
        left.text(UPDATES, 1.12 * GUESSING, "guessing: ln 10", va="bottom", **words)
        right.text(UPDATES, BORDER + 0.08, "2: the border for a line", va="bottom", **words)
        style.label(left, "", "update", f"loss on {ROWS} digits")
        style.label(right, "", "update", "learning_rate · sharpness")
        self.loss = left.plot([], [], color=style.INK, **style.TRAINING, animated=True)[0]
        look = {"color": style.HIGHLIGHT, "ms": 5, "linewidth": 1.6, "animated": True}
        self.product = right.plot([], [], "o-", **look)[0]
        self.notes = [_note(left), _note(right)]

    def draw(self, result: Seen) -> None:
        losses, products = result.run.losses, result.run.products
        self.loss.set_data(range(len(losses)), np.clip(losses, *LOSSES))
        heights = np.clip(products, -0.1, TOP - 0.1)
        self.product.set_data(EVERY * np.arange(len(products)), heights)
        self.notes[0].set_text(
            f"update {len(losses) - 1}: loss {losses[-1]:.3g}, unseen digits {result.accuracy:.0%}"
        )
        self.notes[1].set_text(f"now {products[-1]:.1f}, highest {products.max():.1f}")

    def summary(self) -> str:
        numbers = self.numbers()
        return (
            f"learning_rate · sharpness: {numbers['first']:.1f} at first, highest "
            f"{numbers['highest']:.1f}, {numbers['settled']:.1f} in the last quarter\n"
            f"{UPDATES} updates: loss {numbers['loss']:.2g}, it rose {numbers['rises']} times; "
            f"{numbers['accuracy']:.0%} of unseen digits right, {numbers['silent']:.0%} of units "
            "silent"
        )

    def numbers(self) -> dict[str, float]:
        run, accuracy, silent = self.result
        return {
            "first": float(run.products[0]),
            "highest": float(run.products.max()),
            "settled": run.settled,
            "loss": float(run.losses[-1]),
            "rises": run.rises,
            "accuracy": accuracy,
            "silent": silent,
        }

    def describe(self) -> str:
        return (
            f"{self.title} {self.summary()}. Left: the loss, update by update, on a logarithmic "
            "axis; a dotted line where guessing is. Right: learning rate times sharpness, with a "
            "line at 2 and the region above it shaded."
        )

    def code(self) -> str:
        state = self.state
        return f"""\
import numpy as np

from course.experiments.digit_rates import rate_network
from course.experiments.sharpness import sharpness
from course.experiments.watched_digits import five_hundred

x, y, *_ = five_hundred()
model = rate_network({state.learning_rate}, seed={state.seed})  # 64-32-10, ReLU, SGD
batches = np.random.default_rng({state.seed})
for update in range({UPDATES}):
    rows = batches.permutation(len(x))[:{state.batch_size}]
    model.train_on_batch(x[rows], y[rows])
print("loss:", model.evaluate(x, y, batch_size=len(x), verbose=0)[0])
print("learning_rate · sharpness:", {state.learning_rate} * sharpness(model, x, y).value)"""


def seen(run: Watched) -> Seen:
    """Add what the network makes of digits that it has not seen."""
    _, _, x, y = five_hundred()
    accuracy = run.model.evaluate(x, y, batch_size=len(x), verbose=0)[1]
    return Seen(run, float(accuracy), silent(run.model, x))


def _note(ax: Any) -> Any:
    return ax.text(
        0, 1.03, "", fontsize=style.LABEL, color=style.INK, transform=ax.transAxes, animated=True
    )
