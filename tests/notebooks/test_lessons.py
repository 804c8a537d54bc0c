"""Every lesson: what its file stores, and every control of every explorer it makes."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.series import guard, lessons, sweep

every_lesson = pytest.mark.parametrize("notebook", lessons(), ids=lambda path: path.stem)


@every_lesson
def test_guard(notebook: Path):
    assert guard(notebook) == []


@every_lesson
def test_sweep(notebook: Path):
    assert "explorers" in sweep(notebook)
