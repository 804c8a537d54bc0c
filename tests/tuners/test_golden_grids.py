"""The order of whole grids against KerasTuner's."""

from __future__ import annotations

import json
import runpy
from pathlib import Path

import pytest

from course import tuners

FOLDER = Path(__file__).parents[1] / "golden"
GOLDEN = json.loads((FOLDER / "grids.json").read_text())
GRIDS = runpy.run_path(str(FOLDER / "grids.py"))


@pytest.mark.parametrize("name", GRIDS["SPACES"])
def test_the_order_of_a_grid_is_that_of_keras_tuner(name: str) -> None:
    expected = GOLDEN[name]
    if name in ("continuous", "whole"):  # KerasTuner takes the ten values in no order
        first, *others = expected
        expected = [first, *sorted(others, key=lambda trial: next(iter(trial.values())))]
    visited = GRIDS["visited"](tuners, name)
    assert len(visited) == len(expected)
    for ours, its in zip(visited, expected, strict=True):
        assert ours == pytest.approx(its)
