"""A presenter sees folded code and slides; the file knows nothing of it."""

from __future__ import annotations

import asyncio
import json

import pytest

from course.cli.folded import PresentedNotebooks

CELLS = [
    {"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Title"},
    {"cell_type": "markdown", "id": "text", "metadata": {}, "source": "words"},
    {
        "cell_type": "markdown",
        "id": "own",
        "metadata": {"slideshow": {"slide_type": "fragment"}, "course": {"minutes": 3}},
        "source": "## Section",
    },
    {
        "cell_type": "code",
        "id": "code",
        "metadata": {"jupyter": {"outputs_hidden": True}},
        "source": "1",
        "outputs": [],
        "execution_count": None,
    },
]


@pytest.fixture
def presented(tmp_path):
    content = {"cells": CELLS, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "a.ipynb").write_text(json.dumps(content), encoding="utf-8")
    (tmp_path / "a.txt").write_text("text", encoding="utf-8")
    return PresentedNotebooks(root_dir=str(tmp_path))


def get(manager, path="a.ipynb", **options):
    return asyncio.run(manager.get(path, **options))


def metadata(model):
    return {cell["id"]: cell["metadata"] for cell in model["content"]["cells"]}


def test_code_is_folded_and_text_begins_slides(presented):
    seen = metadata(get(presented))
    assert seen["title"]["slideshow"] == {"slide_type": "slide"}
    assert seen["text"]["slideshow"] == {"slide_type": "slide"}
    assert seen["own"]["slideshow"] == {"slide_type": "fragment"}, "what the author set stays"
    assert seen["code"]["jupyter"] == {"outputs_hidden": True, "source_hidden": True}


def test_what_is_saved_is_as_it_was_but_for_what_was_typed(presented, tmp_path):
    model = get(presented)
    cells = model["content"]["cells"]
    cells[3]["source"] = "2"
    cells[3]["metadata"]["tags"] = ["mine"]
    cells.append({**CELLS[3], "id": "added", "metadata": {"jupyter": {"source_hidden": True}}})
    asyncio.run(presented.save(model, "a.ipynb"))
    saved = json.loads((tmp_path / "a.ipynb").read_text(encoding="utf-8"))
    wanted = [dict(cell) for cell in CELLS]
    wanted[3] |= {"source": "2", "metadata": {"jupyter": {"outputs_hidden": True}}}
    wanted[3]["metadata"]["tags"] = ["mine"]
    for cell, expected in zip(saved["cells"], wanted, strict=False):
        assert (cell["metadata"], "".join(cell["source"])) == (
            expected["metadata"], expected["source"],
        )  # fmt: skip
    assert saved["cells"][4]["metadata"] == {"jupyter": {"source_hidden": True}}


def test_other_files_are_what_they_are(presented, tmp_path):
    model = get(presented, "a.txt")
    assert model["content"] == "text"
    asyncio.run(presented.save(model | {"content": "new"}, "a.txt"))
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "new"
    assert get(presented, content=False)["content"] is None
    assert get(presented, "")["type"] == "directory"
