"""Which deep networks pass a signal on? A map of depth and gain, before any training."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isclose
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course.experiments import SignalSizes, fresh_signals
from course.explorers.base import Explorer
from course.explorers.controls import Choice, IntSlider, LogSlider, Steps, Toggle
from course.initializers import RandomUniform
from course.plots import Signals, describe_signals, style
from course.plots.factor_map import FactorMap

DEEPEST, SEED = 30, 1
BORDERS = np.geomspace(0.1, 12, 19)  # of the rows of the map
GAINS = np.sqrt(BORDERS[1:] * BORDERS[:-1])
LARGEST = 2.0  # weight; rows beyond are out of reach and stay grey
# Rows of the map that have been measured, by family of networks and number of the row.
ROWS: dict[tuple[Any, int], np.ndarray] = {}
WIDTHS = (5, 8, 12, 20, 50, 100)
# Below this gain a layer shrinks every error signal: 1 over the largest slope f'. ReLU lets half
# of a signal's square through, which makes it √2.
CRITICAL = {"tanh": 1.0, "relu": 2**0.5, "sigmoid": 4.0, "linear": 1.0}
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

NETWORK_CONTROLS = (
    IntSlider("depth", 1, DEEPEST, default=20),
    Steps("width", WIDTHS, default=8),
    LogSlider("maxval", 0.05, LARGEST, default=0.5, step=0.01),
    Choice("activation", tuple(CRITICAL)),
    Toggle("residual"),
    Toggle("batch_normalization"),
)


class Signal(NamedTuple):
    """What `SignalMap` shows: one network, and the map with what is known of it so far."""

    sizes: SignalSizes
    factors: np.ndarray


class SignalMap(Explorer):
    """Error signals on their way back, by depth and by the gain of a layer."""

    title = "Does the error reach the first layer?"
    size = (10.0, 4.8)
    controls = NETWORK_CONTROLS
    presets = {
        "vanishes": {},
        "one layer": {"depth": 1},
        "balanced": {"width": 12},
        "wide: explodes": {"width": 100},
        "sigmoid": {"activation": "sigmoid"},
        "ReLU, He": {"activation": "relu", "width": 20, "maxval": 0.548},
        "residual": {"residual": True},
        "normalized": {"batch_normalization": True},
        "both": {"residual": True, "batch_normalization": True},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Iterator[Signal]:
        family = state.width, state.activation, state.residual, state.batch_normalization
        sizes = measured(state.depth, state.maxval, *family)
        factors = known_rows(family)
        yield Signal(sizes, factors)
        within = BORDERS[:-1] < gain(state.width, LARGEST)
        missing = np.flatnonzero(np.isnan(factors[:, 0]) & within)
        here = gain(state.width, state.maxval)
        rows = sorted(missing, key=lambda row: abs(np.log(GAINS[row] / here)))
        for done, row in enumerate(rows):
            poll(done / len(rows))
            ROWS[family, row] = map_row(GAINS[row], *family)
            yield Signal(sizes, known_rows(family))

    def setup(self, figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=(1.1, 1))
        self.map = FactorMap(style.axes(left, grid=False), DEEPEST, (BORDERS[0], BORDERS[-1]))
        self.map.scale(figure, "error: first / last layer")
        style.label(left, "", "depth (layers to go back)", "gain of a layer", above=28)
        self.signals = Signals(style.axes(right), DEEPEST, limits=(1e-12, 1e4))
        style.label(right, "", "layer", "size (root mean square)")
        stack_names(self.signals)
        figure.set_layout_engine("constrained", wspace=0.08)
        for artist in (*self.map.artists, *self.signals.artists):
            artist.set_animated(True)

    def draw(self, result: Signal) -> None:
        border = critical(self.state)
        self.map.update(result.factors)
        note = "gain √2" if self.state.activation == "relu" else f"gain {border or 1:g} = 1 / f′(0)"
        self.map.mark(self.state.depth, self.numbers()["gain"], border, note)
        self.signals.update(*result.sizes)

    def summary(self) -> str:
        state, numbers = self.state, self.numbers()
        return (
            f"gain √{state.width} · {state.maxval:.3g}/√3 = {numbers['gain']:.2f}, "
            f"{judged(numbers['gain'], state)}\n"
            f"error at layer 1 / error at layer {state.depth}: {told(numbers['decades'])}"
        )

    def numbers(self) -> dict[str, float]:
        ratio = max(self.result.sizes.ratio, 1e-30)
        return {
            "gain": gain(self.state.width, self.state.maxval),
            "decades": round(float(np.log10(ratio)), 1) + 0.0,
        }

    def describe(self) -> str:
        return f"{self.title} {self.summary()}. {describe_signals(*self.result.sizes)}"

    def code(self) -> str:
        return f"""\
import course as keras
from course.experiments import signal_sizes, two_circles

keras.set_random_seed({SEED})
{network_code(self.state)}
model.compile("sgd", "binary_crossentropy")
sizes = signal_sizes(model, *two_circles({SEED}, n=100))
print(sizes.forward, sizes.backward, sizes.ratio)"""


def gain(width: int, maxval: float) -> float:
    """Return √n · a/√3: by how much n weights from U(−a, a) widen a signal, on average."""
    return float(np.sqrt(width) * maxval / np.sqrt(3))


def critical(state: Any) -> float | None:
    """Return the gain below which signals fade; a skip or a normalization does away with it."""
    freed = state.residual or state.batch_normalization
    return None if freed else CRITICAL[state.activation]


def judged(of_gain: float, state: Any) -> str:
    """Say on which side of the critical gain a network is."""
    border = critical(state)
    if border is None:
        return "but the skip passes the error by" if state.residual else "but normalized away"
    if isclose(of_gain, border, rel_tol=0.01):
        return f"at {border:.3g}"
    return f"{'below' if of_gain < border else 'above'} {border:.3g}"


def stack_names(signals: Signals) -> None:
    """Put the names of the two profiles one above the other: half a figure has no room beside."""
    forward, backward = signals.ax.texts[:2]
    forward.set(fontsize=style.LABEL)
    backward.set(x=0, y=1.085, ha="left", fontsize=style.LABEL, text="■ error signals, ← backward")


def told(decades: float) -> str:
    """Say a power of ten in words."""
    if abs(decades) < 0.5:
        return "about 1"
    power = "" if round(decades) == 1 else f"{decades:.0f}".translate(SUPERSCRIPT)
    return f"about 10{power}" if decades > -20 else "nothing arrives"


def network_code(state: Any) -> str:
    """Return the lines that build the network of `state`."""
    return f"""\
from course.experiments import deep_network
from course.initializers import RandomUniform

model = deep_network(
    depth={state.depth}, width={state.width}, activation={state.activation!r},
    kernel_initializer=RandomUniform(-{state.maxval:.3g}, {state.maxval:.3g}),
    residual={state.residual}, batch_normalization={state.batch_normalization},
)"""


def measured(depth: int, maxval: float, *family: Any) -> SignalSizes:
    """Return the signals of one fresh network, always from the same random numbers."""
    width, activation, residual, normalized = family
    return fresh_signals(
        depth, SEED, n=100, width=width, activation=activation,
        kernel_initializer=RandomUniform(-maxval, maxval),
        residual=residual, batch_normalization=normalized,
    )  # fmt: skip


def known_rows(family: tuple[Any, ...]) -> np.ndarray:
    """Return the map of a family of networks; rows that have not been measured are NaN."""
    unknown = np.full(DEEPEST, np.nan)
    return np.array([ROWS.get((family, row), unknown) for row in range(len(GAINS))])


def map_row(of_gain: float, *family: Any) -> np.ndarray:
    """Return the error at layer 1 over that at layers 1, 2, ... of one deepest network."""
    backward = measured(DEEPEST, of_gain * np.sqrt(3 / family[0]), *family).backward
    with np.errstate(divide="ignore", invalid="ignore"):
        factors = backward[0] / backward
    return np.where(backward > 0, np.clip(factors, 1e-30, 1e30), 1e-30)
