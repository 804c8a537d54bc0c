"""Executing a notebook a second time changes no byte of it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from course.series import LessonError, execute, guard
from course.series.execute import WIDGET
from course.series.kernel import environment

PICTURE = """\
import io
import ipywidgets as widgets
from IPython.display import Image
from matplotlib.figure import Figure
figure = Figure(figsize=(2, 1))
figure.add_subplot().plot([1, 3, 2])
for n in range(20):
    print(n, flush=True)
slider = widgets.IntSlider()
figure.savefig(file := io.BytesIO())
display(widgets.VBox([slider]), Image(file.getvalue()), slider)
"""


def test_two_runs_are_equal_byte_for_byte(write):
    path = write(PICTURE, "slider")
    assert execute(path)
    first = path.read_bytes()
    assert not execute(path)
    assert path.read_bytes() == first
    assert guard(path) == []

    stored = json.loads(first)
    outputs = [output for cell in stored["cells"] for output in cell["outputs"]]
    assert [output["output_type"] for output in outputs].count("stream") == 1
    ids = [o["data"][WIDGET]["model_id"] for o in outputs if WIDGET in o.get("data", {})]
    assert ids == [f"{n:032x}" for n in (0, 1, 1)]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert set(stored["metadata"]) == {"kernelspec", "language_info"}
    assert stored["metadata"]["language_info"] == {"name": "python"}


def test_what_programs_left_is_cleared_and_tags_stay(write):
    path = write("1 + 1")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = notebook["cells"][0]
    del cell["id"]
    cell["metadata"] = {"execution": {"iopub.status.busy": "now"}, "tags": ["kept"]}
    notebook["metadata"]["widgets"] = {"state": {}}
    path.write_text(json.dumps(notebook), encoding="utf-8")

    execute(path)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert "widgets" not in notebook["metadata"]
    assert notebook["cells"][0]["metadata"] == {"tags": ["kept"]}
    identity = notebook["cells"][0]["id"]
    assert not execute(path)
    assert json.loads(path.read_text(encoding="utf-8"))["cells"][0]["id"] == identity


def test_a_failing_cell_is_named_and_the_file_stays(write):
    path = write("a = 1", "a / 0", "a")
    before = path.read_bytes()
    with pytest.raises(LessonError, match=r"(?s)lesson.ipynb, cell 2 \(id c2\).*ZeroDivision"):
        execute(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_a_kernel_that_dies_is_named(write):
    path = write("1", "import os; os._exit(3)")
    with pytest.raises(LessonError, match="cell 2"):
        execute(path)


def test_an_error_that_is_meant_is_stored(write):
    path = write("1 / 0", "2")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][0]["metadata"]["tags"] = ["raises-exception"]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    execute(path)
    outputs = [
        o for c in json.loads(path.read_text(encoding="utf-8"))["cells"] for o in c["outputs"]
    ]
    assert [output["output_type"] for output in outputs] == ["error", "execute_result"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"nbformat": 3}'])
def test_what_is_no_notebook_is_refused(tmp_path: Path, text: str):
    path = tmp_path / "x.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LessonError, match=r"x\.ipynb"):
        execute(path)


def test_stored_outputs_are_those_of_a_desk_and_of_nobody(monkeypatch):
    monkeypatch.setenv("COURSE_PROJECTOR", "1")
    monkeypatch.setenv("COURSE_PROGRESS", "answers")
    assert environment()["COURSE_PROJECTOR"] == environment()["COURSE_PROGRESS"] == ""
    assert environment()["PATH"] == os.environ["PATH"]
