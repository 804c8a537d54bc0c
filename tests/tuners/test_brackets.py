"""Brackets by hand, and what holds for all of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from course.tuners.brackets import schedule


def sizes(max_epochs: int, factor: int) -> list[list[tuple[int, int]]]:
    """(trials, epochs) of each round of each bracket."""
    return [[(r.size, r.epochs) for r in b] for b in schedule(max_epochs, factor)]


def test_brackets_by_hand() -> None:
    assert sizes(9, 3) == [[(9, 1), (3, 3), (1, 9)], [(5, 3), (1, 9)], [(3, 9)]]
    # the table of the paper, R = 81 and η = 3
    assert sizes(81, 3) == [
        [(81, 1), (27, 3), (9, 9), (3, 27), (1, 81)],
        [(34, 3), (11, 9), (3, 27), (1, 81)],
        [(15, 9), (5, 27), (1, 81)],
        [(8, 27), (2, 81)],
        [(5, 81)],
    ]
    assert sizes(1, 3) == [[(1, 1)]]
    assert sizes(2, 3) == [[(1, 2)]]
    assert sizes(4, 2) == [[(4, 1), (2, 2), (1, 4)], [(3, 2), (1, 4)], [(3, 4)]]
    assert sizes(10, 3)[0] == [(9, 1), (3, 3), (1, 10)]


@given(st.integers(2, 5), st.integers(1, 6))
def test_logarithms_lose_no_bracket(factor: int, s_max: int) -> None:
    assert len(schedule(factor**s_max, factor)) == s_max + 1
    assert len(schedule(factor**s_max - 1, factor)) == s_max


@given(st.integers(1, 300), st.integers(2, 5))
def test_numbers_are_given_without_gaps_and_epochs_rise(max_epochs: int, factor: int) -> None:
    rounds = [r for bracket in schedule(max_epochs, factor, 7) for r in bracket]
    assert [n for r in rounds for n in r.numbers] == list(range(7, 7 + sum(r.size for r in rounds)))
    for bracket in schedule(max_epochs, factor):
        epochs = [r.epochs for r in bracket]
        assert epochs == sorted(epochs)
        assert epochs[0] >= 1
        assert epochs[-1] == max_epochs
        assert all(r.size >= 1 for r in bracket)
