"""Settings compared at their own rates: the choice, the judges, what is near the best."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments import Table
from course.experiments.tuned_comparison import compare


@pytest.fixture
def rows() -> Table:
    # Seeds 0 and 1 choose, 2 and 3 judge: b is best at 0.1, and 2 to 4 points better than a.
    scores = {
        ("a", 0.1): (0.5, 0.5, 0.94, 0.94), ("a", 1.0): (0.8, 0.8, 0.7, 0.7),
        ("b", 0.01): (0.1, 0.1, 0.1, 0.1), ("b", 0.1): (0.9, 0.9, 0.72, 0.74),
        ("b", 1.0): (0.8, 0.8, 0.8, 0.8),
    }  # fmt: skip
    table = [
        (name, rate, s, v) for (name, rate), vs in scores.items() for s, v in enumerate(vs)
    ]  # fmt: skip
    columns = ("network", "learning_rate", "seed", "accuracy")
    return Table(dict(zip(columns, map(list, zip(*table, strict=True)), strict=True)))


def test_each_has_its_own_rate_and_other_seeds_judge(rows: Table) -> None:
    found = compare(rows, ("b", "a"), "a")
    assert list(found) == ["b", "a"]
    assert (found["a"].rate, found["b"].rate) == (1.0, 0.1)
    np.testing.assert_allclose(found["b"].percent, [72, 74])
    assert found["b"].over.mean == pytest.approx(3)
    assert found["a"].over.mean == 0
    assert found["a"].mean == pytest.approx(70)


def test_a_rate_at_the_end_of_the_grid_is_not_bracketed(rows: Table) -> None:
    found = compare(rows, ("a", "b"), "a")
    assert (found["a"].bracketed, found["b"].bracketed) == (False, True)


def test_rates_near_the_best_are_counted(rows: Table) -> None:
    found = compare(rows, ("a", "b"), "a")
    assert (found["a"].near, found["a"].tried) == (1 + 1, 2)  # means 0.72 and 0.75
    assert (found["b"].near, found["b"].tried) == (2, 3)  # means 0.1, 0.815, 0.8
