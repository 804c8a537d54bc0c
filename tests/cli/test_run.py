from __future__ import annotations

import re

import pytest

from course.cli.deliver import deliver

# The student's data are there, and no answers are read or kept.
CODE = "import os; assert os.path.exists('data') and not os.environ['COURSE_PROGRESS']"


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch):
    for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"):
        monkeypatch.setenv(name, "1")
    monkeypatch.setenv("VECLIB_MAXIMUM_THREADS", "1")
    monkeypatch.setenv("COURSE_PROGRESS", "somewhere")


def test_each_lesson_has_a_line_with_its_seconds(series, said):
    series.publish("00_first", title="# First", code=CODE)
    status, printed = said("run")
    assert status == 0
    first, second, last = printed.splitlines()
    assert re.fullmatch(r"00_first +\d+\.\d s  ok", first)
    assert re.fullmatch(r"11_second +\d+\.\d s  ok", second)
    assert last == "2 of 2 lessons ran without an error."


def test_the_first_error_is_shown_in_one_line_or_in_full(series, said):
    series.publish("11_second", title="# Second", good="1", bad="x = 1\n1 / 0")
    status, printed = said("run", "11")
    assert status == 1
    assert printed.splitlines()[0].endswith(
        "FAILED: 11_second.ipynb, cell 3 (id bad): ZeroDivisionError: division by zero"
    )
    assert printed.splitlines()[1] == "0 of 1 lessons ran without an error."
    assert "1 / 0" in said("run", "second", "--traceback")[1]


def test_ones_own_lessons_are_run_in_place_and_stay_as_they_are(series, folder, edit, said):
    deliver(folder)
    mine = edit(folder / "00_first.ipynb", source="open('written', 'w').close()")
    assert said("run", "0", "--folder", folder)[0] == 0
    assert (folder / "written").exists()
    assert (folder / "00_first.ipynb").read_bytes() == mine


def test_what_is_no_notebook_is_said(series, folder, said):
    deliver(folder)
    (folder / "00_first.ipynb").write_text("shopping list", encoding="utf-8")
    (folder / "11_second.ipynb").unlink()
    status, printed = said("run", "--folder", folder)
    assert status == 1
    first, second, _ = printed.splitlines()
    assert "FAILED: 00_first.ipynb is no notebook" in first
    assert "FAILED: [Errno 2] No such file" in second


def test_an_unknown_lesson_is_no_run(series, said):
    status, printed = said("run", "0", "12")
    assert status == 1
    assert "no lesson 12. The nearest is 11 second" in printed
    assert "00_first" not in printed
