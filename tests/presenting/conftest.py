from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
WIDGET = "application/vnd.jupyter.widget-view+json"


def text(name: str, *lines: str, **said: Any) -> dict[str, Any]:
    metadata = {"course": said} if said else {}
    source = [line + "\n" for line in lines]
    return {"cell_type": "markdown", "id": name, "metadata": metadata, "source": source}


def code(name: str, source: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    return {
        "cell_type": "code", "id": name, "metadata": {}, "source": [source],
        "outputs": list(outputs), "execution_count": 1,
    }  # fmt: skip


def shown(words: str, **data: Any) -> dict[str, Any]:
    data = {"text/plain": [words], **data}
    alt = {"image/png": {"alt": "a map"}} if "image/png" in data else {}
    return {"output_type": "display_data", "data": data, "metadata": alt}


def printed(*lines: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": "stdout", "text": [line + "\n" for line in lines]}


CELLS = [
    text("title", "# 11 · Small", "Costs $5 or `$x$`.", notes="Fold the code."),
    code("setup", "import numpy"),
    text("ask", "## 1 · Ask (5 minutes)", minutes=5, routes={"20": 4}, notes="Hands *up*."),
    code("quiz", "quiz", shown("Why?\n(a) so", **{WIDGET: {"model_id": "0"}})),
    code("answer", "reveal()", printed("0 of 5", "No prediction recorded; measured: 0.")),
    text("look", "What that was.", "", "## 2 · Look", r"$$\sqrt n$$", minutes=3, routes={"90": 9}),
    code("map", "Map()", shown("A map\nratio 3", **{WIDGET: {}, "image/png": PIXEL})),
    code("more", "plot(x < y)", shown("<Figure>", **{"image/png": PIXEL})),
]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write cells as a notebook and return where."""

    def write(cells: list[dict[str, Any]], name: str = "11_small.ipynb") -> Path:
        path = tmp_path / name
        notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        path.write_text(json.dumps(notebook), encoding="utf-8")
        return path

    return write


@pytest.fixture
def small(write: Callable[..., Path]) -> Path:
    """A lesson of two sections; the second begins in the middle of a cell."""
    return write(CELLS)
