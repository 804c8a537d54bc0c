"""The comparisons of lesson 17: sizes, pixels that change places, and reading the table."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from course.experiments.image_digits import images
from course.experiments.table import Table, load_table
from course.experiments.topologies import (
    STUDIES,
    by_shift,
    compared,
    equal_network,
    equal_score,
    shuffled,
)


def test_both_networks_learn_as_many_numbers() -> None:
    assert equal_network("MLP").count_params() == equal_network("CNN").count_params() == 1210


def test_shuffled_pixels_are_the_same_pixels_in_another_order_alike_in_all() -> None:
    x = np.arange(128.0).reshape(2, 64)
    one, other = shuffled(x)[..., 0]
    np.testing.assert_array_equal(np.sort(one.ravel()), x[0])
    np.testing.assert_array_equal(other - one, 64)
    assert not np.array_equal(shuffled(x), images(x))


def test_another_seed_shuffles_otherwise() -> None:
    x = np.arange(64.0)[np.newaxis]
    np.testing.assert_array_equal(shuffled(x, 3), shuffled(x, 3))
    assert not np.array_equal(shuffled(x, 3), shuffled(x, 4))


def test_scores_are_shares() -> None:
    validation, test = equal_score("MLP, shuffled", 0.01)
    assert 0.8 < min(validation, test) <= max(validation, test) <= 1


def test_each_half_of_the_seeds_chooses_for_the_other() -> None:
    rows = [
        (network, rate, seed, values[seed >= 2], rate + seed / 10 + better)
        for network, better in (("a", 0.0), ("b", 0.1))
        for rate, values in ((0.1, (0.2, 0.3)), (0.2, (0.9, 0.5)), (0.3, (0.4, 0.8)), (0.4, (0, 0)))
        for seed in range(4)
    ]
    names = ("network", "learning_rate", "seed", "validation", "test")
    table = Table(dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
    found = compared(table, "a")
    assert list(found) == ["a", "b"]
    np.testing.assert_allclose(found["b"].percent, [40, 50, 50, 60])
    assert found["b"].over == pytest.approx((10, 10, 10))
    assert (found["a"].rates, found["a"].bracketed) == ((0.2, 0.3), True)
    edge = Table(
        {key: column[table["learning_rate"] < 0.35] for key, column in table.columns.items()}
    )
    assert not compared(edge, "a")["a"].bracketed


@pytest.mark.parametrize("study", STUDIES)
def test_the_table_holds_every_study_whole(study: str) -> None:
    plan, rows = STUDIES[study], load_table("topologies").where(study=study, dx=0, dy=0)
    for network in plan.networks:
        of = rows.where(network=network)
        runs = set(zip(of["learning_rate"], of["seed"], strict=True))
        assert runs == set(product(plan.rates, range(plan.seeds)))
        assert len(of) == len(runs)


def test_accuracies_by_shift_are_in_their_places() -> None:
    rows = load_table("topologies").where(study="shift")
    found = by_shift(rows)["CNN"]
    assert found.shape == (STUDIES["shift"].seeds, 7, 7)
    for seed in (2, 6):
        (one,) = rows.where(network="CNN", seed=seed, dx=-2, dy=1)["test"]
        assert found[seed, 4, 1] == one
    middle = compared(rows.where(dx=0, dy=0), "MLP")["CNN"].percent
    np.testing.assert_allclose(100 * found[:, 3, 3], middle)
