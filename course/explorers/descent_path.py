"""A line learns by gradient descent: its path over the cost, and the step each direction takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from math import isclose
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course import config
from course.callbacks import Callback, WeightHistory
from course.experiments.sales_line import (
    RAW_REACH,
    STANDARDIZED_REACH,
    hessian,
    landscape,
    line_cost,
    lowest,
    sales_data,
    sales_line,
)
from course.explorers.base import Explorer
from course.explorers.controls import Choice, LogSlider, Steps
from course.plots import Contour, style

EPOCHS = 30
INPUTS = ("raw", "standardized")
REACH = {"raw": RAW_REACH, "standardized": STANDARDIZED_REACH}
FAR = 30  # times the reach: there the training is stopped
PRODUCTS = (1e-7, 1e3)  # of the axis: learning rate times curvature
CURVE = np.geomspace(*PRODUCTS, 801)
BOTTOM, TOP = -0.1, 2.2


class Rate(LogSlider):
    """A learning rate that can be so small that its zeros would not fit beside the slider."""

    def widget(self, value: Any) -> Any:
        slider = super().widget(value)
        slider.readout_format = ".2e"
        return slider


class Ground(NamedTuple):
    """What the steps are taken on.

    Attributes
    ----------
    x, y : arrays of shape (200, 1) and (200,)
    best : array of shape (2,)
        (w, b) where the cost is lowest.
    flat, steep : float
        The smallest and the largest curvature, λmin and λmax.
    """

    x: np.ndarray
    y: np.ndarray
    best: np.ndarray
    flat: float
    steep: float


class Descent(NamedTuple):
    """What `DescentPath` shows.

    Attributes
    ----------
    state : named tuple
        The values of the controls that it belongs to.
    path : array of shape (updates + 1, 2)
        w and b before the first update and after each.
    epochs : int
        How many were begun.
    gone : bool
        Whether the path left the neighbourhood of the picture, which ended the training.
    """

    state: Any
    path: np.ndarray
    epochs: int
    gone: bool


class DescentPath(Explorer):
    """Sales against TV budgets: learning rate times largest curvature decides, 2 is the border."""

    title = "Where do the updates lead?"
    size = (10.0, 4.8)
    controls = (
        Rate("learning_rate", 1e-6, 2.0, default=3e-5),
        Choice("inputs", INPUTS, label="TV budgets as they are, or mean 0 and spread 1"),
        Steps("batch_size", (1, 20, 200), default=200, label="items for one update"),
    )
    presets = {
        "raw": {},
        "raw, 4e-5": {"learning_rate": 4e-5},
        "standardized, same rate": {"inputs": "standardized"},
        "0.5: one step": {"inputs": "standardized", "learning_rate": 0.5},
        "0.95: to and fro": {"inputs": "standardized", "learning_rate": 0.95},
        "1.1: out": {"inputs": "standardized", "learning_rate": 1.1},
        "batches of 20": {"inputs": "standardized", "learning_rate": 0.05, "batch_size": 20},
        "one by one": {"inputs": "standardized", "learning_rate": 0.05, "batch_size": 1},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Iterator[Descent]:
        here = ground(state.inputs)
        model, record = sales_line(state.learning_rate), WeightHistory(freq="batch")
        callbacks = [record, Fence(here.best, FAR * np.array(REACH[state.inputs]))]
        path = np.zeros((1, 2))
        for epoch in range(EPOCHS):
            poll(epoch / EPOCHS)
            gone = False
            with config.seeded(epoch):
                try:
                    model.fit(
                        here.x, here.y, batch_size=state.batch_size, verbose=0, callbacks=callbacks
                    )
                except Gone:
                    gone = True
            path = np.concatenate([path, record.path("line/kernel", "line/bias")[1:]])
            if gone or epoch % 3 == 0 or epoch == EPOCHS - 1:
                yield Descent(state, path, epoch + 1, gone)
            if gone:
                return

    def setup(self, figure: Figure) -> None:
        self.left, right = figure.subplots(1, 2)
        self.shown = ""
        self._setup_contour(INPUTS[0])
        style.axes(right).set(xlim=PRODUCTS, ylim=(BOTTOM, TOP), xscale="log")
        right.set(xticks=(1e-6, 1e-3, 1, 1e3), yticks=(0, 0.5, 1, 1.5, 2))
        right.axhspan(1, TOP, color=style.mix(style.HIGHLIGHT, 0.14), linewidth=0)
        right.axvline(2, **style.VALIDATION, color=style.SOFT)
        right.plot(CURVE, factor(CURVE), color=style.INK)
        style.label(right, "", "learning_rate · curvature", "one step leaves |1 − product|")
        words = {"fontsize": style.LABEL, "color": style.INK}
        right.text(2e-7, 1.9, "above 1: moves away", **words)
        right.text(1.5, 2.05, "2", ha="right", **words)
        edge = {"linestyle": "", "markeredgecolor": "white", "zorder": 5, "animated": True}
        self.marks = [
            right.plot([], [], "s", color=style.BLUE, ms=17, **edge)[0],
            right.plot([], [], "D", color=style.HIGHLIGHT, ms=10, **edge)[0],
        ]
        inks = style.readable(style.BLUE), style.readable(style.HIGHLIGHT)
        self.names = [
            right.text(2e-7, 0.3 - 0.18 * k, "", fontsize=style.LABEL, color=ink, animated=True)
            for k, ink in enumerate(inks)
        ]
        self.notes = [_note(self.left), _note(right)]

    def _setup_contour(self, inputs: str) -> None:
        """Put the landscape of `inputs` where the other one was."""
        self.shown = inputs
        self.left.clear()
        cost, w, b = landscape(standardized=inputs == "standardized")
        self.contour = Contour(style.axes(self.left, grid=False), w, b, cost)
        style.label(self.left, "", "w", "b")
        for artist in self.contour.artists:
            artist.set_animated(True)

    def draw(self, result: Descent) -> None:
        state, here = result.state, ground(result.state.inputs)
        if state.inputs != self.shown:
            self._setup_contour(state.inputs)
            self.notes[0] = _note(self.left)
        self.contour.update(result.path)
        self.contour.path.set_markevery(max(1, len(result.path) // 40))
        self.contour.path.set_linewidth(1.8 if len(result.path) < 400 else 0.7)
        self.notes[0].set_text(self._told())
        product = self.numbers()["product"]
        self.notes[1].set_text(f"learning_rate · λmax = {rounded(product)}, {judged(product)}")
        products = state.learning_rate * np.array([here.flat, here.steep])
        for mark, value in zip(self.marks, products, strict=True):
            value = min(value, 0.4 * PRODUCTS[1])
            mark.set_data([value], [min(factor(value), TOP - 0.1)])
        for name, text, curvature in zip(
            self.names, ("■ flattest: λmin", "◆ steepest: λmax"),
            (here.flat, here.steep), strict=True,
        ):  # fmt: skip
            name.set_text(f"{text} = {rounded(curvature)}")

    def summary(self) -> str:
        numbers = self.numbers()
        product = numbers["product"]
        return (
            f"learning_rate · λmax = {rounded(product)}, {judged(product)}    "
            f"condition {rounded(numbers['condition'])}, "
            f"critical rate {numbers['critical_rate']:.3g}\n"
            f"{self._told()}"
        )

    def numbers(self) -> dict[str, float]:
        here, (w, b) = ground(self.result.state.inputs), self.result.path[-1]
        return {
            "product": self.result.state.learning_rate * here.steep,
            "condition": here.steep / here.flat,
            "critical_rate": 2 / here.steep,
            "updates": len(self.result.path) - 1,
            "cost": float(line_cost(here.x, here.y, w, b)),
        }

    def describe(self) -> str:
        (w, b), best = self.result.path[-1], ground(self.result.state.inputs).best
        end = "leaves the picture" if self.result.gone else f"ends at ({w:.3g}, {b:.3g})"
        return (
            f"{self.title} {self.summary()}. Left: the cost over w and b, lowest at "
            f"({best[0]:.3g}, {best[1]:.3g}); the path starts at (0, 0) and {end}. Right: what one "
            "step leaves of the way to the lowest point, in two directions, steepest and flattest."
        )

    def code(self) -> str:
        state = self.result.state
        standardized = state.inputs == "standardized"
        return f"""\
import numpy as np

import course as keras
from course.experiments.sales_line import hessian, sales_data, sales_line

x, y = sales_data(standardized={standardized})
steepest = np.linalg.eigvalsh(hessian(x))[-1]
print("learning_rate · λmax:", {state.learning_rate} * steepest)
model = sales_line({state.learning_rate})
for epoch in range({self.result.epochs}):
    with keras.config.seeded(epoch):
        model.fit(x, y, batch_size={state.batch_size}, verbose=0)
w, b = (float(weight.item()) for weight in model.get_weights())
print("w:", w, " b:", b)"""

    def _told(self) -> str:
        """Say how long the training went on, and how low it came."""
        updates = f"{len(self.result.path) - 1:,} update{'s' * (len(self.result.path) > 2)}"
        if self.result.gone:
            return f"far outside the picture after {updates}"
        here = ground(self.result.state.inputs)
        low = float(line_cost(here.x, here.y, *here.best))
        cost = self.numbers()["cost"]
        return f"{self.result.epochs} epochs, {updates}: cost {cost:,.1f}, lowest {low:.1f}"


class Gone(Exception):
    """The weights left the neighbourhood of the picture; going on would end in infinities."""


class Fence(Callback):
    """Ends a training whose w or b is further than `far` from `best`, both of shape (2,)."""

    adds_to_logs = ()

    def __init__(self, best: np.ndarray, far: np.ndarray) -> None:
        super().__init__()
        self.best, self.far = best, far

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        now = np.array([weight.item() for weight in self.model.get_weights()])
        if not np.all(np.abs(now - self.best) < self.far):
            raise Gone


@lru_cache
def ground(inputs: str) -> Ground:
    """Return the data of ``'raw'`` or ``'standardized'``, with what is known of their cost."""
    x, y = sales_data(standardized=inputs == "standardized")
    flat, steep = np.linalg.eigvalsh(hessian(x))
    return Ground(x, y, lowest(x, y), float(flat), float(steep))


def factor(product: Any) -> Any:
    """Return |1 − ηλ|: the share of the way to the lowest point that is left after one step."""
    return np.abs(1 - product)


def judged(product: float) -> str:
    """Say on which side of 2 the learning rate times the largest curvature is."""
    if isclose(product, 2, rel_tol=1e-3):
        return "at 2"
    return "below 2" if product < 2 else "above 2"


def rounded(value: float) -> str:
    """Write a number in three digits, a large one with its zeros."""
    return f"{float(f'{value:.3g}'):,.0f}" if value >= 1000 else f"{value:.3g}"


def _note(ax: Any) -> Any:
    return ax.text(
        0, 1.03, "", fontsize=style.LABEL, color=style.INK, transform=ax.transAxes, animated=True
    )
