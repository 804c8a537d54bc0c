"""The sweep finds, in a notebook that runs without a fault, a fault further along a slider."""

from __future__ import annotations

import pytest

from course.series import LessonError, sweep

EXPLORER = """\
from course.explorers import Explorer, IntSlider

class Halves(Explorer):
    title = "Halves"
    controls = (IntSlider("depth", 0, 10, default=3),)

    def compute(self, state, poll):
        return 1 / (state.depth - FAULT)

    def setup(self, figure):
        self.axes = figure.subplots()

    def draw(self, result):
        pass

    def summary(self):
        return f"{self.result:.2f}"

    def numbers(self):
        return {"half": self.result}

    def code(self):
        return "1 / 2"

halves = Halves()
halves
"""


def test_explorers_of_a_notebook_are_driven_and_the_file_stays(write):
    path = write(EXPLORER.replace("FAULT", "0.5"))
    before = path.read_bytes()
    assert sweep(path).startswith("1 explorers, 5 moves, the slowest")
    assert path.read_bytes() == before


def test_a_fault_at_the_far_end_is_found(write):
    path = write(EXPLORER.replace("FAULT", "10"))
    with pytest.raises(LessonError, match=r"(?s)lesson.ipynb.*Halves: depth=10.*ZeroDivision"):
        sweep(path)
