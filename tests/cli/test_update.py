from __future__ import annotations

import course
from course.cli.deliver import deliver


def test_it_lists_what_changed(series, folder, edit, said):
    deliver(folder)
    mine = edit(folder / "11_second.ipynb", source="mine")
    series.publish("00_first", title="# First", code="7")
    series.publish("11_second", title="# Better", code="2 + 2")
    status, printed = said("update", folder)
    assert status == 0
    assert printed.splitlines() == [
        f"{folder} is up to date with course {course.__version__}:",
        "  updated   00_first.ipynb: cells that differ: code",
        "  beside    11_second.new.ipynb: newer than 11_second.ipynb, which you edited and which "
        "stays as it is; cells that differ: title, code",
        "  as they were: 2",
    ]
    assert (folder / "11_second.ipynb").read_bytes() == mine


def test_it_says_which_version_was_there(series, folder, said, monkeypatch):
    monkeypatch.setattr(course, "__version__", "0.0.1")
    deliver(folder)
    monkeypatch.setattr(course, "__version__", "0.0.2")
    deliver(folder, update=False)
    assert f"{folder} is up to date with course 0.0.2 (it was 0.0.1):" in said("update", folder)[1]
    assert f"{folder} is up to date with course 0.0.2:" in said("update", folder)[1]


def test_without_lessons_there_is_nothing_to_update(series, folder, said):
    status, printed = said("update", folder)
    assert status == 1
    assert printed.startswith("course: There are no lessons of the course in ")
    assert not folder.exists()
