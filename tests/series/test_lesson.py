"""The lessons are found in the package where there are any, else in the checkout."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.datasets import files
from course.series import LessonError, lessons


def test_lessons_of_the_package_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(files, "PACKAGE", tmp_path / "course")
    with pytest.raises(LessonError, match="No notebooks found"):
        lessons()
    for name in ("notebooks/02_b.ipynb", "notebooks/01_a.ipynb", "course/_notebooks/03_c.ipynb"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}", encoding="utf-8")
    assert [path.name for path in lessons()] == ["03_c.ipynb"]
    (tmp_path / "course/_notebooks/03_c.ipynb").unlink()
    assert [path.name for path in lessons()] == ["01_a.ipynb", "02_b.ipynb"]


def test_the_series_begins_with_the_playground():
    assert lessons()[0].name == "00_playground.ipynb"
