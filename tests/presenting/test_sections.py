from __future__ import annotations

from pathlib import Path

import pytest

from course.presenting import ROUTES, route, sections, timetable
from course.series import LessonError, lessons


def test_headings_begin_sections_and_split_cells(small):
    found = sections(small)
    assert [s.title for s in found] == ["11 · Small", "1 · Ask", "2 · Look"]
    ids = [[cell["id"] for cell in s.cells] for s in found]
    assert ids == [
        ["title", "setup"], ["ask", "quiz", "answer", "look-before"], ["look", "map", "more"],
    ]  # fmt: skip
    assert found[1].cells[-1]["source"] == "What that was."
    assert found[2].cells[0]["source"].startswith("## 2 · Look")
    assert [s.notes for s in found] == [["Fold the code."], ["Hands *up*."], []]


def test_minutes_by_route(small):
    assert [s.minutes for s in sections(small)] == [
        {20: 0, 50: 0, 90: 0}, {20: 4, 50: 5, 90: 5}, {50: 3, 90: 9},
    ]  # fmt: skip
    assert [s.title for s in route(small, 20)] == ["11 · Small", "1 · Ask"]
    assert len(route(small, 50)) == 3


def test_the_timetable_adds_up(small):
    lines = [line.split() for line in timetable(small).splitlines()]
    assert lines[0] == ["minutes", "20", "50", "90"]
    assert lines[-2][-3:] == ["–", "3", "9"]
    assert lines[-1] == ["total", "4", "8", "14"]


def test_routes_that_are_not_there(small, write):
    with pytest.raises(ValueError, match="minutes must be"):
        route(small, 30)
    bare = write([{"cell_type": "markdown", "id": "a", "metadata": {}, "source": "# Bare"}])
    with pytest.raises(ValueError, match="'Bare' says nothing of a route of 20 minutes"):
        route(bare, 20)


def test_a_comment_in_code_is_no_heading(write):
    source = "Before.\n\n```python\n## not a heading\n```\n\n## Real\n"
    path = write([{"cell_type": "markdown", "id": "a", "metadata": {}, "source": source}])
    assert [s.title for s in sections(path)] == ["", "Real"]


def test_no_notebook_is_named(tmp_path):
    (tmp_path / "x.ipynb").write_text("{}", encoding="utf-8")
    with pytest.raises(LessonError, match=r"x\.ipynb is no notebook"):
        sections(tmp_path / "x.ipynb")


@pytest.mark.parametrize("lesson", lessons(), ids=lambda path: path.stem)
@pytest.mark.parametrize("minutes", ROUTES)
def test_every_lesson_keeps_to_its_minutes(lesson: Path, minutes: int):
    total = sum(section.minutes[minutes] for section in route(lesson, minutes))
    assert 0.8 * minutes <= total <= minutes
