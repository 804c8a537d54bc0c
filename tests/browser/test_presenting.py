"""A lesson as slides: keys, preset steps, questions, and what is left when the kernel dies."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from course.presenting import environment, present, settings
from course.series import lessons
from lab import Lab, jupyterlab
from lesson_page import LessonPage

pytestmark = pytest.mark.browser

NAME = "11_vanishing_gradients.ipynb"
CELLS = ("title", "setup", "predict-twenty", "predict-twenty-ask", "explore-map", "questions-ask")
AT = "() => lesson.panel().content.activeCell.model.id"
KILL = "() => lesson.panel().context.sessionContext.shutdown()"


@pytest.fixture(scope="module")
def slides(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab set for slides, with a few cells of one lesson."""
    folder = tmp_path_factory.mktemp("slides")
    (original,) = (path for path in lessons() if path.name == NAME)
    notebook = json.loads(original.read_text(encoding="utf-8"))
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] in CELLS]
    present(notebook["cells"])
    (folder / NAME).write_text(json.dumps(notebook), encoding="utf-8")
    with jupyterlab(folder / NAME, settings=settings(), **environment()) as running:
        running.view = "lab"
        yield running


def at(page: Any, cell: str) -> None:
    """Go on, as a presenter's remote does, until the slide of `cell` is there."""
    for _ in range(len(CELLS) + 2):
        if page.evaluate(AT) == cell:
            return
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(150)
    raise AssertionError(f"the arrow key does not lead to {cell}, but to {page.evaluate(AT)}")


def test_a_lesson_is_presented(slides: Lab, lesson: LessonPage) -> None:
    page = lesson.page
    page.set_default_timeout(15_000)
    lesson.open(slides, NAME)
    page.wait_for_selector(".jp-Deck")
    stored = page.locator(".jp-OutputArea-output img[src^='data:image/png']")
    assert stored.count() >= 2, "the stored pictures stand before anything has run"

    page.keyboard.press("F8")
    page.wait_for_selector(".course-explorer", state="attached")
    lesson.wait_idle()
    assert lesson.errors() == []
    page.keyboard.press("Shift+Home")
    page.wait_for_timeout(300)
    assert page.evaluate(AT) == "title"

    at(page, "predict-twenty-ask")
    card = page.locator(".course-exercise:visible").first
    card.locator("input[type=radio]").nth(3).check()
    card.locator("textarea").fill("each layer takes its share")
    card.get_by_text("record", exact=True).click()
    card.get_by_text("You predicted: it guesses").wait_for()

    page.locator(".jp-Deck .jp-RenderedMarkdown:visible").first.click()
    at(page, "explore-map")
    down = page.locator(".course-explorer button.mod-primary:visible")
    for press in ("click", "Enter", "Enter"):
        before = down.inner_text()
        if press == "click":
            page.locator(".course-explorer button:visible", has_text="▶").click()
        else:
            page.keyboard.press(press)
        page.wait_for_function(
            "name => document.querySelector('.course-explorer button.mod-primary')"
            "?.innerText !== name",
            arg=before,
        )
    assert down.inner_text() == "wide: explodes"
    assert page.evaluate(AT) == "explore-map", "the keys stay with the explorer"
    assert lesson.move(0, 1.0).stayed
    lesson.settle()

    page.evaluate(KILL)
    page.wait_for_timeout(500)
    assert page.locator(".course-explorer .widget-image:visible").count() == 1
    assert "gain" in page.locator(".course-summary:visible").inner_text()
    lesson.open(slides, NAME)
    assert stored.count() >= 2, "opened again without a kernel, the stored pictures stand"
    assert lesson.console == []
