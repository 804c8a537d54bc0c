"""Optimizers that are given their gradients: worked by hand."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.update_rules import EpsilonBehind, EpsilonInside, follow, share_of_rate
from course.optimizers import SGD, Adam, AdamW, RMSprop
from course.regularizers import L2


def test_three_steps_by_hand() -> None:
    path = follow(SGD(0.1, momentum=0.9), [0.5, 0.2, -0.4])
    np.testing.assert_allclose(path[:, 0], [1, 0.95, 0.885, 0.8665])


def test_a_penalty_joins_the_gradient_anew_at_each_step() -> None:
    path = follow(SGD(0.1), [0.0, 0.0], [1.0, -2.0], regularizer=L2(0.5))
    np.testing.assert_allclose(path, [[1, -2], [0.9, -1.8], [0.81, -1.62]])


def test_steps_under_an_unchanging_gradient() -> None:
    np.testing.assert_allclose(share_of_rate(SGD(0.1), (2.0, -3.0), 2), (2, 3))
    assert share_of_rate(SGD(0.1, momentum=0.9), 1.0, 200) == pytest.approx(10)
    assert share_of_rate(RMSprop(), 1.0, 300) == pytest.approx(1)


@pytest.mark.parametrize("rule", [EpsilonInside, EpsilonBehind])
def test_misplaced_epsilon_is_adam_where_there_is_none(rule: type[Adam]) -> None:
    gradients = np.random.default_rng(0).normal(size=30)
    expected = follow(Adam(0.1, epsilon=1e-30), gradients)
    np.testing.assert_allclose(follow(rule(0.1, epsilon=1e-30), gradients), expected)


def test_where_epsilon_stands() -> None:
    # t = 1: m = 0.4, √v = 0.4, α = lr·√0.01/0.1 = lr
    numbers = {"beta_1": 0.9, "beta_2": 0.99, "epsilon": 0.09}
    assert follow(Adam(1.0, **numbers), [4.0], 0.0)[1] == pytest.approx([-0.4 / 0.49])
    assert follow(EpsilonInside(1.0, **numbers), [4.0], 0.0)[1] == pytest.approx([-0.4 / 0.5])
    assert follow(EpsilonBehind(1.0, **numbers), [4.0], 0.0)[1] == pytest.approx([-1.09])


def test_behind_the_fraction_no_gradient_is_no_number() -> None:
    assert np.isnan(share_of_rate(EpsilonBehind(), 0.0, 2)).all()
    assert share_of_rate(EpsilonInside(), 0.0, 2) == 0


def test_decay_beside_the_step_does_not_see_the_gradient() -> None:
    sizes = np.array([0.01, 10.0])
    gradients = [sizes * (-1) ** t for t in range(500)]
    penalty = follow(Adam(), gradients, np.ones(2), regularizer=L2(0.05))[-1]
    beside = follow(AdamW(weight_decay=0.1), gradients, np.ones(2))[-1]
    assert penalty[1] - penalty[0] > 0.3
    assert beside[0] == pytest.approx(beside[1], abs=1e-3)
