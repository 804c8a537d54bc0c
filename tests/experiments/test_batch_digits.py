"""Batches of digits: equal budgets, the same updates as `fit`, no row in two parts."""

from __future__ import annotations

import numpy as np
import pytest

from course import config
from course.experiments.batch_digits import (
    EVERY,
    FITTED,
    SIZES,
    batch_digits,
    batch_model,
    budget,
    scores,
    trained,
    training,
    until_fitted,
)


def test_parts_have_no_row_in_common_and_all_seeds_one_test_part() -> None:
    one, other = batch_digits(0), batch_digits(1)
    assert [len(part) for part in one] == [512, 512, 685, 685, 600, 600]
    np.testing.assert_array_equal(one.x_test, other.x_test)
    assert not np.array_equal(one.x, other.x)
    together = np.concatenate([one.x, one.x_validation, one.x_test])
    assert len(np.unique(together, axis=0)) == 1797


def test_budgets() -> None:
    assert [budget(size) for size in (1, 32, 512)] == [5120, 160, 10]
    assert {budget(size, "updates") for size in SIZES} == {512}


@pytest.mark.parametrize(("size", "equal"), [(3, "epochs"), (32, "time")])
def test_there_are_no_other_sizes_and_budgets(size: int, equal: str) -> None:
    with pytest.raises(ValueError, match="must be one of"):
        budget(size, equal)


@pytest.mark.parametrize("batch_size", [8, 512])
def test_the_updates_are_those_of_one_fit(batch_size: int) -> None:
    x, y = batch_digits(3)[:2]
    with config.seeded(3):
        plain = batch_model(0.08)
        plain.fit(x, y, batch_size=batch_size, epochs=12, verbose=0)
    total = 12 * 512 // batch_size
    stream = training(batch_size, 0.08, 3, [0, 1, total // 2, total])
    counts = [int(model.optimizer.iterations) for model in stream]
    assert counts == [0, 1, total // 2, total]
    (model,) = training(batch_size, 0.08, 3, [total])
    for mine, its in zip(model.get_weights(), plain.get_weights(), strict=True):
        np.testing.assert_allclose(mine, its, rtol=1e-4, atol=1e-5)


def test_equal_epochs_favour_small_batches_and_equal_updates_large_ones() -> None:
    small, large = trained(8, 0.08), trained(512, 0.08)
    assert small.validation > large.validation + 0.3
    small, large = trained(1, 0.08, equal="updates"), trained(64, 0.08, equal="updates")
    assert large.validation > small.validation + 0.05


def test_until_fitted_stops_where_the_loss_is_low() -> None:
    updates, result = until_fitted(64, 0.64)
    assert result.loss <= FITTED
    assert updates % EVERY == 0
    (before,) = training(64, 0.64, 0, [updates - EVERY])
    assert scores(before, 0).loss > FITTED


def test_until_fitted_gives_up_where_nothing_is_learned() -> None:
    updates, result = until_fitted(64, 2.56)
    assert updates == 512
    assert result.loss > 2
