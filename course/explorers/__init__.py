"""Explorers: controls bound to a computation and a picture. Start reading in `base`."""

from __future__ import annotations

from course.explorers.base import Explorer
from course.explorers.bench import Bench
from course.explorers.controls import Choice, Control, IntSlider, LogSlider, Slider, Steps, Toggle
from course.explorers.live_plot import LivePlot
from course.explorers.worker import Cancelled

__all__ = [
    "Bench",
    "Cancelled",
    "Choice",
    "Control",
    "Explorer",
    "IntSlider",
    "LivePlot",
    "LogSlider",
    "Slider",
    "Steps",
    "Toggle",
]
