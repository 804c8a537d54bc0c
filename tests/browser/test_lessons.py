"""Every lesson, as a reader has it: open, run what is live, drag a slider to both ends.

The other cells are executed, and compared, outside the browser.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from course.series import lessons
from lab import Lab
from lesson_page import LessonPage
from live_cells import live_cells

PATIENCE = 0.5  # seconds of a computation that is watched; then it is stopped
ENDS = (0.0, 1.0)
# Off the middle, where weights are not 0: for a slider that changes nothing at the ends.
BETWEEN = 0.6
# Of a lesson with many sliders so many are dragged; `every_control` moves all of them.
DRAGGED = 1

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("notebook", lessons(), ids=lambda path: path.stem)
def test_live_cells_run_and_sliders_move_the_picture(lab: Lab, lesson: LessonPage, notebook: Path):
    lesson.open(lab, notebook.name)
    lesson.run_cells(live_cells(notebook))
    assert lesson.errors() == []
    lesson.show_all_controls()
    sliders = lesson.sliders()
    assert sliders, "nothing can be dragged"
    for index, slider in enumerate(sliders[:DRAGGED]):
        moves = [lesson.move(index, end, 6, PATIENCE) for end in ENDS]
        assert all(move.stayed for move in moves), f"dragged to the ends, it strays: {moves}"
        seen = sum(move.frames for move in moves)
        seen = seen or lesson.move(index, BETWEEN, 6, PATIENCE).frames or lesson.step(index)
        assert seen, f"{slider['label']} changes no picture: {moves}"
    assert lesson.errors() == []
    assert lesson.console == []
