"""What holds for the tests of tuners."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import Any

import pytest

# The real cluster is tested where its library is installed: the extra `distributed`.
collect_ignore = [] if find_spec("distributed") else ["test_distributed.py"]


@pytest.fixture(autouse=True)
def _unhurried_disk(monkeypatch: Any) -> None:
    """Spare searches of this process the wait for the disk; those in others keep it."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
