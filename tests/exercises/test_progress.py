from __future__ import annotations

import os

import pytest

from course.exercises import Progress
from course.exercises.progress import FOLDER


@pytest.fixture(autouse=True)
def _no_folder(monkeypatch):
    monkeypatch.delenv(FOLDER, raising=False)


def test_in_memory_nothing_is_written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    progress = Progress()
    progress.record("11.depth", {"answer": "no"})
    assert progress.recall("11.depth") == {"answer": "no"}
    assert progress.recall("11.width") is None
    assert Progress().recall("11.depth") is None
    assert list(tmp_path.iterdir()) == []


def test_in_a_folder_it_outlives_the_process(tmp_path, monkeypatch):
    folder = tmp_path / "a" / "b"
    Progress(folder).record("11.depth", ["ja", "ü"])
    monkeypatch.setenv(FOLDER, str(folder))
    assert Progress().recall("11.depth") == ["ja", "ü"]
    assert [path.name for path in folder.iterdir()] == ["11.depth.json"]


def test_a_write_that_fails_leaves_the_old_answer_whole(tmp_path, monkeypatch):
    Progress(tmp_path).record("k", 1)

    def fails(*_):
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="disk full"):
        Progress(tmp_path).record("k", 2)
    assert Progress(tmp_path).recall("k") == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_a_spoilt_file_is_named(tmp_path):
    (tmp_path / "k.json").write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match=r"k\.json cannot be read .*; delete the file"):
        Progress(tmp_path).recall("k")


@pytest.mark.parametrize("key", ["", "../k", "a/b", ".k", "ü", 3, "a\n"])
def test_keys_are_names_of_files(key, tmp_path):
    with pytest.raises(ValueError, match="key must be made of letters"):
        Progress(tmp_path).record(key, 1)


def test_only_json_is_kept():
    progress = Progress()
    with pytest.raises(TypeError):
        progress.record("k", object())
    assert progress.recall("k") is None
