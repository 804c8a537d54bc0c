"""Bayesian optimization of one rate: each trial follows from those before."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments import load_table
from course.experiments.digit_curves import RATES
from course.experiments.rate_steps import (
    RACES,
    believed,
    first_rates,
    log_errors,
    rate_race,
    regrets,
)
from course.experiments.tuner_race import judged
from course.tuners.acquisition import expected_improvement


def test_trials_follow_from_those_before() -> None:
    one, next_ = believed(3, seed=6), believed(4, seed=6)
    assert one.tried[:2] == first_rates(6, 2)
    assert next_.tried == (*one.tried, one.next)
    assert len(set(believed(6, seed=6).tried)) == 6


def test_the_promise_is_expected_improvement() -> None:
    belief = believed(3, seed=6)
    best = log_errors(6)[list(belief.tried)].min()
    np.testing.assert_allclose(
        belief.promise, expected_improvement(belief.mean, belief.std, best), atol=1e-12
    )


def test_without_hope_the_bound_is_the_mean() -> None:
    belief = believed(3, "ucb", 0.0, 6)
    np.testing.assert_allclose(belief.promise, -belief.mean)


def test_little_is_uncertain_where_something_was_tried() -> None:
    belief = believed(4, seed=6)
    at = np.interp(np.log10(RATES), belief.x, belief.std)
    assert at[list(belief.tried)].max() < 0.1 * belief.std.max()


def test_regret_never_grows() -> None:
    regret = regrets(believed(6, seed=6).tried, 6)
    assert (np.diff(regret) <= 0).all()
    assert regret[-1] >= 0
    every = regrets(tuple(range(25)), 6)
    assert every[-1] == pytest.approx(0)


def test_a_race_is_judged_by_trainings_it_did_not_see() -> None:
    found = rate_race("random", 5)
    assert found.shape == (12,)
    first, second = first_rates(5, 2)
    leader = min((first, second), key=lambda i: log_errors(5)[i])
    setting = {"learning_rate": RATES[leader], "units": 64, "dropout": 0.0}
    assert found[1] == judged(setting, 5)
    np.testing.assert_array_equal(rate_race("Bayesian", 5)[:2], found[:2])
    rows = load_table("bayesian_and_hyperband").where(space="one", tuner="random", seed=5)
    np.testing.assert_allclose(rows["accuracy"], found[[3, 7, 11]], atol=6e-5)
    assert len(load_table("bayesian_and_hyperband").where(space="one", mark=12)) == 2 * len(RACES)


def test_an_unknown_race_is_refused() -> None:
    with pytest.raises(ValueError, match="name"):
        rate_race("grid", 0)
