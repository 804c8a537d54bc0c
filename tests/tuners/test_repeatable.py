"""Trials of several trainings each, in parallel: the bits of one after another, weights too."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from course import tuners as kt
from searches import X, Y, build, record

OPTIONS: dict[str, dict[str, Any]] = {
    "GridSearch": dict(max_trials=3, executions_per_trial=2),
    "RandomSearch": dict(max_trials=3, executions_per_trial=2),
    "Hyperband": dict(max_epochs=3),
}


def digest(strategy: str, folder: Path, **options: Any) -> str:
    """Search with cross-validation; return a digest of all that was found."""
    kind = getattr(kt, strategy)
    tuner = kind(build, "val_loss", seed=0, directory=folder, **OPTIONS[strategy])
    tuner.search(X, Y, cv=2, verbose=0, **options)
    found = hashlib.sha256(json.dumps(record(tuner)).encode())
    for model in tuner.get_best_models(2):
        for w in model.get_weights():
            found.update(w.tobytes())
    return found.hexdigest()


@pytest.mark.forks
@pytest.mark.parametrize("strategy", OPTIONS)
def test_a_parallel_search_finds_the_same_as_a_serial_one(strategy: str, tmp_path: Path) -> None:
    serial = digest(strategy, tmp_path / "serial")
    assert digest(strategy, tmp_path / "again") == serial
    with ProcessPoolExecutor(2, get_context("fork")) as executor:
        assert digest(strategy, tmp_path / "parallel", executor=executor) == serial
