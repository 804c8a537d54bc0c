"""The tools that look for faults in a page find the faults that are there."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course.series.execute import KERNEL
from lab import jupyterlab
from lesson_page import LessonPage

pytestmark = pytest.mark.browser

WIDGETS = """\
import ipywidgets as widgets
from IPython.display import display
from PIL import Image as Picture
import io

def png(shade):
    buffer = io.BytesIO()
    Picture.new("L", (60, 60), shade).save(buffer, "png")
    return buffer.getvalue()

image = widgets.Image(value=png(0))
live = widgets.IntSlider(description="live", max=200)
idle = widgets.IntSlider(description="idle", max=200)
stray = widgets.IntSlider(description="stray", max=200)
faulty = widgets.IntSlider(description="faulty", max=10)
output = widgets.Output()

def show(change):
    image.value = png(change.new)

@output.capture()
def fail(change):
    raise ValueError("no such shade")

def pull_back(change):
    stray.value = min(change.new, 100)

live.observe(show, "value")
stray.observe(pull_back, "value")
faulty.observe(fail, "value")
display(widgets.VBox([live, idle, stray, faulty, image, output]))
"""


def test_moves_frames_latency_and_errors_are_seen(lesson: LessonPage, tmp_path: Path):
    path = tmp_path / "scratch.ipynb"
    cells = [new_code_cell(WIDGETS), new_code_cell("1 / 0")]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), path)
    with jupyterlab(path) as lab:
        lesson.open(lab, path.name)
        lesson.run_all()
        [error] = lesson.errors()
        assert error.startswith("cell 2")
        assert "ZeroDivisionError" in error

        names = ["live", "idle", "stray", "faulty"]
        assert [slider["label"] for slider in lesson.sliders()] == names
        assert (moved := lesson.move(0, 1.0)).value == "200"
        assert moved.frames > 0
        assert lesson.move(0, 0.0).value == "0"
        assert lesson.move(1, 1.0).frames == 0
        assert moved.stayed
        assert not lesson.move(2, 1.0).stayed
        latency = lesson.latency(0, presses=4)
        assert len(latency.milliseconds) == 4
        assert 0 < latency.median <= latency.p95 < 2000

        lesson.move(3, 1.0)
        assert any("no such shade" in error for error in lesson.errors())
        assert len(lesson.screens(tmp_path)) >= 1
