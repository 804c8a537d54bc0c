"""Every lesson, as a reader has it: open, run all, drag every slider to both ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.series import lessons
from lab import Lab
from lesson_page import LessonPage

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("notebook", lessons(), ids=lambda path: path.stem)
def test_all_cells_run_and_every_slider_moves_its_picture(
    lab: Lab, lesson: LessonPage, notebook: Path
):
    lesson.open(lab, notebook.name)
    lesson.run_all()
    assert lesson.errors() == []
    lesson.show_all_controls()
    sliders = lesson.sliders()
    assert sliders, "nothing can be dragged"
    for index, slider in enumerate(sliders):
        moves = [lesson.move(index, place, steps=6) for place in (0.0, 1.0, 0.5)]
        values = [move.value for move in moves]
        assert len(set(values)) > 1, f"{slider['label']} stays at {values[0]}"
        seen = sum(move.frames for move in moves) or lesson.step(index)
        assert seen, f"{slider['label']} changes no picture: {moves}"
    assert lesson.errors() == []
    assert lesson.console == []
