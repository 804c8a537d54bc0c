"""float64, for comparisons that float32 would blur."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from course import config


@pytest.fixture
def float64() -> Iterator[None]:
    """Compute in float64 for one test."""
    config.set_floatx("float64")
    yield
    config.set_floatx("float32")
