from __future__ import annotations

import pytest

from course.cli.deliver import deliver
from course.cli.folder import progress_of
from course.exercises import Prediction, Progress


@pytest.fixture
def progress(series, folder, monkeypatch):
    monkeypatch.delenv("COURSE_PROGRESS", raising=False)
    deliver(folder)
    return Progress(progress_of(folder))


def test_the_table_counts_by_lesson(progress, folder, said):
    Prediction("Will it?", "11.depth", ["yes", "no"], progress=progress).record("yes", "I hope")
    progress.record("11.step", {"status": "correct"})
    progress.record("11.gain", {"status": "wrong"})
    progress.record("00.quiz", {"answer": "b"})
    progress.record("00.plain", 3)
    progress.record("00.class", {"hands": [3, 4]})
    status, printed = said("progress", folder)
    rows = [line.split() for line in printed.splitlines()[-4:]]
    assert status == 0
    assert rows == [
        ["lesson", "predictions", "answers", "checks", "passed"],
        ["00", "first", "·", "2", "·"],
        ["11", "second", "1", "·", "1"],
        ["all", "1", "2", "1"],
    ]


def test_all_answers_can_be_listed(progress, folder, said):
    Prediction("Will it?", "11.depth", ["yes", "no"], progress=progress).record("yes", "I hope")
    progress.record("11.step", {"status": "correct"})
    progress.record("00.long", "long " * 40)
    progress.record("00.list", [1, 2])
    printed = said("progress", folder, "--all")[1]
    assert "11.depth                     yes because I hope" in printed
    assert f"00.long                      {('long ' * 12)[:59]}…\n" in printed
    assert "11.step                      correct" in printed
    assert "00.list                      [1, 2]" in printed


def test_before_the_first_answer_the_way_is_said(progress, folder, said):
    status, printed = said("progress", folder)
    assert status == 0
    assert "No answers yet" in printed
    assert "course lab" in printed


def test_a_folder_of_answers_named_by_the_environment_counts(tmp_path, series, said, monkeypatch):
    monkeypatch.setenv("COURSE_PROGRESS", str(tmp_path / "answers"))
    Progress().record("77.gone", {"answer": 1})
    status, printed = said("progress")
    assert status == 0
    assert "77" in printed


def test_a_spoilt_file_is_named_and_the_rest_is_shown(progress, folder, said):
    progress.record("11.a", {"answer": 1})
    (progress_of(folder) / "11.b.json").write_text("{", encoding="utf-8")
    status, printed = said("progress", folder)
    assert status == 1
    assert "11.b.json cannot be read" in printed
    assert "11 second" in printed
