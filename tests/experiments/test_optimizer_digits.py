"""Digits in three parts, and a rate that is chosen without those that judge."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments import Table, load_table
from course.experiments.optimizer_digits import (
    BUDGETS,
    OPTIMIZERS,
    RATES,
    best_rate,
    digit_scores,
    judged,
    three_parts,
)


def test_the_digits_that_judge_are_always_the_same_and_in_no_other_part() -> None:
    one, other = three_parts(0), three_parts(1)
    assert [len(x) for x, _ in one] == [1047, 300, 450]
    np.testing.assert_array_equal(one[2][0], other[2][0])
    assert not np.array_equal(one[1][0], other[1][0])
    rows = np.concatenate([x for x, _ in one])
    again = np.concatenate([x for x, _ in other])
    np.testing.assert_allclose(np.sort(rows.sum(1)), np.sort(again.sum(1)))
    assert len(rows) == 1797


def test_optimizers_are_made_fresh_and_at_the_rate() -> None:
    for rule in OPTIMIZERS.values():
        assert rule(0.25).learning_rate == 0.25
        assert rule(0.25) is not rule(0.25)
    assert OPTIMIZERS["Nesterov 0.9"](1.0).nesterov
    assert OPTIMIZERS["momentum 0.9"](1.0).momentum == 0.9


def test_scores_after_one_epoch_and_in_the_end() -> None:
    early, late = digit_scores("Adam", 0.01, epochs=4)
    assert len(early) == len(late) == 3
    assert min(late) > 0.8
    assert early[0] < late[0]
    again, _ = digit_scores("Adam", 0.01, epochs=2)
    assert again == early


def test_there_are_no_other_optimizers() -> None:
    with pytest.raises(ValueError, match="optimizer must be one of"):
        digit_scores("adam", 0.01)


def test_choosing_does_not_see_the_test_digits_nor_the_seeds_that_judge() -> None:
    rates, seeds = (0.1, 0.1, 0.1, 0.1, 1.0, 1.0, 1.0, 1.0), [0, 1, 2, 3] * 2
    table = Table({
        "optimizer": ["SGD"] * 8, "learning_rate": rates, "seed": seeds, "epochs": [10.0] * 8,
        "validation": [0.6, 0.6, 0.1, 0.1, 0.5, 0.5, 0.9, 0.9],
        "test": [0.0, 0.1, 0.2, 0.3, 0.9, 0.9, 0.9, 0.9],
    })  # fmt: skip
    assert best_rate(table, "SGD") == 0.1
    np.testing.assert_allclose(judged(table, "SGD", 0.1), [0.2, 0.3])


@pytest.mark.parametrize("epochs", BUDGETS)
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_shipped_grid_brackets_every_best_rate(optimizer: str, epochs: int) -> None:
    table = load_table("optimizers")
    assert table.rates() == list(RATES)
    assert RATES[0] < best_rate(table, optimizer, epochs) < RATES[-1]
    rows = table.where(optimizer=optimizer, epochs=epochs)
    assert len(rows) == len(RATES) * 20
    assert len(judged(table, optimizer, 0.1, epochs)) == 10
