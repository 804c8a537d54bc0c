"""A student's folder with files that are damaged or made up."""

from __future__ import annotations

import json
import os

import pytest

from course.cli import symptoms
from course.cli.deliver import deliver
from course.cli.folder import progress_of

DEEP = b'{"cells": ' + b"[" * 200_000


@pytest.fixture
def manifest(series, folder):
    deliver(folder)
    return folder / ".course" / "manifest.json"


@pytest.mark.parametrize("command", ["update", "lab", "doctor"])
def test_a_manifest_that_is_nested_too_deeply(command, manifest, folder, said):
    manifest.write_bytes(DEEP)
    status, printed = said(command, folder)
    assert status == 1
    assert "manifest.json cannot be read" in printed
    assert "nested too deeply" in printed


@pytest.mark.parametrize(
    "latest",
    [{"../../a.ipynb": "x"}, {"/etc/a.ipynb": "x"}, {"data/../../b": "x"}, [["a", "b"]], 3],
)
def test_a_manifest_that_speaks_of_other_places(latest, manifest, folder, said):
    kept = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps(kept | {"latest": latest}), "utf-8")
    status, printed = said("update", folder)
    assert status == 1
    assert "manifest.json cannot be read" in printed


def test_a_lesson_that_is_nested_too_deeply_is_an_edited_one(manifest, folder, series, said):
    (folder / "00_first.ipynb").write_bytes(DEEP)
    finding = symptoms.lessons_of(folder)
    assert finding.good is False
    assert "00_first.ipynb" in finding.what
    series.publish("00_first", title="# Newer", code="1")
    status, printed = said("update", folder)
    assert status == 0
    assert "beside    00_first.new.ipynb" in printed
    assert (folder / "00_first.ipynb").read_bytes() == DEEP
    status, printed = said("run", "0", "--folder", folder)
    assert status == 1
    assert "FAILED: 00_first.ipynb is no notebook" in printed


def test_answers_do_not_command_the_terminal(manifest, folder, said):
    answers = progress_of(folder)
    answers.mkdir()
    (answers / "11.a.json").write_text(json.dumps({"answer": "\x1b]0;owned\x07\x9b2J"}), "utf-8")
    (answers / "11\x1b[2J.json").write_text("{", "utf-8")
    (answers / "7\x1b7.a.json").write_text("1", "utf-8")
    status, printed = said("progress", folder, "--all")
    assert status == 1
    assert not any(sign in printed for sign in "\x1b\x07\x9b")
    assert "11.a" in printed


def test_answers_that_cannot_be_read_are_named(manifest, folder, said):
    answers = progress_of(folder)
    answers.mkdir()
    (answers / "11.deep.json").write_bytes(DEEP)
    (answers / "11.gone.json").symlink_to(answers / "nothing")
    if hasattr(os, "mkfifo"):
        os.mkfifo(answers / "11.pipe.json")
    status, printed = said("progress", folder)
    assert status == 1
    for path in answers.iterdir():
        assert f"{path} cannot be read" in printed


@pytest.mark.parametrize("name", ["00_first.ipynb", "data", ".course/manifest.json"])
def test_nothing_is_delivered_through_a_link(name, series, folder, tmp_path, said):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / name).parent.mkdir(parents=True)
    (folder / name).symlink_to(elsewhere if name == "data" else elsewhere / "precious")
    status, printed = said("lab", folder, "--no-browser")
    assert status == 1
    assert "a link leads to" in printed
    assert list(elsewhere.iterdir()) == []
