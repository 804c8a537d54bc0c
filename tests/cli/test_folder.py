from __future__ import annotations

import pytest

from course.cli.deliver import deliver
from course.cli.errors import CommandError
from course.cli.folder import NAME, chosen, existing


def test_the_current_folder_counts_if_lessons_are_in_it(series, folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert chosen(None) == tmp_path / NAME
    deliver(folder)
    monkeypatch.chdir(folder)
    assert chosen(None) == existing(None) == folder


def test_a_file_is_no_folder(series, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CommandError, match=r"file is a file\. Name a folder"):
        chosen(tmp_path / "file")


@pytest.mark.parametrize("kind", ["notebooks", "data"])
def test_the_course_keeps_its_own_folders(series, kind):
    with pytest.raises(CommandError, match=f"where the course keeps its own {kind}"):
        chosen(getattr(series, kind))


def test_without_lessons_the_way_to_them_is_said(series, folder):
    with pytest.raises(CommandError, match=r"no lessons of the course in .*course lab mine"):
        existing(folder)
