"""The guard refuses what another machine could not repeat, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.series import guard

Change = Callable[[dict[str, Any]], Any]


def printed(text: str) -> list[dict[str, Any]]:
    """Outputs of a cell that prints `text`."""
    return [{"output_type": "stream", "name": "stdout", "text": [text]}]


def shown(html: str) -> list[dict[str, Any]]:
    """Outputs of a cell that shows `html`."""
    return [{"output_type": "display_data", "metadata": {}, "data": {"text/html": [html]}}]


def cell(source: str, count: int | None, outputs: list[dict[str, Any]]) -> dict[str, Any]:
    """A code cell as a file stores it."""
    return {
        "cell_type": "code",
        "id": f"cell{count}",
        "metadata": {},
        "execution_count": count,
        "outputs": outputs,
        "source": [source],
    }


@pytest.fixture
def judged(tmp_path: Path) -> Callable[[Change], list[str]]:
    """Change a notebook that is fine, and return what the guard says of it."""

    def _judged(change: Change) -> list[str]:
        notebook = {
            "cells": [
                {"cell_type": "markdown", "id": "title", "metadata": {}, "source": ["# Title"]},
                cell("print(1)", 1, printed("1\n")),
                cell("2", 2, []),
                cell("", None, []),
            ],
            "metadata": {"language_info": {"name": "python"}},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        change(notebook)
        path = tmp_path / "lesson.ipynb"
        path.write_text(json.dumps(notebook), encoding="utf-8")
        return guard(path)

    return _judged


def test_a_fine_notebook_passes(judged):
    assert judged(lambda notebook: None) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (
            lambda n: n["cells"][1].update(execution_count=None),
            "cell 2 (id cell1): is not executed",
        ),
        (lambda n: n["cells"][2].update(execution_count=7), "executed as number 7, not 2"),
        (lambda n: n["cells"][1]["metadata"].update(execution={"a": "b"}), "when it was executed"),
        (lambda n: n["cells"][0].pop("id"), "cell 1: has no id"),
        (lambda n: n["cells"][2].update(id="cell1"), "belongs to more than one cell"),
        (lambda n: n["metadata"].update(widgets={}), "state of widgets"),
        (lambda n: n["metadata"]["language_info"].update(version="3.11"), "Python version"),
        (lambda n: n["cells"][0].update(source=["x" * 400_000]), "store smaller pictures"),
        (lambda n: n["cells"][2].update(source=["open('/home" + "/me/x')"]), "its source has"),
    ],
)
def test_the_file_itself_is_judged(judged, change: Change, complaint: str):
    [said] = judged(change)
    assert said.startswith("lesson.ipynb")
    assert complaint in said


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("saved in /home" + "/me/model.h5", "absolute path"),
        ("File /Users" + "/me/x.py", "absolute path"),
        (r"C:\Users\me", "absolute path"),
        ("started 12:34:56", "a time of day"),
        ("on 2026-11-21", "a date"),
        ("took 3.21 s", "a measured time"),
        ("12 ms per step", "a measured time"),
        ("Wall time: 3", "a measured time"),
        ("0.5 seconds", "a measured time"),
        ("100%|####| 20/20 [812.3it/s]", "a rate"),
        ("<course.Model object at 0x7f12ab34>", "a memory address"),
    ],
)
def test_what_does_not_repeat_is_refused(judged, text: str, complaint: str):
    for outputs in (printed(text), shown(f"<b>{text.replace('<', '&lt;')}</b>")):
        said = judged(lambda n, outputs=outputs: n["cells"][1].update(outputs=outputs))
        assert any(complaint in line for line in said), said


@pytest.mark.parametrize(
    "text",
    [
        "loss 0.693 after 20 epochs",
        "a ratio of 3/20, and tanh/relu, in data/digits.npy",
        "learns in at least 4 of 5 seeds",
        "depth 20: std 0.25 small",
        "speed 3.2 m/s, 9.81 s²",
        "hours 8:30",
        "weights 0x10",
    ],
)
def test_what_repeats_is_let_through(judged, text: str):
    assert judged(lambda n: n["cells"][1].update(outputs=printed(text))) == []


def test_embedded_pictures_and_tags_are_not_read(judged):
    html = '<img src="data:image/png;base64,AA+2026-11-21+C:\\x==" data-x="12:34:56"><p>fine</p>'
    assert judged(lambda n: n["cells"][1].update(outputs=shown(html))) == []


def test_errors_and_warnings_are_refused_unless_meant(judged):
    error = {"output_type": "error", "ename": "ValueError", "evalue": "no", "traceback": []}
    warning = {"output_type": "stream", "name": "stderr", "text": "UserWarning: x"}
    [said] = judged(lambda n: n["cells"][1].update(outputs=[error]))
    assert "stores an error: ValueError: no" in said
    [said] = judged(lambda n: n["cells"][1].update(outputs=[warning]))
    assert "stores a warning" in said
    meant = {"outputs": [error], "metadata": {"tags": ["raises-exception"]}}
    assert judged(lambda n: n["cells"][1].update(meant)) == []


def test_what_is_no_notebook_is_said(tmp_path: Path):
    path = tmp_path / "x.ipynb"
    path.write_text("[]", encoding="utf-8")
    [said] = guard(path)
    assert "x.ipynb is no notebook" in said
