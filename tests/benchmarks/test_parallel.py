"""A search one trial after another, the same one in a pool, and the table of both."""

from __future__ import annotations

import re
from typing import Any

import pytest

from benchmarks.parallel import Times, epochs_in, main, search, table


@pytest.mark.forks
def test_the_pool_finds_the_same_and_both_are_timed(capsys: Any) -> None:
    main(["--trials", "4", "--seconds", "0.01", "--start", "fork"])
    head, titles, *rows, said = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"4 trials of \d+ epochs; load .*, \d+ cores", head)
    assert titles.split() == ["seconds", "clock", "processor"]
    assert [row[:20].strip() for row in rows] == [
        "one after another",
        "2 processes",
        "times as fast",
    ]
    assert all(float(number) > 0 for row in rows for number in row[20:].split())
    assert said == "The scores are the same."


def test_what_is_timed_is_a_whole_search() -> None:
    scores = search(trials=3, epochs=1, executor=None)
    assert len(set(scores)) == 3


def test_a_second_has_more_epochs_than_a_moment() -> None:
    assert epochs_in(1e-9) == 1
    assert epochs_in(1) > 10


def test_the_processors_say_what_an_idle_machine_would_do() -> None:
    lines = table(Times(20, 10, []), Times(16, 12.5, []), workers=2).splitlines()
    assert {len(line) for line in lines} == {len(lines[0])}
    assert lines[1].split() == ["one", "after", "another", "20.00", "10.00"]
    assert lines[-1].split() == ["times", "as", "fast", "1.25", "1.60"]
