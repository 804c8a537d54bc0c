"""Figures as they are written, columns that line up, ratios by name."""

from __future__ import annotations

import pytest

from benchmarks.tables import Figure, Table, short

ROWS = {
    "a": {"floor": Figure(10, 1), "peer": Figure(1234, 12.34)},
    "bb": {"floor": Figure(2, 1), "peer": Figure(3, 1.5)},
    "c": {"floor": Figure(2)},
}


def test_columns_line_up() -> None:
    table = Table("steps", "µs a step", ROWS, ["a note"])
    *plain, note = table.text().splitlines()
    assert note == "a note"
    assert {len(line) for line in plain} == {len(plain[0])}
    *markdown, _ = table.text(markdown=True).splitlines()
    assert {len(line) for line in markdown} == {len(markdown[0])}
    assert {line.count("|") for line in markdown} == {4}
    assert markdown[2].endswith("| 10 (1.00) | 1,234 (12) |")


@pytest.mark.parametrize(
    ("value", "text"), [(1234.4, "1,234"), (99.96, "100"), (99.94, "99.9"), (0.01234, "0.0123")]
)
def test_numbers_have_three_digits(value: float, text: str) -> None:
    assert short(value) == text


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure(1234.4, 1.234), "1,234 (1.23)"),
        (Figure(56, 12.3), "56 (12)"),
        (Figure(5.5), "5.5"),
    ],
)
def test_a_ratio_stands_in_brackets(figure: Figure, text: str) -> None:
    assert str(figure) == text


def test_ratios_have_names() -> None:
    assert Table("steps", "", ROWS).ratios() == {
        "steps: a, floor": 1,
        "steps: a, peer": 12.34,
        "steps: bb, floor": 1,
        "steps: bb, peer": 1.5,
    }
