"""Bayesian optimization: it finds, it never repeats itself, and it takes every kind of space."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.tuners import HyperParameters
from course.tuners.bayesian_optimization import BayesianOptimization, BayesianOptimizationOracle
from course.tuners.belief import Belief, targets
from course.tuners.encoding import Encoding
from course.tuners.oracle import Answer, Oracle
from course.tuners.random_search import RandomSearchOracle
from course.tuners.space import Space
from course.tuners.trial import Trial, TrialStatus

Declare = Callable[[HyperParameters], Any]


def finish(trial: Trial, score: float | None) -> None:
    """End a trial; None: it failed."""
    trial.status = TrialStatus.FAILED if score is None else TrialStatus.COMPLETED
    trial.score = score


def search(
    oracle: Oracle,
    declare: Declare,
    score: Callable[[dict[str, Any]], float | None],
    trials: int,
    workers: int = 1,
) -> list[Trial]:
    """Search without a model; a trial ends when `workers` younger ones have begun."""
    oracle.seed = oracle.seed or 0
    space = Space(oracle.hyperparameters, declare, oracle.tune_new_entries)
    space.explore()
    begun: list[Trial] = []
    for number in range(trials):
        values = oracle.propose(number, space, begun, oracle.generator(number))
        if isinstance(values, Answer):
            break
        hp = space.known.blank()
        hp.values = values
        begun.append(Trial(hp, number))
        for trial in begun[: len(begun) - workers + 1]:
            if not trial.has_ended:
                finish(trial, score(trial.configuration))
    for trial in begun:
        if not trial.has_ended:
            finish(trial, score(trial.configuration))
    return begun


def configurations(trials: list[Trial]) -> list[tuple[Any, ...]]:
    return [tuple(trial.configuration.items()) for trial in trials]


def branin_space(hp: HyperParameters) -> None:
    hp.Float("x", -5.0, 10.0)
    hp.Float("y", 0.0, 15.0)


def branin(values: dict[str, Any]) -> float:
    x, y = values["x"], values["y"]
    valley = (y - 5.1 / (4 * math.pi**2) * x**2 + 5 / math.pi * x - 6) ** 2
    return valley + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10 - 0.397887


def network_space(hp: HyperParameters) -> None:
    """Layers that only building shows, a condition, names and a logarithm."""
    for i in range(hp.Int("layers", 1, 3)):
        hp.Choice(f"units_{i}", [8, 16])
    if hp.Choice("optimizer", ["adam", "sgd"]) == "sgd":
        hp.Boolean("nesterov")


NETWORKS = (2 + 4 + 8) * (1 + 2)


def network_loss(values: dict[str, Any]) -> float:
    units = sum(values[f"units_{i}"] for i in range(values["layers"]))
    return abs(units - 32) / 8 + (values["optimizer"] == "adam") + values.get("nesterov", 0.5)


@pytest.mark.parametrize("acquisition", ["ei", "ucb"])
def test_it_comes_much_nearer_than_random_search(acquisition):
    regrets = {"ours": [], "random": []}
    for seed in range(1, 4):
        ours = BayesianOptimizationOracle(None, 20, seed=seed, acquisition=acquisition, beta=1.5)
        for name, oracle in (("ours", ours), ("random", RandomSearchOracle(None, 20, seed=seed))):
            trials = search(oracle, branin_space, branin, 20)
            regrets[name].append(min(trial.score for trial in trials))
    assert np.median(regrets["ours"]) < 0.2 * np.median(regrets["random"])


def test_every_network_once_and_then_nothing():
    trials = search(BayesianOptimizationOracle(None, 100, seed=0), network_space, network_loss, 100)
    assert len(trials) == len(set(configurations(trials))) == NETWORKS
    best = min(trial.score for trial in trials)
    assert min(trial.score for trial in trials[:20]) == best


@st.composite
def spaces(draw: Any) -> Declare:
    """Up to three hyperparameters with up to four values, one of them under a condition."""
    counts = draw(st.lists(st.integers(1, 4), min_size=1, max_size=3))
    is_conditional = draw(st.booleans())

    def declare(hp: HyperParameters) -> None:
        for i, count in enumerate(counts[:2]):
            hp.Choice(f"c{i}", list("abcd"[:count]))
        if len(counts) == 3 and is_conditional:
            with hp.conditional_scope("c0", ["a"]):
                hp.Int("last", 1, counts[2])
        elif len(counts) == 3:
            hp.Float("last", 0.0, (counts[2] - 1) / 10, step=0.1)

    return declare


@settings(max_examples=8, deadline=None)
@given(spaces(), st.integers(0, 100), st.integers(1, 3), st.sampled_from(["ei", "ucb"]))
def test_no_configuration_comes_twice(declare, seed, workers, acquisition):
    oracle = BayesianOptimizationOracle(None, 10, 2, seed=seed, acquisition=acquisition)
    listed = search(RandomSearchOracle(None, 99, seed=0), declare, lambda values: 0.0, 99)
    trials = search(oracle, declare, lambda values: float(len(str(values))), 99, workers)
    assert len(trials) == len(listed)
    assert set(configurations(trials)) == set(configurations(listed))


def test_the_same_seed_gives_the_same_trials_and_another_others():
    def run(seed: int) -> list[tuple[Any, ...]]:
        oracle = BayesianOptimizationOracle(None, 8, 3, seed=seed)
        return configurations(search(oracle, branin_space, branin, 8))

    assert run(0) == run(0) != run(1)


def test_a_proposal_depends_on_the_trials_alone():
    trials = search(BayesianOptimizationOracle(None, 6, 3, seed=5), branin_space, branin, 6)
    anew = BayesianOptimizationOracle(None, 6, 3, seed=5)
    space = Space(anew.hyperparameters, branin_space)
    space.explore()
    proposed = anew.propose(5, space, trials[:5], anew.generator(5))
    assert proposed == trials[5].configuration


def test_trials_that_still_run_are_not_proposed_again_nor_their_surroundings():
    oracle = BayesianOptimizationOracle(None, 16, 6, seed=1)
    trials = search(oracle, branin_space, branin, 16, workers=5)
    points = np.array([list(trial.configuration.values()) for trial in trials[10:]]) / 15
    distance = np.linalg.norm(points[:, None] - points[None], axis=-1)[np.triu_indices(6, 1)]
    assert distance.min() > 0.02


def test_where_trials_fail_it_looks_no_more():
    def score(values: dict[str, Any]) -> float | None:
        return None if values["x"] > 2.5 else branin(values)

    trials = search(BayesianOptimizationOracle(None, 24, 8, seed=0), branin_space, score, 24)
    failed = [trial.status == TrialStatus.FAILED for trial in trials]
    assert sum(failed[:8]) >= 3
    assert sum(failed[8:]) <= 4
    assert min(trial.score for trial in trials if trial.is_completed) < 0.5


def test_as_long_as_nothing_works_it_tries_at_random():
    oracle = BayesianOptimizationOracle(None, 8, 2, seed=0)
    trials = search(oracle, branin_space, lambda values: None, 8)
    assert len(set(configurations(trials))) == 8


def test_a_large_score_can_be_the_good_one():
    up = BayesianOptimizationOracle("val_accuracy", 8, 4, seed=2)
    down = BayesianOptimizationOracle("val_loss", 8, 4, seed=2)
    trials = search(up, branin_space, lambda values: -branin(values), 8)
    assert configurations(trials) == configurations(search(down, branin_space, branin, 8))


@pytest.mark.parametrize(
    ("max_trials", "d", "given", "points"),
    [(10, 5, None, 3), (40, 5, None, 10), (100, 5, None, 10), (24, 5, None, 6), (None, 4, None, 8),
     (10, 5, 1, 1), (10, 5, 15, 15)],
)  # fmt: skip
def test_how_many_trials_are_random(max_trials, d, given, points):
    oracle = BayesianOptimizationOracle(None, max_trials, given)
    assert oracle.initial_points(d) == points


def test_a_space_without_anything_to_search_ends_after_one_trial():
    oracle = BayesianOptimizationOracle(None, 10, 1, seed=0)
    trials = search(oracle, lambda hp: hp.Fixed("epochs", 5), lambda values: 1.0, 10)
    assert configurations(trials) == [(("epochs", 5),)]


def test_what_is_not_to_be_tuned_keeps_its_default():
    hp = HyperParameters()
    hp.Float("x", -5.0, 10.0)
    oracle = BayesianOptimizationOracle(None, 8, 3, seed=0, hyperparameters=hp,
                                        tune_new_entries=False)  # fmt: skip
    trials = search(oracle, branin_space, branin, 8)
    assert {trial.configuration["y"] for trial in trials} == {0.0}
    assert len({trial.configuration["x"] for trial in trials}) == 8


def test_a_hyperparameter_that_a_trial_is_first_to_ask_for():
    def declare(hp: HyperParameters) -> None:
        if hp.Float("x", 0.0, 1.0) > 0.2:
            hp.Float("late", 0.0, 1.0)

    oracle = BayesianOptimizationOracle(None, 14, 3, seed=0)
    trials = search(oracle, declare, lambda v: (v.get("late", 2) - 0.3) ** 2 + v["x"], 14)
    assert any("late" in trial.configuration for trial in trials[:4])
    best = min(trials, key=lambda trial: trial.score)
    assert best.configuration["late"] > 0
    assert best.score < 0.4  # 2.89 and more without it


def test_a_mixed_space_of_names_steps_and_numbers():
    def declare(hp: HyperParameters) -> None:
        hp.Choice("kind", ["a", "b", "c"])
        hp.Int("units", 8, 4000, sampling="log")
        hp.Float("rate", 1e-4, 1.0, sampling="log")

    def loss(v: dict[str, Any]) -> float:
        off = math.log10(v["rate"] / 0.01) ** 2 + math.log10(v["units"] / 200) ** 2
        return off + {"a": 0.5, "b": 0.0, "c": 1.0}[v["kind"]]

    trials = search(BayesianOptimizationOracle(None, 20, seed=0), declare, loss, 20)
    best = min(trials, key=lambda trial: trial.score)
    assert best.configuration["kind"] == "b"
    assert best.score < 0.1


def test_outliers_are_drawn_in_and_failures_count_as_the_worst():
    trials = [Trial(HyperParameters(), number) for number in range(6)]
    for trial, score in zip(trials, [2.0, 1.0, None, 3.0, 1e6], strict=False):
        finish(trial, score)
    y = targets(trials, 1)
    expected = np.arcsinh((np.array([2, 1, 1e6, 3, 1e6]) - 3) / 2)
    np.testing.assert_allclose(y, expected)
    np.testing.assert_allclose(targets(trials[:2], -1), np.arcsinh([1, -1])[[0, 1]] * [-1, -1])
    for trial in trials[:2]:
        finish(trial, 7.0)
    np.testing.assert_array_equal(targets(trials[:2], 1), [0, 0])


def test_what_is_new_differs_in_something_that_a_trial_used():
    hp = HyperParameters()
    hp.Float("a", 0.0, 1.0)
    hp.Float("b", 0.0, 1.0)
    code = Encoding(Space(hp))
    trials = [Trial(hp.blank(), number) for number in range(2)]
    for trial, values in zip(trials, [{"a": 0.25}, {"a": 0.5, "b": 0.75}], strict=True):
        trial.hyperparameters.values = values
        finish(trial, 1.0)
    belief = Belief(code, trials, 1, 1e-4, 0)
    points = np.array([[0.25, 0.9], [0.5, 0.75], [0.5, 0.9], [0.9, 0.75]])
    np.testing.assert_array_equal(belief.new(points), points[2:])


@pytest.mark.parametrize(
    ("argument", "value", "message"),
    [
        ("num_initial_points", 0, "num_initial_points must be at least 1, got 0"),
        ("num_initial_points", 2.5, "num_initial_points must be a whole number, got 2.5"),
        ("alpha", 0, "alpha must be above 0 and below 1, got 0"),
        ("beta", -1, "beta must be at least 0, got -1"),
        ("acquisition", "uct", "acquisition must be one of 'ei', 'ucb', got 'uct'.*'ucb'"),
        ("max_trials", 0, "max_trials must be at least 1"),
    ],
)
def test_wrong_arguments_are_named(argument, value, message):
    with pytest.raises((TypeError, ValueError), match=message):
        BayesianOptimizationOracle(**{argument: value})


def test_without_scipy_no_search_begins(monkeypatch):
    monkeypatch.setattr("course.tuners.gaussian_process.find_spec", lambda name: None)
    with pytest.raises(ImportError, match="BayesianOptimization needs SciPy"):
        BayesianOptimizationOracle()


class Bowl(BayesianOptimization):
    """Declares its only hyperparameter while it runs."""

    def run_trial(self, trial: Trial, *args: Any, **kwargs: Any) -> float:
        return (trial.hyperparameters.Float("x", -2.0, 2.0) - 1) ** 2


def test_the_tuner_hands_its_arguments_on_and_searches(tmp_path):
    tuner = Bowl(
        max_trials=9, num_initial_points=3, alpha=1e-5, beta=2.0, seed=3, acquisition="ucb",
        directory=tmp_path,
    )  # fmt: skip
    oracle = tuner.oracle
    assert (oracle.num_initial_points, oracle.alpha, oracle.beta) == (3, 1e-5, 2.0)
    assert (oracle.acquisition, oracle.seed, oracle.max_trials) == ("ucb", 3, 9)
    tuner.search(verbose=0)
    trials = oracle.ordered_trials()
    assert len({trial.values["x"] for trial in trials}) == 9
    assert min(trial.score for trial in trials) < 0.01
