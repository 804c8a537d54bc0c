"""The gain as a slider: ten layers of outputs as histograms, and what is left of the signal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.experiments.forward_signal import DEPTH, TWO_SIDED, WIDTH, forward_signal, idle
from course.explorers.base import Explorer
from course.explorers.controls import Choice, LogSlider
from course.plots import style
from course.plots.histograms import Histograms, describe_histograms

SEED = 1
ACTIVATIONS = (
    "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "silu", "mish", "linear",
)  # fmt: skip
# Gains that have a name, for 100 inputs and 100 units.
NAMED = {
    0.5: "standard deviation 0.05",
    1.0: "Glorot, LeCun",
    2**0.5: "He",
    (WIDTH / 12) ** 0.5: "U(−0.5, 0.5)",
    4.0: "4 × Glorot",
    10.0: "standard deviation 1",
}
VALUES, SIZES = (-3.0, 3.0), (1e-8, 1e4)  # limits of the two panels
ROLES = {
    "size": {"color": style.SOFT, "linestyle": (0, (4, 1.6)), "marker": "s"},
    "differences": style.FORWARD,
}


class Passed(NamedTuple):
    """What `SignalHistograms` shows."""

    outputs: list[np.ndarray]
    size: np.ndarray
    differences: np.ndarray
    idle: np.ndarray
    left: float


class SignalHistograms(Explorer):
    """100 inputs on their way through ten layers of 100 units, before any training."""

    title = "What do ten layers leave of a signal?"
    size = (10.0, 5.2)
    controls = (
        Choice("activation", ACTIVATIONS),
        LogSlider("gain", 0.1, 10.0, default=1.0, step=0.02, label="√100 × standard deviation"),
    )
    presets = {
        "sigmoid, Glorot": {},
        "sigmoid, deviation 1": {"gain": 10.0},
        "tanh, Glorot": {"activation": "tanh"},
        "tanh, U(−0.5, 0.5)": {"activation": "tanh", "gain": 2.89},
        "tanh, deviation 1": {"activation": "tanh", "gain": 10.0},
        "ReLU, Glorot": {"activation": "relu"},
        "ReLU, He": {"activation": "relu", "gain": 1.41},
        "ReLU, deviation 1": {"activation": "relu", "gain": 10.0},
        "SELU, LeCun": {"activation": "selu"},
    }

    def compute(self, state: Any, poll: Callable[..., None]) -> Passed:
        poll()
        return passed(state.activation, state.gain)

    def setup(self, figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=(1.15, 1))
        names = [str(layer) for layer in range(1, DEPTH + 1)]
        self.histograms = Histograms(style.axes(left), names, limits=VALUES, bins=60)
        style.label(left, "", "output (beyond ±3: in the last bar)", "layer")
        self.heading = left.text(
            1.02, 1.02, "", color=style.INK, fontsize=style.LABEL, transform=left.transAxes
        )
        self.profiles = Profiles(style.axes(right))
        figure.set_layout_engine("constrained", wspace=0.22)
        for artist in (*self.histograms.artists, *self.profiles.artists, self.heading):
            artist.set_animated(True)

    def draw(self, result: Passed) -> None:
        self.histograms.update(result.outputs, [f"{share:.0%}" for share in result.idle])
        self.heading.set_text(self._word())
        self.profiles.update(result)

    def summary(self) -> str:
        numbers = self.numbers()
        whose = "of the values" if self.state.activation in TWO_SIDED else "of the units"
        return (
            f"gain {self.state.gain:.2f}{named(self.state.gain)}: "
            f"{numbers['idle']:.0%} {whose} {self._word()}\n"
            f"differences between inputs, layer {DEPTH} / layer 1: {written(numbers['left'])}"
        )

    def numbers(self) -> dict[str, float]:
        return {"idle": float(self.result.idle.mean()), "left": self.result.left}

    def describe(self) -> str:
        rows = {f"layer {k}": self.result.outputs[k - 1] for k in (1, DEPTH)}
        return f"{self.title} {self.summary()}. {describe_histograms(rows)}"

    def code(self) -> str:
        state = self.state
        return f"""\
import numpy as np
from course.experiments.forward_signal import forward_signal, idle

signal = forward_signal({state.activation!r}, {state.gain:.3g}, seed={SEED})
shares = [idle({state.activation!r}, z) for z in signal.sums]
print("saturated or dead, layer by layer:", np.round(shares, 2))
print("size:", signal.size)
print("differences between inputs:", signal.differences)"""

    def _word(self) -> str:
        return "saturated" if self.state.activation in TWO_SIDED else "dead"


class Profiles:
    """Size and differences layer by layer, on `ax`."""

    def __init__(self, ax: Axes) -> None:
        ax.set(yscale="log", ylim=SIZES, xlim=(0.5, DEPTH + 0.5), xticks=range(1, DEPTH + 1))
        ax.minorticks_off()
        style.label(ax, "", "layer (off the axis: at its edge)")
        self.lines = {
            name: ax.plot([], [], linewidth=2.4, markersize=7, **role)[0]
            for name, role in ROLES.items()
        }
        self.artists = (*self.lines.values(),)
        words = ("■ size of the outputs", "● differences between inputs")
        for place, name, text in zip((1.09, 1.02), ROLES, words, strict=True):
            ax.text(
                0, place, text, color=ROLES[name]["color"], fontsize=style.LABEL,
                transform=ax.transAxes,
            )  # fmt: skip

    def update(self, result: Passed) -> None:
        """Show both, cut off at the ends of the axis."""
        layers = np.arange(1, DEPTH + 1)
        for name, line in self.lines.items():
            line.set_data(layers, np.clip(getattr(result, name), *SIZES))


def passed(activation: str, gain: float) -> Passed:
    """Return what becomes of always the same 100 inputs."""
    signal = forward_signal(activation, gain, SEED)
    shares = np.array([idle(activation, z) for z in signal.sums])
    return Passed(signal.outputs, signal.size, signal.differences, shares, signal.left)


def named(gain: float) -> str:
    """Return in brackets how weights of this gain are called, if they have a name."""
    for known, name in NAMED.items():
        if abs(gain - known) < 0.02 * known:
            return f" ({name})"
    return ""


def written(ratio: float, about: str = "about ") -> str:
    """Write a ratio with one significant digit, or as a power of ten with `about` before it."""
    if 0.01 <= ratio < 10:
        return f"{ratio:.1g}"
    sign, power = ("−", -1) if ratio < 1 else ("", 1)
    digits = str(round(power * np.log10(max(ratio, 1e-30)))).translate(RAISED)
    return f"{about}10{'⁻' if sign else ''}{digits}"


RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def draw_answers(ax: Axes, activation: str, gain: float, layer: int, title: str) -> None:
    """Draw the outputs of one layer: a row for each of 40 inputs, a column for each of 40 units."""
    outputs = passed(activation, gain).outputs[layer - 1][:40, :40]
    style.axes(ax, grid=False).imshow(outputs, cmap=style.SHARES, aspect="auto")
    ax.set(xticks=[], yticks=[])
    style.label(ax, title, f"the units of layer {layer}", "40 different inputs")
