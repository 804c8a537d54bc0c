"""The table: ratios within a round, medians over rounds, a layout that lines up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from benchmarks.__main__ import cell, main, measure, table
from benchmarks.networks import NETWORKS


def contender(*microseconds: float) -> Callable[[int], float]:
    """Return a stand-in whose steps take the given times, round by round."""
    steps = NETWORKS["2-8-8-1"].steps
    times = iter(microseconds)
    return lambda epochs: next(times) * 1e-6 * steps * epochs


def test_ratios_are_taken_within_a_round() -> None:
    contenders = {"floor": contender(10, 20, 40), "course": contender(12, 26, 44)}
    results = measure(NETWORKS["2-8-8-1"], contenders, rounds=3)
    assert results["floor"] == pytest.approx((20, 1))
    assert results["course"] == pytest.approx((26, 1.2))


def test_columns_line_up() -> None:
    rows = {
        "a": {"floor": (10, 1), "peer": (1234, 12.34)},
        "bb": {"floor": (2, 1), "peer": (3, 1.5)},
    }
    plain = table(rows, markdown=False).splitlines()
    assert {len(line) for line in plain} == {len(plain[0])}
    markdown = table(rows, markdown=True).splitlines()
    assert {len(line) for line in markdown} == {len(markdown[0])}
    assert {line.count("|") for line in markdown} == {4}
    assert markdown[2].endswith("| 10 (1.00) | 1,234 (12) |")


def test_small_ratios_have_decimals() -> None:
    assert cell((1234.4, 1.234)) == "1,234 (1.23)"
    assert cell((56, 12.3)) == "56 (12)"


def test_one_command_prints_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--network", "2-8-8-1", "--rounds", "1"])
    head, line = capsys.readouterr().out.splitlines()
    assert head.split()[5:8] == ["floor", "course", "scikit-learn"]
    assert line.startswith("2-8-8-1")
