"""The command: every part that needs no browser prints its table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import benchmarks.__main__ as command
from benchmarks import baseline, tuning
from benchmarks.__main__ import main
from benchmarks.memory import left_after, peak
from benchmarks.networks import BLOCKS, CONVOLUTIONAL, NETWORKS
from benchmarks.tables import Figure, Table


@pytest.fixture(autouse=True)
def brief(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every network be trained for a moment only."""
    for networks in (NETWORKS, BLOCKS, CONVOLUTIONAL):
        for name, network in networks.items():
            short = replace(network, epochs=2, rows=4 * network.batch)
            monkeypatch.setitem(networks, name, short)


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
    assert left_after(NETWORKS["2-8-8-1"], 100) < 20_000


def test_a_worse_ratio_fails_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ratios = iter((1.2, 1.3, 2.4))

    def steps(options: object) -> Table:
        """One line, which gets worse."""
        row = {"floor": Figure(1, 1), "course": Figure(1, next(ratios))}
        return Table("steps", "µs", {"small": row})

    monkeypatch.setattr(baseline, "FILE", tmp_path / "baseline.json")
    monkeypatch.setattr(command, "QUICK", {"steps": steps})
    monkeypatch.setattr(command, "PARTS", {"steps": steps})
    assert main(["--save"]) == 0
    assert main(["--compare"]) == 0
    assert "No ratio is worse" in capsys.readouterr().out
    assert main(["--compare"]) == 1
    assert "steps: small, course: 2.40, was 1.20" in capsys.readouterr().out
