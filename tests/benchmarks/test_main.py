"""The command: every part that needs no browser prints its table."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import baseline, tuning
from benchmarks.__main__ import main
from benchmarks.memory import left_after, peak
from benchmarks.networks import NETWORKS


def test_steps_beside_the_floor(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["steps", "--network", "2-8-8-1", "--rounds", "1"]) == 0
    _, _, head, line, *_ = capsys.readouterr().out.splitlines()
    assert head.split()[5:9] == ["floor", "course", "products", "scikit-learn"]
    assert line.startswith("2-8-8-1")


def test_blocks_beside_their_floors(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["blocks", "--network", "dropout", "--rounds", "1"]) == 0
    assert "dropout" in capsys.readouterr().out


def test_convolution_at_one_thread(capsys: pytest.CaptureFixture[str]) -> None:
    main(["convolution", "--network", "conv-8x8", "--rounds", "1"])
    assert "conv-8x8" in capsys.readouterr().out


def test_predict_and_evaluate(capsys: pytest.CaptureFixture[str]) -> None:
    main(["inference", "--network", "2-8-8-1", "--rounds", "1"])
    assert "evaluate" in capsys.readouterr().out


def test_a_search_adds_to_a_trial(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tuning, "TRIALS", 2)
    main(["tuning", "--rounds", "1"])
    assert "Bayesian" in capsys.readouterr().out


def test_memory_of_a_step_and_what_stays() -> None:
    row = peak(NETWORKS["64-128-64-10"])
    assert row["weights"].value == pytest.approx(4 * 17_226 / 1000)
    assert 0 < row["step"].ratio < 3
    assert left_after(NETWORKS["2-8-8-1"], 400) < 20_000


def test_a_worse_ratio_fails_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(baseline, "FILE", tmp_path / "baseline.json")
    once = ["steps", "--network", "2-8-8-1", "--rounds", "1"]
    main([*once, "--save"])
    kept = baseline.load(baseline.FILE)
    assert list(kept) == ["steps: 2-8-8-1, course"]
    monkeypatch.setattr(baseline, "load", lambda: {key: ratio / 2 for key, ratio in kept.items()})
    assert main([*once, "--compare"]) == 1
    assert "steps: 2-8-8-1, course" in capsys.readouterr().out
    monkeypatch.setattr(baseline, "load", lambda: {key: 9 * ratio for key, ratio in kept.items()})
    assert main([*once, "--compare"]) == 0
