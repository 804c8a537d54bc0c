"""The handout, the notes and the prediction sheet: whole, offline, without answers."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from course.exercises import Exercise, Prediction, Quiz
from course.exercises.catalogue import tasks
from course.presenting import handout, notes, predictions
from course.series import lessons

every_lesson = pytest.mark.parametrize("lesson", lessons(), ids=lambda path: path.stem)
# What would make a browser load something; links to read on are welcome.
LOADS = re.compile(r"<(?:script|link|iframe)\b|\bsrc=\"(?!data:)|url\(|@import")


def test_a_handout_has_pictures_numbers_and_questions_but_no_answers(small):
    page = handout(small)
    assert page.count('src="data:image/png;base64,') == 2
    assert 'alt="a map"' in page
    assert "ratio 3" in page
    assert "0 of 5" in page
    assert "measured" not in page
    assert "&lt;Figure&gt;" not in page
    assert "plot(x &lt; y)" in page
    assert '<div class="card">Why?<br>(a) so</div>' in page
    assert "measured: 0." in handout(small, answers=True)


@every_lesson
def test_every_handout_is_whole_and_loads_nothing(lesson: Path):
    page = handout(lesson)
    assert not LOADS.search(page)
    assert 'class="tex"' not in page, "a formula that mathtext cannot read"
    assert "FORMULA" not in page
    assert len(page) < 2_000_000


@every_lesson
def test_answers_are_hidden_unless_asked_for(lesson: Path):
    without, answers = (unescape(handout(lesson, answers=a)) for a in (False, True))
    for task in tasks(lesson.stem.partition("_")[0]):
        if isinstance(task, Quiz):
            reasons = [why for _, (right, why) in task.choices.items() if right]
            assert not any(reason in without for reason in reasons)
            assert all(reason in answers for reason in reasons)
        elif isinstance(task, Exercise):
            assert task.source() in answers


def test_notes_say_when_each_section_begins(small):
    page = notes(small, 50)
    assert "Small: notes for 50 minutes" in page
    assert "0–5 min" in page
    assert "5–8 min" in page
    assert "Hands <em>up</em>" in page
    assert "no notes" in page
    assert "<table>" not in page
    assert "<th>20 min</th>" in notes(small)


@every_lesson
def test_every_lesson_has_notes_and_a_sheet(lesson: Path):
    page = notes(lesson)
    sheet = unescape(predictions(lesson))
    assert not LOADS.search(page + sheet)
    asked = [t for t in tasks(lesson.stem.partition("_")[0]) if isinstance(t, Prediction)]
    assert asked
    for task in asked:
        assert task.question in sheet
        assert all(choice in sheet for choice in task.choices or ())
    assert sheet.count("because") == len(asked)


def test_a_number_is_predicted_in_a_field_and_no_vote_is_asked_twice(small, monkeypatch):
    share = Prediction("How much?", "11.share", unit="%")
    monkeypatch.setattr("course.presenting.sheet.tasks", lambda lesson: [share])
    assert "________ %" in predictions(small)
    monkeypatch.setattr("course.presenting.sheet.tasks", lambda lesson: [])
    with pytest.raises(ValueError, match="has no predictions and no votes"):
        predictions(small)
