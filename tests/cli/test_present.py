from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from course.cli import present
from course.cli.deliver import deliver

CHANGED = (
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "COURSE_PROGRESS",
    "COURSE_PROJECTOR",
)


@pytest.fixture
def launched(monkeypatch):
    calls = []

    def serve(folder, document, **settings):
        own = Path(os.environ["JUPYTERLAB_SETTINGS_DIR"])
        files = {p.relative_to(own).as_posix(): json.loads(p.read_text()) for p in _files(own)}
        calls.append((folder, document, settings, files))

    monkeypatch.setattr(present.server, "serve", serve)
    for variable in CHANGED:
        monkeypatch.setenv(variable, "before")
    return calls


def _files(folder):
    return (path for path in folder.rglob("*") if path.is_file())


def test_the_very_lesson_is_served_with_settings_that_do_not_stay(series, folder, launched, said):
    status, printed = said("present", "second", folder, "--no-browser", "--port", 9002)
    assert status == 0
    assert "Presenting 11 second from" in printed
    [(where, document, settings, files)] = launched
    assert (where, document) == (folder, "doc/tree/11_second.ipynb")
    assert "--PresentedNotebooks.minutes=0" in settings["more"]
    assert os.environ["COURSE_PROJECTOR"] == "1"
    assert (settings["browser"], settings["port"]) == (False, 9002)
    assert files["jupyterlab-slideshow/plugin.jupyterlab-settings"] == {"active": True}
    themes = files["@jupyterlab/apputils-extension/themes.jupyterlab-settings"]
    assert themes["overrides"]["content-font-size1"] == "22px"
    assert not Path(os.environ["JUPYTERLAB_SETTINGS_DIR"]).exists()
    assert os.environ["COURSE_PROGRESS"] == "", "a class leaves no answers"


def test_an_edited_lesson_is_presented_as_it_is(series, folder, launched, edit, said):
    deliver(folder)
    mine = edit(folder / "11_second.ipynb", source="mine")
    series.publish("11_second", title="# Newer", code="1")
    assert said("present", "11", folder)[0] == 0
    assert (folder / "11_second.ipynb").read_bytes() == mine


def test_an_unknown_lesson_is_answered_with_the_nearest(series, folder, launched, said):
    status, printed = said("present", "12", folder)
    assert status == 1
    assert "There is no lesson 12. The nearest is 11 second." in printed
    assert launched == []
    assert not folder.exists()
