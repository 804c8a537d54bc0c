"""A small series of lessons that can be published anew, in place of the real one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.cli import main
from course.datasets import files


def notebook(**cells: str) -> dict[str, Any]:
    """A notebook of the cells given by id; what begins with # is text, all else code."""
    made = []
    for name, source in cells.items():
        cell = {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}
        if not source.startswith("#"):
            cell |= {"cell_type": "code", "execution_count": None, "outputs": []}
        made.append(cell)
    return {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


class Series:
    """An installed course whose lessons can change."""

    def __init__(self, package: Path) -> None:
        self.notebooks, self.data = package / "_notebooks", package / "_data"
        for folder in (self.notebooks / "pictures", self.data):
            folder.mkdir(parents=True)
        self.publish("00_first", title="# First", code="1 + 1")
        self.publish("11_second", title="# Second", code="2 + 2")
        (self.notebooks / "pictures" / "first.png").write_bytes(b"\x89PNG")
        (self.data / "table.csv").write_text("x,y\n1,2\n", encoding="utf-8")
        (self.data / ".gitattributes").write_text("", encoding="utf-8")

    def publish(self, name: str, **cells: str) -> bytes:
        """Write a lesson; return its bytes."""
        path = self.notebooks / f"{name}.ipynb"
        path.write_text(json.dumps(notebook(**cells), indent=1), encoding="utf-8")
        return path.read_bytes()


@pytest.fixture
def series(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Series:
    """The series is this one while a test runs."""
    monkeypatch.setattr(files, "PACKAGE", tmp_path / "installed" / "course")
    return Series(tmp_path / "installed" / "course")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where a student keeps the lessons; nothing is there yet."""
    return tmp_path / "mine"


@pytest.fixture
def edit() -> Callable[..., bytes]:
    """Change a notebook as a person, or a run of it, does; return its bytes."""

    def change(path: Path, *, source: str | None = None, output: str | None = None) -> bytes:
        content = json.loads(path.read_bytes())
        code = content["cells"][-1]
        if source is not None:
            code["source"] = source
        if output is not None:
            code["outputs"] = [{"output_type": "stream", "name": "stdout", "text": output}]
            code["execution_count"] = 3
            code["metadata"] = {"jupyter": {"source_hidden": True}, "editable": True, "tags": []}
        path.write_text(json.dumps(content), encoding="utf-8")
        return path.read_bytes()

    return change


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Run the command; return its exit status and all that it printed."""

    def run(*arguments: object) -> tuple[int, str]:
        status = main([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    return run
