"""A lesson in presenter mode: the slides begin by themselves, and their sliders are live."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from course.series import lessons
from lesson_page import HELPERS, START_SECONDS, LessonPage
from served import served
from surroundings import notebook_environment

pytestmark = pytest.mark.browser

NAME = "11_vanishing_gradients"
PRESENT = [sys.executable, "-m", "course.cli", "present", "--no-browser", "--port", "0", "11"]
# The slide that holds a slider: make its cell the active one, as the arrow keys would.
SHOW = """id => {
  const notebook = jupyterapp.shell.currentWidget.content;
  notebook.activeCellIndex = notebook.widgets.findIndex((cell) => cell.model.id === id);
}"""
PRESENTING = "() => document.body.dataset.jpDeckMode === 'presenting'"
HEIGHT = """() => parseFloat(
  getComputedStyle(document.querySelector(".jp-RenderedMarkdown p")).fontSize)"""
FOLDED = """() => jupyterapp.shell.currentWidget.content.widgets
  .filter((cell) => cell.model.type === "code" && !cell.inputHidden).length"""


@pytest.fixture
def presented(tmp_path: Path):
    """`course present 11`, whose page lets the tests reach JupyterLab."""
    environment = notebook_environment(tmp_path)
    exposed = {"LabApp": {"expose_app_in_browser": True}}
    config = Path(environment["JUPYTER_CONFIG_DIR"], "jupyter_lab_config.json")
    config.write_text(json.dumps(exposed), encoding="utf-8")
    with served([*PRESENT, "mine"], environment, tmp_path) as running:
        yield running


def test_the_deck_starts_and_a_slider_is_live(presented, lesson: LessonPage, tmp_path: Path):
    page, file = lesson.page, tmp_path / "mine" / f"{NAME}.ipynb"
    [original] = [path for path in lessons() if path.stem == NAME]
    page.goto(f"{presented.url}/{presented.document}?token={presented.token}")
    page.wait_for_function(PRESENTING, timeout=START_SECONDS * 1000)
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=START_SECONDS * 1000)
    page.add_script_tag(path=str(HELPERS))
    page.evaluate("seconds => lesson.ready(seconds)", START_SECONDS)
    assert page.evaluate(FOLDED) == 0, "code is folded"
    assert page.evaluate(HEIGHT) >= 20, "type is large"

    lesson.run_all()
    assert lesson.errors() == []
    page.evaluate(SHOW, "explore-map")
    page.wait_for_function("() => lesson.sliders().length > 0")
    moved = lesson.move(0, 1.0)
    assert moved.stayed
    assert moved.frames > 0

    page.evaluate("() => jupyterapp.commands.execute('docmanager:save')")
    saved = json.loads(file.read_text(encoding="utf-8"))["cells"]
    cells = json.loads(original.read_text(encoding="utf-8"))["cells"]
    assert [cell["metadata"].get("jupyter") for cell in saved] == [None] * len(cells)
    assert ["".join(c["source"]) for c in saved] == ["".join(c["source"]) for c in cells]
    assert lesson.console == []
