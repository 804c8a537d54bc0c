"""An edited notebook is told from one that was only run."""

from __future__ import annotations

import json

import pytest

from course.cli.errors import CommandError
from course.cli.manifest import Manifest, content, has_manifest

CELL = {"cell_type": "code", "id": "a", "metadata": {}, "source": "1", "outputs": []}


def of(**change):
    cell = {key: value for key, value in (CELL | change).items() if value is not None}
    return content("x.ipynb", json.dumps({"cells": [cell], "metadata": {}}).encode())


@pytest.mark.parametrize(
    "change",
    [
        {"outputs": [{"output_type": "stream", "text": "1"}]},
        {"execution_count": 7},
        {"source": ["1"]},
        {"id": "b"},
        {"metadata": {"scrolled": True, "jupyter": {"source_hidden": True}, "editable": True}},
        {"metadata": {"tags": [], "slideshow": {"slide_type": ""}}},
        {"metadata": None},
    ],
)
def test_what_programs_change_is_no_edit(change):
    assert of(**change) == of()


@pytest.mark.parametrize(
    "change",
    [
        {"source": "2"},
        {"cell_type": "markdown"},
        {"metadata": {"tags": ["mine"]}},
        {"metadata": {"slideshow": {"slide_type": "slide"}}},
        {"metadata": {"course": {"notes": "say it slowly"}}},
        {"attachments": {"photo.png": {}}},
    ],
)
def test_what_people_change_is_one(change):
    assert of(**change) != of()


def test_of_other_files_every_byte_counts():
    assert content("x.csv", b"1") != content("x.csv", b"1 ")
    assert content("x.ipynb", b"no notebook") == content("x.csv", b"no notebook")


def test_it_outlives_the_process(tmp_path):
    manifest = Manifest(tmp_path)
    assert not has_manifest(tmp_path)
    assert not manifest.knows("a.csv", b"1")
    manifest.version = "1.2"
    manifest.add("a.csv", b"1")
    manifest.add("a.csv", b"2")
    manifest.add("a.csv", b"1")
    manifest.save()
    again = Manifest(tmp_path)
    assert has_manifest(tmp_path)
    assert again.version == "1.2"
    assert again.knows("a.csv", b"1")
    assert again.knows("a.csv", b"2")
    assert not again.knows("a.csv", b"3")
    assert len(again.contents["a.csv"]) == 2


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"course": "1", "contents": [], "latest": {}}'])
def test_a_spoilt_one_is_named_with_the_fix(tmp_path, text):
    (tmp_path / ".course").mkdir()
    (tmp_path / ".course" / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=r"manifest\.json cannot be read .*Delete it"):
        Manifest(tmp_path)
