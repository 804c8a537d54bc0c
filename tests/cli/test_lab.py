"""`course lab` serves a student's own folder: quietly, with a token, to this machine only."""

from __future__ import annotations

import json
import os
import signal
import sys
import urllib.error
import urllib.request

import pytest

from course.cli import lab
from course.cli.deliver import deliver
from course.cli.folder import progress_of
from course.exercises import Progress
from served import STOP_SECONDS, served
from surroundings import notebook_environment

# A busy machine must not give the test another process's port: ask for any.
LAB = [sys.executable, "-m", "course.cli", "lab", "--no-browser", "--port", "0"]
NEWS = "lab/api/settings/@jupyterlab/apputils-extension:notification"


def read(served_lab, path, token=True, data=None):
    address = f"{served_lab.url}/{path}" + (f"?token={served_lab.token}" if token else "")
    with urllib.request.urlopen(address, data, timeout=30) as answer:
        return json.load(answer)


def test_it_serves_the_lessons_until_ctrl_c(tmp_path):
    environment = notebook_environment(tmp_path, OFFLINE_LOG=str(tmp_path / "refused"))
    with served([*LAB, "mine"], environment, tmp_path) as running:
        assert running.document == "lab/tree/00_playground.ipynb"
        listed = [entry["name"] for entry in read(running, "api/contents")["content"]]
        assert "00_playground.ipynb" in listed
        assert "data" in listed
        for path, data in (("api/contents", None), ("api/kernels", b"{}")):
            with pytest.raises(urllib.error.HTTPError, match="403"):
                read(running, path, token=False, data=data)
        assert len(running.token) >= 48, "nobody guesses it"
        assert read(running, "api/kernels", data=b'{"name": "python3"}')["id"]
        assert running.listening() == {"127.0.0.1"}
        assert read(running, "lab/api/extensions")  # a panel of JupyterLab that may ask PyPI
        news = read(running, NEWS)
        assert news["schema"]["properties"]["fetchNews"]["default"] == "false"
        assert news["schema"]["properties"]["checkForUpdates"]["default"] is False
        assert news["raw"] == "{}", "nobody's own settings are touched"
        if os.name != "nt":  # where another process cannot be sent a Ctrl-C
            running.process.send_signal(signal.SIGINT)
            assert running.process.wait(STOP_SECONDS) == 0
        assert "Traceback" not in running.said()
    assert not (tmp_path / "refused").exists(), "it tried to reach others"


@pytest.fixture
def launched(monkeypatch):
    calls = []

    def serve(folder, document, **settings):
        calls.append((folder, document, settings, os.environ.get("COURSE_PROGRESS")))

    monkeypatch.setattr(lab.server, "serve", serve)
    monkeypatch.setenv("COURSE_PROGRESS", "")  # restored after the test
    monkeypatch.delenv("COURSE_PROGRESS")
    return calls


def test_it_begins_with_the_first_lesson(series, folder, launched, said):
    status, printed = said("lab", folder)
    assert status == 0
    assert "(files written: 4)" in printed
    assert "Opening 00 first" in printed
    answers = str(progress_of(folder))
    assert launched == [
        (folder, "lab/tree/00_first.ipynb", {"browser": True, "port": 8888}, answers)
    ]


def test_it_goes_on_where_the_student_stopped(series, folder, launched, said):
    deliver(folder)
    Progress(progress_of(folder)).record("11.depth", 1)
    printed = said("lab", folder, "--no-browser", "--port", 9001)[1]
    assert "Opening 11 second" in printed
    assert launched[0][1:3] == ("lab/tree/11_second.ipynb", {"browser": False, "port": 9001})


def test_an_edited_lesson_stays_and_newer_ones_are_announced(series, folder, launched, edit, said):
    deliver(folder)
    mine = edit(folder / "00_first.ipynb", source="mine")
    series.publish("00_first", title="# Newer", code="1")
    printed = said("lab", folder)[1]
    assert "newer ones of 00_first.ipynb. To bring them: course update" in printed
    assert (folder / "00_first.ipynb").read_bytes() == mine


def test_answers_go_where_the_environment_says(series, folder, launched, said, monkeypatch):
    monkeypatch.setenv("COURSE_PROGRESS", "elsewhere")
    said("lab", folder)
    assert launched[0][3] == "elsewhere"


def test_a_file_is_refused_before_anything_is_written(series, tmp_path, launched, said):
    (tmp_path / "file").write_text("keep me", encoding="utf-8")
    status, printed = said("lab", tmp_path / "file")
    assert status == 1
    assert "file is a file. Name a folder" in printed
    assert (tmp_path / "file").read_text(encoding="utf-8") == "keep me"
    assert launched == []


def test_without_jupyterlab_the_way_to_install_it_is_said(series, folder, said, monkeypatch):
    monkeypatch.setattr(lab.server, "NEEDED", ("no_such_lab",))
    status, printed = said("lab", folder)
    assert status == 1
    assert "course: This needs no_such_lab." in printed
    assert not folder.exists()
