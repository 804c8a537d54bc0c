"""One JupyterLab and one browser for all tests here, a fresh page for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from chromium import browser
from course.series import lessons
from lab import Lab, jupyterlab
from lesson_page import LessonPage


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """A JupyterLab that serves copies of all lessons."""
    with jupyterlab(*lessons()) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless browser; without one on this machine, an error."""
    with browser() as running:
        yield running


@pytest.fixture(scope="session")
def context(chromium: Any) -> Iterator[Any]:
    """What all pages share: JupyterLab's programs are fetched and compiled only once."""
    shared = chromium.new_context(viewport={"width": 1400, "height": 1000})
    yield shared
    shared.close()


@pytest.fixture
def lesson(context: Any) -> Iterator[LessonPage]:
    """A fresh page."""
    page = context.new_page()
    yield LessonPage(page)
    page.close()
