"""The README is true: its program runs, its links lead somewhere, every lesson is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LESSONS = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))


def test_the_program_learns(capsys) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert len(program.strip().splitlines()) <= 24
    scope: dict = {}
    exec(program, scope)
    assert scope["model"].evaluate(scope["x_test"], scope["y_test"])[1] > 0.9
    assert "accuracy" in capsys.readouterr().out


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#:]+)\)", README))
def test_links_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()


@pytest.mark.parametrize("lesson", LESSONS)
def test_every_lesson_is_named(lesson: str) -> None:
    assert f"notebooks/{lesson}" in README
