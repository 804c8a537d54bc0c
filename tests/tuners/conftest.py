"""What holds for the tests of tuners."""

from __future__ import annotations

import os
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _unhurried_disk(monkeypatch: Any) -> None:
    """Spare searches of this process the wait for the disk; those in others keep it."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)
