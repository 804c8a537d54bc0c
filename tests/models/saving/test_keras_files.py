"""Files that Keras wrote: what they predict here, and where training goes on from them."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import course
from course.models import load_model

GOLDEN = Path(__file__).parents[2] / "golden"
TABLES = runpy.run_path(str(GOLDEN / "saved_models.py"))
CASES = TABLES["cases"]()
EXPECTED = json.loads((GOLDEN / "keras_files" / "expected.json").read_text())
FILES = [name for name in EXPECTED if name != "keras"]


def predictions(model: Any, x: Any) -> list[np.ndarray]:
    """Return the outputs, each in one row."""
    outputs = model.predict(x)
    return [np.ravel(part) for part in (outputs if isinstance(outputs, list) else [outputs])]


@pytest.mark.parametrize("file", FILES)
def test_predictions_and_further_training_are_those_of_keras(file: str) -> None:
    make, x, y = CASES[EXPECTED[file]["case"]]
    path = GOLDEN / "keras_files" / file
    if file.endswith(".weights.h5"):
        model = make(course)
        model.load_weights(path)
    else:
        model = load_model(path)
    for ours, theirs in zip(predictions(model, x), EXPECTED[file]["saved"], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6)
    TABLES["train"](model, x, y)
    for ours, theirs in zip(predictions(model, x), EXPECTED[file]["trained"], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-5)


def test_all_files_in_the_folder_are_compared() -> None:
    there = {path.name for path in (GOLDEN / "keras_files").iterdir()}
    assert there == {*FILES, "expected.json"}


def test_weights_are_read_from_a_file_of_a_whole_model() -> None:
    make, x, _ = CASES["graph: branches"]
    for file in ("branches.keras", "branches.h5"):
        model = make(course)
        model.load_weights(GOLDEN / "keras_files" / file)
        for ours, theirs in zip(predictions(model, x), EXPECTED[file]["saved"], strict=True):
            np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-6)
        assert model.optimizer.iterations > 0
