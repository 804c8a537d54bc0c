from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from course.presenting import environment, present, settings, types, write_settings
from course.series import lessons


def slides(path, minutes=None):
    notebook = json.loads(path.read_text("utf-8"))
    present(notebook["cells"], minutes)
    return notebook


def kinds(notebook):
    cells = notebook["cells"]
    return {c["id"]: c["metadata"].get("slideshow", {}).get("slide_type", "-") for c in cells}


def test_text_and_explorers_begin_slides_and_answers_wait(small):
    assert kinds(slides(small)) == {
        "title": "slide", "setup": "-", "ask": "slide", "quiz": "-", "answer": "fragment",
        "look": "slide", "map": "slide", "more": "slide",
    }  # fmt: skip


def test_a_short_route_hides_the_other_sections(small):
    found = kinds(slides(small, 20))
    assert [name for name, kind in found.items() if kind == "skip"] == ["look", "map", "more"]


def test_code_is_folded_and_outputs_stay(small):
    shown = {cell["id"]: cell for cell in slides(small)["cells"]}
    assert shown["map"]["metadata"]["jupyter"] == {"source_hidden": True}
    assert "jupyter" not in shown["look"]["metadata"]
    stored = {cell["id"]: cell for cell in json.loads(small.read_text("utf-8"))["cells"]}
    assert shown["map"]["outputs"] == stored["map"]["outputs"]


def test_what_the_author_set_stays_but_for_what_is_left_out(small):
    notebook = json.loads(small.read_text("utf-8"))
    for cell in notebook["cells"]:
        cell["metadata"]["slideshow"] = {"slide_type": "subslide"}
    present(notebook["cells"])
    assert set(kinds(notebook).values()) == {"subslide"}
    present(notebook["cells"], 20)
    assert kinds(notebook)["map"] == "skip"
    with pytest.raises(ValueError, match="minutes must be one of"):
        present(notebook["cells"], 30)


@pytest.mark.parametrize("lesson", lessons(), ids=lambda path: path.stem)
def test_every_lesson_becomes_a_valid_notebook(lesson: Path):
    notebook = slides(lesson)
    nbformat.validate(nbformat.from_dict(notebook))
    assert len(kinds(notebook)) == len(notebook["cells"])


def test_settings_are_files_for_jupyterlab(tmp_path):
    assert write_settings(tmp_path) == tmp_path
    file = tmp_path / "jupyterlab-slideshow" / "plugin.jupyterlab-settings"
    assert json.loads(file.read_text("utf-8")) == {"active": True}
    settings()["jupyterlab-slideshow:plugin"]["active"] = False
    assert settings()["jupyterlab-slideshow:plugin"]["active"]
    assert environment() == {"COURSE_PROJECTOR": "1"}


def test_the_types_of_cells_as_they_are_in_the_file(small):
    cells = json.loads(small.read_text("utf-8"))["cells"]
    assert types(cells) == ["slide", "-", "slide", "-", "fragment", "slide", "slide", "slide"]
    assert types(cells, 20) == ["slide", "-", "slide", "-", "fragment", "skip", "skip", "skip"]
    assert types([]) == []
