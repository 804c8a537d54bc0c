"""Surfaces of two weights: gradients against differences, walks against what is known of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from course.experiments.surfaces import (
    SURFACES,
    arrived,
    quadratic,
    updates_needed,
    walk,
    way_left,
)
from course.optimizers import SGD, Adam, RMSprop


@pytest.mark.parametrize("name", SURFACES)
def test_gradients_are_the_slopes_of_the_cost(name: str) -> None:
    surface, step = SURFACES[name], 1e-6
    places = np.random.default_rng(0).normal(size=(7, 2))
    for k, move in enumerate(step * np.eye(2)):
        slope = (surface.cost(places + move) - surface.cost(places - move)) / (2 * step)
        np.testing.assert_allclose(surface.gradient(places)[:, k], slope, atol=1e-6)


@pytest.mark.parametrize("name", SURFACES)
def test_it_is_lowest_where_it_says(name: str) -> None:
    surface = SURFACES[name]
    np.testing.assert_allclose(surface.gradient(surface.lowest), 0, atol=1e-12)
    near = surface.lowest[:, None] + np.random.default_rng(0).normal(0, 0.1, (1, 50, 2))
    assert (surface.cost(near) > surface.cost(surface.lowest)[:, None]).all()


def test_turning_keeps_heights_and_curvatures() -> None:
    straight, turned = SURFACES["ravine"], SURFACES["ravine, turned"]
    assert turned.cost(turned.start) == pytest.approx(straight.cost(straight.start))
    hessian = turned.gradient(np.eye(2))
    np.testing.assert_allclose(np.linalg.eigvalsh(hessian), (0.01, 1))
    assert abs(hessian[0, 1]) > 0.4


def test_curvatures_are_above_0() -> None:
    with pytest.raises(ValueError, match="steep"):
        quadratic(1.0, 0.0)


def test_plain_steps_shrink_each_direction_by_its_own_factor() -> None:
    path = walk(SGD(0.5), SURFACES["ravine"], 10)
    np.testing.assert_allclose(path[-1], (-10 * 0.995**10, 2 * 0.5**10))


def test_a_turned_ravine_is_all_the_same_to_plain_descent_and_not_to_adam() -> None:
    def left(rule: object, name: str) -> np.ndarray:
        return way_left(walk(rule, SURFACES[name], 100), SURFACES[name])

    same, other = (left(SGD(1.0, momentum=0.9), name) for name in ("ravine", "ravine, turned"))
    np.testing.assert_allclose(same, other, atol=1e-9)
    assert np.abs(left(Adam(0.5), "ravine") - left(Adam(0.5), "ravine, turned")).max() > 0.1


@pytest.mark.parametrize("beta", [0.5, 0.9])
def test_nesterov_diverges_earlier_than_momentum(beta: float) -> None:
    border = 2 * (1 + beta) / (1 + 2 * beta)
    inside, outside = (
        walk(SGD(share * border, momentum=beta, nesterov=True), SURFACES["ravine"], 3000)[-1, 1]
        for share in (0.99, 1.01)
    )
    assert abs(inside) < 1e-9
    assert abs(outside) > 1e5


def test_a_walk_ends_where_it_is_lost() -> None:
    path = walk(SGD(3.0), SURFACES["ravine"], 1000)
    assert 15 < len(path) < 30
    assert arrived(path, SURFACES["ravine"]) is None


def test_arrived_means_for_good() -> None:
    surface = SURFACES["bowl"]
    start = surface.start
    path = np.array([start, 0.001 * start, 0.5 * start, 0.009 * start, 0 * start])
    assert arrived(path, surface) == 3
    assert arrived(path[:3], surface) is None
    assert arrived(path[-1:] + start, surface) is None


@pytest.mark.parametrize("name", SURFACES)
@pytest.mark.parametrize(
    ("rule", "rates"),
    [
        (SGD, (0.003, 0.05, 0.6, 2.5)),
        (lambda rate: SGD(rate, momentum=0.9, nesterov=True), (0.003, 0.05, 0.6, 2.5)),
        (Adam, (0.003, 0.05, 0.2, 0.4)),
    ],
)
def test_all_rates_together_are_the_single_walks(
    name: str, rule: Callable[[float], Any], rates: tuple[float, ...]
) -> None:
    surface = SURFACES[name]
    together = updates_needed(rule(1.0), surface, np.array(rates), 200)
    alone = [arrived(walk(rule(rate), surface, 200), surface) or np.nan for rate in rates]
    np.testing.assert_equal(together, alone)


def test_rmsprop_ends_by_hopping_half_its_rate_to_either_side() -> None:
    path = walk(RMSprop(0.1), SURFACES["bowl"], 1000)
    np.testing.assert_allclose(np.abs(path[-10:]), 0.05, rtol=1e-4)
    assert (path[-10:-1] * path[-9:] < 0).all()
