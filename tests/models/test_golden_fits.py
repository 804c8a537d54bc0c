"""Whole trainings against Keras': the very code that trained there trains here."""

from __future__ import annotations

import json
import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import course
from course import config

FOLDER = Path(__file__).parents[1] / "golden"
GOLDEN = json.loads((FOLDER / "fits.json").read_text())
BUILDERS = runpy.run_path(str(FOLDER / "builders.py"))


@pytest.fixture(params=[("float64", 1e-6), ("float32", 1e-5)], ids=lambda param: param[0])
def tolerance(request: pytest.FixtureRequest) -> Iterator[float]:
    """Compute in one float type; how near the numbers must come.

    Keras keeps the metrics in float32 whatever the type of the weights.
    """
    before = config.floatx()
    name, near = request.param
    config.set_floatx(name)
    yield near
    config.set_floatx(before)


def compare(actual: Any, expected: Any, tolerance: float) -> None:
    """Compare dicts key by key and lists array by array."""
    if isinstance(expected, dict):
        assert set(actual) == set(expected)
        for key in expected:
            compare(actual[key], expected[key], tolerance)
    else:
        np.testing.assert_allclose(actual, expected, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("name", BUILDERS["FITS"])
def test_fit_is_that_of_keras(name: str, tolerance: float) -> None:
    actual, expected = BUILDERS["train"](course, name), GOLDEN[name]
    compare(actual["history"], expected["history"], tolerance)
    compare(actual["predictions"], expected["predictions"], tolerance)
    compare(actual["evaluation"], expected["evaluation"], tolerance)
    for ours, theirs in zip(actual["weights"], expected["weights"], strict=True):
        compare(ours, theirs, tolerance)


def test_every_golden_fit_is_compared() -> None:
    assert set(GOLDEN) == {"keras", *BUILDERS["FITS"]}
