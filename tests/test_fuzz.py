"""Files changed at random: a few of each kind, always the same, in little memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SEEDS = 20  # of each kind of file


@pytest.fixture(scope="module")
def ended() -> dict[str, tuple[str, str]]:
    """How each file ended, and what was said, by its kind and number."""
    run = subprocess.run(
        [sys.executable, str(TESTS / "fuzz.py"), "--seeds", f"0:{SEEDS}"],
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode >= 0, f"{run.stdout[-300:]} ended the process: {run.stderr[-2000:]}"
    assert not run.stderr
    lines = (line.split(" ", 2) for line in run.stdout.splitlines())
    return {file: (how, said) for file, how, said in lines}


def test_each_is_loaded_or_refused_by_name(ended: dict[str, tuple[str, str]]) -> None:
    faults = {file: said for file, (how, said) in ended.items() if how == "FAULT"}
    assert not faults


def test_there_are_enough_of_each_kind(ended: dict[str, tuple[str, str]]) -> None:
    refused = Counter(file.split(":")[0] for file, (how, _) in ended.items() if how == "refused")
    assert sum(refused.values()) >= 150
    assert min(refused.values()) >= 5
    assert len(refused) == 10
    assert len({said for how, said in ended.values()}) > 100, "they are refused for many reasons"
