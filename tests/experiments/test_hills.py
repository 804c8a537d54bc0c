"""Random landscapes: their tops, the two searches, and the exact chance."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments import hills


@pytest.mark.parametrize(
    ("kind", "values"), [("cell centres", (1 / 6, 0.5, 5 / 6)), ("with the ends", (0, 0.5, 1))]
)
def test_values_of_a_grid(kind: str, values: tuple[float, ...]) -> None:
    np.testing.assert_allclose(hills.grid_values(3, kind), values)


def test_there_are_no_other_grids_shapes_or_importances() -> None:
    with pytest.raises(ValueError, match="kind must be one of"):
        hills.grid_values(3, "even")
    with pytest.raises(ValueError, match="shape must be one of"):
        hills.contest(0.5, shape="flat")
    with pytest.raises(ValueError, match="importance"):
        hills.contest(1.5)
    with pytest.raises(ValueError, match="k must be"):
        hills.grid_values(1)


@pytest.mark.parametrize("shape", hills.SHAPES)
def test_curves_are_the_same_on_shared_and_own_places(shape: str) -> None:
    curves, u = hills.Curves(shape, 5, 0), np.linspace(0, 1, 7)
    shared = curves(u)
    assert shared.shape == (5, 7)
    np.testing.assert_array_equal(curves(np.tile(u, (5, 1))), shared)
    np.testing.assert_array_equal(curves(u, slice(2, 3)), shared[2:3])


def test_a_hill_is_one_at_its_top_and_falls_with_the_distance() -> None:
    curves = hills.Curves("one hill", 4, 1)
    np.testing.assert_array_equal(curves(curves.tops[:, None])[:, 0], np.ones(4))
    np.testing.assert_allclose(curves(curves.tops[:, None] + 0.2)[:, 0], np.exp(-0.5))


def test_wiggly_curves_have_mean_zero_and_spread_one() -> None:
    heights = hills.Curves("wiggly", 4000, 2)(np.array([0.3]))
    assert abs(heights.mean()) < 0.06
    assert heights.std() == pytest.approx(1, abs=0.06)


def test_both_searches_have_equally_many_trials_and_seeds_differ() -> None:
    here = hills.ground(4)
    assert here.grid.shape == (16, 2)
    assert here.random.shape == (2000, 16, 2)
    assert hills.contest(0.5, seed=1).random_wins != hills.contest(0.5, seed=2).random_wins


@pytest.mark.parametrize(("k", "d"), [(2, 2), (3, 1), (3, 2), (4, 2), (2, 4)])
def test_the_exact_chance_is_that_of_a_simulation(k: int, d: int) -> None:
    rng = np.random.default_rng(5)
    tops = rng.random((40_000, 1))
    grid = np.abs(hills.grid_values(k) - tops).min(1)
    random = np.abs(rng.random((40_000, k**d)) - tops).min(1)
    assert hills.wins_if_irrelevant(k, d) == pytest.approx(np.mean(random < grid), abs=0.01)


def test_an_irrelevant_hyperparameter_changes_no_score() -> None:
    scores = hills.contest(0.0)
    here = hills.ground()
    np.testing.assert_array_equal(scores.grid, here.on_grid[0].max(1))
    assert scores.random_wins == pytest.approx(hills.wins_if_irrelevant(), abs=scores.margin)


def test_effects_add_up_to_the_score_of_the_grid() -> None:
    f, g = hills.effects(0.4, 7)
    here = hills.ground()
    score = f(here.grid[:, 0]) + g(here.grid[:, 1])
    assert score.max() == pytest.approx(hills.contest(0.4).grid[7])


def test_highest_is_one_for_hills_and_above_any_search() -> None:
    assert hills.highest() == pytest.approx((1, 1), abs=0.01)
    f, g = hills.highest("wiggly")
    assert f + g > hills.contest(1.0, 3, shape="wiggly").random.mean()
