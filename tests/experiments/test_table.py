"""Precomputed tables: reading, choosing rows, and a rate judged on runs it was not chosen by."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments import Table, load_table, tuned


def small() -> Table:
    """Rate 0.1 is best on seeds 0 and 1, and mediocre on seeds 2 and 3."""
    rates = [0.1] * 4 + [0.3] * 4
    accuracy = [1.0, 1.0, 0.5, 0.6, 0.9, 0.9, 0.9, 0.9]
    return Table({"learning_rate": rates, "seed": [0, 1, 2, 3] * 2, "accuracy": accuracy})


def test_where_keeps_the_rows() -> None:
    rows = small().where(learning_rate=0.3)
    assert len(rows) == 4
    assert set(rows["accuracy"]) == {0.9}
    assert small().rates() == [0.1, 0.3]


def test_tuned_judges_on_other_seeds() -> None:
    rate, accuracies = tuned(small())
    assert rate == 0.1
    np.testing.assert_array_equal(accuracies, [0.5, 0.6])


def test_says_when_there_is_no_such_row_or_column() -> None:
    with pytest.raises(ValueError, match="no row"):
        small().where(seed=9)
    with pytest.raises(KeyError):
        small().where(width=9)


def test_reads_the_file_of_a_lesson() -> None:
    table = load_table("vanishing_gradients")
    assert table["network"].dtype.kind == "U"
    assert table["accuracy"].dtype == float
    assert ((table["accuracy"] >= 0) & (table["accuracy"] <= 1)).all()


def test_says_when_there_is_no_such_file() -> None:
    with pytest.raises(FileNotFoundError, match="nothing"):
        load_table("nothing")
