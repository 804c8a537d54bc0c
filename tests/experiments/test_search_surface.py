"""The surface of 2,916 networks, and searches on it."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments import load_table
from course.experiments import search_surface as surface

START = {
    "optimizer": "adam",
    "learning_rate": 0.01,
    "layers": 1,
    "units": 32,
    "activation": "relu",
    "batch_size": 64,
}


def test_every_place_is_filled_from_the_table() -> None:
    heights = surface.surface()
    assert heights.shape == (3, 9, 3, 4, 3, 3)
    table = load_table("digits_search")
    np.testing.assert_array_equal(np.sort(heights.ravel()), np.sort(table["accuracy"]))


def test_accuracies_are_those_of_their_rows() -> None:
    names = {k: v for k, v in START.items() if k != "optimizer"}
    table = load_table("digits_search")
    for name, optimizer, momentum in (
        ("adam", "adam", 0.0),
        ("sgd", "sgd", 0.0),
        ("momentum", "sgd", 0.9),
    ):
        (row,) = table.where(optimizer=optimizer, momentum=momentum, **names)["accuracy"]
        assert surface.accuracy(**{**START, "optimizer": name}) == row


def test_there_are_no_other_places() -> None:
    with pytest.raises(ValueError, match="optimizer must be one of"):
        surface.accuracy(**{**START, "optimizer": "lion"})
    with pytest.raises(ValueError, match="not in tuple"):
        surface.accuracy(**{**START, "units": 33})


def test_random_searches_try_nothing_twice() -> None:
    every = surface.random_searches(2916, 1)
    np.testing.assert_array_equal(np.sort(every[0]), np.sort(surface.surface().ravel()))
    with pytest.raises(ValueError, match="trials"):
        surface.random_searches(2917)


def test_one_at_a_time_begins_at_its_start_and_keeps_what_is_better() -> None:
    found = surface.one_at_a_time(START, 10, 3)
    assert len(found) == 10
    assert found[0] == surface.accuracy(**START)
    assert not np.array_equal(found, surface.one_at_a_time(START, 10, 4))


def test_what_is_known_stands_at_the_start_and_the_rest_is_drawn() -> None:
    first = {surface.one_at_a_time({"learning_rate": 1e-4}, 1, seed)[0] for seed in range(30)}
    assert first <= set(surface.surface()[:, 0].ravel())
    assert len(first) > 10


def test_a_notch_leads_to_neighbours_only() -> None:
    for seed in range(5):
        first, second = surface.one_at_a_time(START, 2, seed, notch=True)
        at, heights = surface.place(START), surface.surface()
        around = [
            heights[(*at[:axis], at[axis] + step, *at[axis + 1 :])]
            for axis in range(6)
            for step in (-1, 1)
            if 0 <= at[axis] + step < heights.shape[axis]
        ]
        assert first == heights[at]
        assert second in around


def test_drawn_rates_go_to_the_nearest_of_the_surface() -> None:
    found = surface.sampled_searches(lambda u: np.full_like(u, 0.012), "adam", 400, 1)
    assert set(found.ravel()) <= set(surface.surface()[0, 4].ravel())


def test_a_grid_of_two_values_holds_no_more_than_the_best() -> None:
    grids = surface.two_valued_grids(50)
    assert grids.shape == (50,)
    assert grids.max() <= surface.surface().max()
    assert len(set(grids)) > 5


def test_spread_grids_take_rates_from_both_halves() -> None:
    grids = surface.spread_grids()
    assert grids.shape == (36,)
    assert set(grids) <= set(surface.surface()[:, [2, 6]].ravel())
    assert surface.surface()[np.ix_((0, 1), (2, 6), (0, 2), (0, 2), (0, 1), (0, 2))].max() in grids
