"""What is kept of a run, and what counts as worse."""

from __future__ import annotations

from pathlib import Path

from benchmarks import baseline
from benchmarks.networks import NETWORKS
from benchmarks.tables import Figure, Table


def table(course: float, torch: float = 5.0, part: str = "steps") -> Table:
    """Return one line: floor, course, a peer."""
    row = {"floor": Figure(1, 1), "course": Figure(1, course), "torch": Figure(1, torch)}
    return Table(part, "", {"small": row})


def test_only_our_ratios_are_kept() -> None:
    assert baseline.ratios([table(1.23456)]) == {"steps: small, course": 1.235}


def test_saving_adds_to_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    baseline.save([table(1.2), table(1.5, part="blocks")], path)
    baseline.save([table(1.3)], path)
    assert baseline.load(path) == {"steps: small, course": 1.3, "blocks: small, course": 1.5}


def test_a_ratio_is_worse_beyond_the_noise() -> None:
    kept = {"steps: small, course": 1.2}
    assert baseline.worse([table(1.37)], kept) == []
    assert baseline.worse([table(1.39)], kept) == ["steps: small, course: 1.39, was 1.20"]
    assert baseline.worse([table(9.0, part="new")], kept) == []


def test_the_kept_ratios_are_of_today_s_parts() -> None:
    kept = baseline.load()
    assert {f"steps: {name}, course" for name in NETWORKS} <= kept.keys()
    assert all(ratio > 0 for ratio in kept.values())
