"""One unit over the plane: its line turns with the weights, and steepens with their size."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from course.explorers.base import Explorer
from course.explorers.controls import Choice, LogSlider, Slider
from course.layers import Dense
from course.plots import Surface, evaluate, style

REACH = 2.0  # how far the plane and the walk go
LIMITS = (-REACH, REACH, -REACH, REACH)
PIXELS = 160  # a side; the black line hides their corners
WALK = np.linspace(-REACH, REACH, 201)
ARROW, ARC = 0.9, 0.45  # length and radius in the plane
# The pale band: where the answer is undecided, and the |z| at which it ends.
BANDS = {"sigmoid": ("0.1 to 0.9", np.log(9)), "tanh": ("−0.8 to 0.8", np.log(9) / 2)}
# The answer at z = 0, and how far from it the colours are full.
COLOURS = {"sigmoid": (0.5, 0.5), "tanh": (0.0, 1.0), "relu": (0.0, 3.0), "linear": (0.0, 3.0)}


class Answers(NamedTuple):
    """What a unit answers over the plane, of shape (rows, columns), and on a walk, of shape (n,).

    The walk follows the arrow (w1, w2) and crosses the line half way.
    """

    plane: np.ndarray
    walk: np.ndarray


class TurningLine(Explorer):
    """The line z = 0 of one unit, the angle of its arrow, and the step across it."""

    title = "Where does one unit draw its line?"
    size = (10.0, 4.8)
    controls = (
        Slider("w1", -4.0, 4.0, default=2.0),
        Slider("w2", -4.0, 4.0, default=1.0),
        Slider("b", -4.0, 4.0, default=-1.0),
        LogSlider("scale", 0.2, 20.0, default=1.0, label="multiplies w1, w2 and b"),
        Choice("activation", tuple(COLOURS)),
    )
    presets = {
        "start": {},
        "turned": {"w1": -1.0, "w2": 2.0},
        "moved": {"b": 2.0},
        "all × 10": {"scale": 10.0},
        "w × 2, not b": {"w1": 4.0, "w2": 2.0},
        "other side": {"w1": -2.0, "w2": -1.0, "b": 1.0},
        "tanh": {"activation": "tanh"},
        "ReLU": {"activation": "relu"},
        "no weights": {"w1": 0.0, "w2": 0.0},
    }

    def compute(self, state: Any, poll: Callable[[], None]) -> Answers:
        answer = unit(state)
        foot, along = geometry(state)
        walk = foot + WALK[:, None] * along
        return Answers(evaluate(answer, LIMITS, PIXELS), answer(walk)[:, 0])

    def setup(self, figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        self._setup_plane(style.axes(left, grid=False))
        self._setup_walk(style.axes(right))
        self.artists = (
            self.surface.image, *self.border, self.line, self.level, self.arc, self.arrow,
            self.angle, *self.sides, *self.ends, self.crossing, self.profile, self.note,
        )  # fmt: skip
        for artist in self.artists:
            artist.set_animated(True)

    def _setup_plane(self, ax: Any) -> None:
        self.surface = Surface(ax, LIMITS)
        self.surface.image.set_interpolation("nearest")  # a third of the time
        (self.line,) = ax.plot([], [], color=style.BLACK, linewidth=2.6)
        self.border = [ax.plot([], [], **style.VALIDATION, color=style.SOFT)[0] for _ in range(2)]
        (self.level,) = ax.plot([], [], color=style.INK, linewidth=1.2, linestyle=":")
        (self.arc,) = ax.plot([], [], color=style.HIGHLIGHT, linewidth=2.0)
        (self.arrow,) = ax.plot(
            [], [], color=style.HIGHLIGHT, linewidth=3.4, marker="o", markevery=[1], markersize=9
        )
        self.angle = ax.text(
            0, 0, "", color=style.readable(style.HIGHLIGHT), fontsize=style.TITLE, weight="bold",
            ha="center", va="center", clip_on=True,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 2.0, "alpha": 0.85},
        )  # fmt: skip
        ax.set_xticks(style.ticks(-REACH, REACH, 4))
        ax.set_yticks(style.ticks(-REACH, REACH, 4))
        style.label(ax, "", "x₁", "x₂")

    def _setup_walk(self, ax: Any) -> None:
        blue, orange = (style.mix(c, 0.16) for c in style.CLASS_COLOURS[:2])
        self.sides = (
            ax.axvspan(-REACH, 0, color=blue, linewidth=0),
            ax.axvspan(0, REACH, color=orange, linewidth=0),
        )
        self.ends = [ax.axvline(0, **style.VALIDATION, color=style.SOFT) for _ in range(2)]
        self.crossing = ax.axvline(0, color=style.BLACK, linewidth=2.6)
        (self.profile,) = ax.plot([], [], color=style.FORWARD["color"], linewidth=3.4)
        self.note = ax.text(
            0, 1.02, "", fontsize=style.LABEL, color=style.INK, transform=ax.transAxes
        )
        self.dashed = ax.text(  # stands still while sliders move, so it is not animated
            1, 1.02, "", fontsize=style.LABEL, color=style.INK, transform=ax.transAxes, ha="right"
        )
        ax.set_xlim(-REACH, REACH)
        ax.set_ylim(-1.6, 2.4)
        ax.set_xticks(style.ticks(-REACH, REACH, 4))
        ax.set_yticks((-1, 0, 1, 2))
        style.label(ax, "", "distance from the line, along the arrow", "answer of the unit")

    def draw(self, result: Answers) -> None:
        middle, half = COLOURS[self.state.activation]
        above = (result.plane - middle) / (2 * half)
        # Exactly 0 is "off": the blue side of the step in the colours.
        self.surface.update(np.clip(0.5 + np.where(above > 0, above, above - 0.01), 0, 1))
        self.profile.set_data(WALK, result.walk)
        numbers = self.numbers()
        band = BANDS.get(self.state.activation, ("",))[0]
        dashed = f"dashed: {band}" if band and numbers["steepness"] else ""
        self.note.set_text(f"steepness ‖w‖ = {numbers['steepness']:.2f}")
        self.dashed.set_text(dashed)
        for artist in (self.line, *self.border, self.level, self.arc, self.arrow, self.angle,
                       *self.sides, *self.ends, self.crossing):  # fmt: skip
            artist.set_visible(numbers["steepness"] > 0)
        if numbers["steepness"] > 0:
            self._draw_line(numbers["angle"])
            self._draw_band(numbers["steepness"])

    def _draw_line(self, angle: float) -> None:
        foot, along = geometry(self.state)
        self.line.set_data(*_parallel(foot, along, 0.0))
        self.arrow.set_data(*zip(foot, foot + ARROW * along, strict=True))
        self.level.set_data((foot[0], foot[0] + ARROW), (foot[1], foot[1]))
        turn = np.radians(np.linspace(0, angle, 60))
        self.arc.set_data(foot[0] + ARC * np.cos(turn), foot[1] + ARC * np.sin(turn))
        self.angle.set_position(foot + (ARROW + 0.32) * along)
        self.angle.set_text(degrees(angle))

    def _draw_band(self, steepness: float) -> None:
        foot, along = geometry(self.state)
        band = BANDS.get(self.state.activation)
        for sign, edge, end in zip((-1, 1), self.border, self.ends, strict=True):
            edge.set_visible(band is not None)
            end.set_visible(band is not None)
            if band is not None:
                edge.set_data(*_parallel(foot, along, sign * band[1] / steepness))
                end.set_xdata([sign * band[1] / steepness] * 2)

    def summary(self) -> str:
        numbers = self.numbers()
        if not numbers["steepness"]:
            return (
                f"w = 0: no line, no angle\nthe unit answers {self.result.walk[0]:.2f} everywhere"
            )
        where = (
            f"the arrow (w1, w2) points to {degrees(numbers['angle'])}, "
            f"the line is {numbers['distance']:.2f} from the origin"
        )
        step = f"steepness ‖w‖ = {numbers['steepness']:.2f}"
        if band := BANDS.get(self.state.activation):
            return f"{where}\n{step}: from {band[0]} within {numbers['width']:.2f}"
        return f"{where}\n{step}: z grows by that much a step"

    def numbers(self) -> dict[str, float]:
        w1, w2, b = weights(self.state)
        steepness = float(np.hypot(w1, w2))
        if not steepness:
            return {"steepness": 0.0}
        found = {
            "angle": float(np.degrees(np.arctan2(w2, w1))),
            "distance": abs(b) / steepness,
            "steepness": steepness,
        }
        if band := BANDS.get(self.state.activation):
            found["width"] = 2 * float(band[1]) / steepness
        return found

    def describe(self) -> str:
        return (
            f"{self.title} {self.summary()}. Left: the plane from −2 to 2, orange where the answer "
            "is above its middle, blue where it is not. Right: the answer along the arrow, from "
            f"{self.result.walk[0]:.2f} to {self.result.walk[-1]:.2f}."
        )

    def code(self) -> str:
        w1, w2, b = weights(self.state)
        return f"""\
import numpy as np
import course as keras

w1, w2, b = {w1:.4g}, {w2:.4g}, {b:.4g}
unit = keras.layers.Dense(1, activation={self.state.activation!r})
unit(np.zeros((1, 2)))  # its first call makes the weights
unit.set_weights([np.array([[w1], [w2]]), np.array([b])])
print("answer at the origin:", unit(np.zeros((1, 2))).item())
print("angle in degrees:", np.degrees(np.arctan2(w2, w1)))"""


def weights(state: Any) -> tuple[float, float, float]:
    """Return w1, w2 and b, each times `scale`; adding 0 makes a −0 positive."""
    return tuple(state.scale * value + 0.0 for value in (state.w1, state.w2, state.b))


def degrees(angle: float) -> str:
    """Write an angle in whole degrees, with a true minus and without a −0."""
    return f"{round(angle) + 0}°".replace("-", "−")


def unit(state: Any) -> Callable[[np.ndarray], np.ndarray]:
    """Return the Dense layer of one unit that has the weights of `state`."""
    w1, w2, b = weights(state)
    layer = Dense(1, state.activation)
    layer(np.zeros((1, 2)))  # its first call makes the weights
    layer.set_weights([np.array([[w1], [w2]]), np.array([b])])
    return layer


def geometry(state: Any) -> tuple[np.ndarray, np.ndarray]:
    """Return the point of the line nearest to the origin, and the arrow's direction."""
    w1, w2, b = weights(state)
    w = np.array([w1, w2])
    size = np.hypot(w1, w2)
    return (-b * w / size**2, w / size) if size else (np.zeros(2), np.array([1.0, 0.0]))


def _parallel(foot: np.ndarray, along: np.ndarray, away: float) -> tuple[list[float], list[float]]:
    """Return x₁ and x₂ of both ends of the parallel to the line that is `away` from it."""
    across = np.array([-along[1], along[0]])
    middle = foot + away * along
    ends = middle - 10 * REACH * across, middle + 10 * REACH * across
    return [float(e[0]) for e in ends], [float(e[1]) for e in ends]
