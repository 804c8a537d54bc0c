"""The controls of the playground and its presets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any

import ipywidgets

from course.explorers.checkboxes import Checkboxes
from course.explorers.controls import (
    Choice,
    Control,
    IntSlider,
    Slider,
    Steps,
    Toggle,
    Value,
)
from course.explorers.playground_data import DRAWN, FEATURES
from course.explorers.playground_network import OPTIMIZERS, SCHEDULES


@dataclass(frozen=True)
class Several(Control):
    """At least one of a few options; the value is a tuple of them, in their order."""

    options: Sequence[str]
    default: tuple[str, ...]
    _: KW_ONLY
    label: str = ""
    advanced: bool = False

    def check(self, value: Any) -> tuple[str, ...]:
        listed = ", ".join(map(repr, self.options))
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise TypeError(f"{self.name} must be a tuple of names out of {listed}, got {value!r}.")
        unknown = [name for name in value if name not in self.options]
        if unknown or not value:
            raise ValueError(f"{self.name} must be one or more of {listed}, got {value!r}.")
        return tuple(name for name in self.options if name in value)

    def clean(self, value: Any) -> tuple[str, ...]:
        return self.check(value or self.default)

    def sweep(self) -> tuple[tuple[str, ...], ...]:
        return tuple(self.options[:1]), tuple(self.options), tuple(self.options[2:4])

    def widget(self, value: Value) -> ipywidgets.DOMWidget:
        return Checkboxes(self.options, value)


RATES = (0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
PENALTIES = (0.0, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)
ACTIVATIONS = ("relu", "tanh", "sigmoid", "linear", "leaky_relu", "elu", "gelu", "silu")
INITIALIZERS = ("he_uniform", "glorot_uniform", "lecun_normal", "random_normal", "zeros")

CONTROLS: tuple[Control, ...] = (
    Choice("data", (*DRAWN, "csv"), label="where the points come from"),
    IntSlider("layers", 0, 6, default=1, label="number of hidden layers"),
    Steps("units", (1, 2, 3, 4, 5, 6, 8, 12, 16, 32), default=3, label="units in each of them"),
    Steps("learning_rate", RATES, default=0.03, label="size of one step"),
    Choice("activation", ACTIVATIONS, label="of the hidden layers", advanced=True),
    Choice("optimizer", tuple(OPTIMIZERS), default="Adam", label="update rule", advanced=True),
    Choice("schedule", SCHEDULES, label="how learning_rate falls in 100 epochs", advanced=True),
    Steps(
        "batch_size", (1, 2, 5, 10, 20, 50, 100, 500), default=10,
        label="points in one update", advanced=True,
    ),
    Choice(
        "kernel_initializer", INITIALIZERS, label="where the weights start", advanced=True
    ),
    Steps("l1", PENALTIES, label="penalty on the size of weights", advanced=True),
    Steps("l2", PENALTIES, label="penalty on their squares", advanced=True),
    Slider("dropout", 0.0, 0.8, default=0.0, label="share of units dropped", advanced=True),
    Toggle("batch_normalization", label="before each activation", advanced=True),
    Slider("noise", 0.0, 0.6, default=0.1, step=0.05, label="of the points", advanced=True),
    Steps("n", (20, 40, 100, 200, 500), default=500, label="points to learn from", advanced=True),
    IntSlider("seed", 0, 19, default=0, label="of points, weights and shuffling", advanced=True),
    Several(
        "features", tuple(FEATURES), ("x1", "x2"),
        label="what the network is given", advanced=True,
    ),
)  # fmt: skip

PRESETS: dict[str, dict[str, Any]] = {
    "two units": {"units": 2},
    "three units": {"units": 3},
    "squares, no layer": {"layers": 0, "features": ("x1²", "x2²")},
    "spirals": {
        "data": "spirals", "noise": 0.0, "layers": 3, "units": 16, "learning_rate": 0.01,
    },
    "step too large": {"units": 8, "learning_rate": 1.0},
    "few points, small": {
        "data": "moons", "n": 40, "noise": 0.3, "units": 8, "learning_rate": 0.01,
    },
    "few points, big": {
        "data": "moons", "n": 40, "noise": 0.3, "layers": 3, "units": 32, "learning_rate": 0.01,
    },
}  # fmt: skip
