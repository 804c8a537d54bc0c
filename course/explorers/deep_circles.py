"""Training a deep network on two circles while its signals are watched, epoch by epoch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course import config
from course.experiments import LEARNED, SignalSizes, deep_network, signal_sizes, two_circles
from course.explorers.base import Explorer
from course.explorers.controls import Steps
from course.explorers.signal_map import (
    DEEPEST,
    NETWORK_CONTROLS,
    network_code,
    stack_names,
    told,
)
from course.initializers import RandomUniform
from course.optimizers import SGD
from course.plots import Signals, Surface, describe_signals, evaluate, style

EPOCHS, BATCH, SEED = 60, 32, 0
RATES = (0.01, 0.03, 0.1, 0.3)
PIXELS = 32  # a side, interpolated: training waits for each picture


class Learning(NamedTuple):
    """What `DeepCircles` shows after so many epochs."""

    epoch: int
    accuracy: float
    sizes: SignalSizes
    values: np.ndarray


class DeepCircles(Explorer):
    """The network of the map, trained: what it answers, and how large its signals are."""

    title = "Does the deep network learn the circles?"
    size = (10.0, 4.8)
    controls = (*NETWORK_CONTROLS, Steps("learning_rate", RATES, default=0.1))
    presets = {
        "20 layers": {},
        "one layer": {"depth": 1, "learning_rate": 0.3},
        "width 20": {"width": 20, "learning_rate": 0.03},
        "width 100": {"width": 100, "learning_rate": 0.1},
        "ReLU, He": {"activation": "relu", "maxval": 0.866, "learning_rate": 0.03},
        "residual": {"residual": True},
        "normalized": {"batch_normalization": True},
        "both": {"residual": True, "batch_normalization": True},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Iterator[Learning]:
        x, y = two_circles()
        with config.seeded(SEED):
            rng = config.generator()  # `fit` would go on drawing from it, too
            model = deep_network(
                state.depth, state.width, state.activation,
                RandomUniform(-state.maxval, state.maxval),
                residual=state.residual, batch_normalization=state.batch_normalization,
            )  # fmt: skip
        model.compile(SGD(state.learning_rate), "binary_crossentropy", metrics=["accuracy"])
        yield _seen(model, 0)
        for epoch in range(1, EPOCHS + 1):
            poll(epoch / EPOCHS)
            order = rng.permutation(len(x))
            for rows in np.split(order, range(BATCH, len(x), BATCH)):
                model.train_on_batch(x[rows], y[rows])
            if epoch % 3 == 0:
                yield _seen(model, epoch)

    def setup(self, figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        self.surface = Surface(style.axes(left, grid=False))
        self.surface.points.update(*two_circles())
        style.label(left, "", "x₁", "x₂")
        self.note = left.text(
            0, 1.02, "", fontsize=style.LABEL, color=style.INK, transform=left.transAxes
        )
        self.signals = Signals(style.axes(right), DEEPEST, limits=(1e-12, 1e4))
        style.label(right, "", "layer", "size (root mean square)")
        stack_names(self.signals)
        for artist in (*self.surface.artists, self.note, *self.signals.artists):
            artist.set_animated(True)

    def draw(self, result: Learning) -> None:
        self.surface.update(result.values)
        self.note.set_text(f"epoch {result.epoch} of {EPOCHS}, accuracy {result.accuracy:.2f}")
        self.signals.update(*result.sizes)

    def summary(self) -> str:
        verdict = "learned" if self.result.accuracy >= LEARNED else "not learned"
        return (
            f"after {self.result.epoch} epochs: {verdict}\n"
            f"error at layer 1 / error at layer {self.state.depth}: {told(self._decades())}"
        )

    def numbers(self) -> dict[str, float]:
        return {"accuracy": self.result.accuracy, "decades": round(self._decades()) + 0.0}

    def describe(self) -> str:
        return f"{self.title} {self.summary()}. {describe_signals(*self.result.sizes)}"

    def code(self) -> str:
        return f"""\
import course as keras
from course.experiments import two_circles
from course.optimizers import SGD

keras.set_random_seed({SEED})
{network_code(self.state)}
model.compile(SGD({self.state.learning_rate}), "binary_crossentropy", metrics=["accuracy"])
model.fit(*two_circles(), batch_size={BATCH}, epochs={EPOCHS}, verbose=0)
print(model.evaluate(*two_circles(10_000, n=1000), verbose=0))"""

    def _decades(self) -> float:
        return float(np.log10(max(self.result.sizes.ratio, 1e-30)))


def _seen(model: Any, epoch: int) -> Learning:
    x, y = two_circles(10_000, n=1000)
    accuracy = model.evaluate(x, y, verbose=0)[1]
    values = evaluate(lambda points: model.predict(points, verbose=0), n=PIXELS)
    sizes = signal_sizes(model, *two_circles(n=100))
    return Learning(epoch, accuracy, sizes, np.nan_to_num(values, nan=0.5))
