"""The table of models that files are tried with, and a small model of one's own."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parents[2] / "golden"


@pytest.fixture(scope="session")
def saved_models() -> dict[str, Any]:
    """What is in ``golden/saved_models.py``."""
    return runpy.run_path(str(GOLDEN / "saved_models.py"))
