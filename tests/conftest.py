"""Tests repeat bit for bit only at equal BLAS threads: one, set before NumPy is imported."""

from __future__ import annotations

import os
from collections.abc import Iterator

for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"

import pytest  # noqa: E402 (after the number of threads is set)

from course import config  # noqa: E402


@pytest.fixture
def float64() -> Iterator[None]:
    """Compute in float64 for one test."""
    config.set_floatx("float64")
    yield
    config.set_floatx("float32")
