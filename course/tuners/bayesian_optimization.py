"""Bayesian optimization: measure where a Gaussian process expects most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course import checks
from course.tuners.acquisition import confidence_bound, expected_improvement, maximise
from course.tuners.belief import Belief
from course.tuners.encoding import Encoding
from course.tuners.gaussian_process import require_scipy
from course.tuners.hyperparameters import HyperParameters
from course.tuners.oracle import NOTHING, Answer, Oracle
from course.tuners.space import Space
from course.tuners.trial import Trial
from course.tuners.tried import Tried
from course.tuners.tuner import Tuner

ENUMERATED = 5000  # a space of no more configurations is looked at as a whole
CANDIDATES = 1000  # random ones, of a larger space
NEIGHBOURS = 40  # of each of the best points
BEST, ROUNDS = 5, 6  # points around which is searched first, and rounds after that
WALKS = 8  # of the most promising candidates, to see what they really are


class BayesianOptimizationOracle(Oracle):
    """Proposes the configuration that promises most, given what was measured so far.

    Parameters
    ----------
    objective, hyperparameters, allow_new_entries, tune_new_entries, max_retries_per_trial, \
max_consecutive_failed_trials
        See :class:`~course.tuners.oracle.Oracle`.
    max_trials, num_initial_points, alpha, beta, acquisition, seed
        See :class:`BayesianOptimization`.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.
    ImportError
        If SciPy is missing.
    """

    def __init__(
        self,
        objective: Any = None,
        max_trials: int | None = 10,
        num_initial_points: int | None = None,
        alpha: float = 1e-4,
        beta: float = 2.6,
        seed: int | None = None,
        hyperparameters: HyperParameters | None = None,
        allow_new_entries: bool = True,
        tune_new_entries: bool = True,
        max_retries_per_trial: int = 0,
        max_consecutive_failed_trials: int = 3,
        acquisition: str = "ei",
    ) -> None:
        require_scipy("BayesianOptimization")
        super().__init__(
            objective=objective,
            max_trials=max_trials,
            hyperparameters=hyperparameters,
            allow_new_entries=allow_new_entries,
            tune_new_entries=tune_new_entries,
            seed=seed,
            max_retries_per_trial=max_retries_per_trial,
            max_consecutive_failed_trials=max_consecutive_failed_trials,
        )
        if num_initial_points is not None:
            checks.integer("num_initial_points", num_initial_points, 1)
        self.num_initial_points = num_initial_points
        self.alpha = checks.number("alpha", alpha, above=0, below=1)
        self.beta = checks.number("beta", beta, 0)
        self.acquisition = checks.one_of("acquisition", acquisition, ("ei", "ucb"))

    def propose(
        self, number: int, space: Space, trials: Sequence[Trial], rng: np.random.Generator
    ) -> dict[str, Any] | Answer:
        tried = Tried((trial.configuration for trial in trials), space)
        if tried.all_done():
            return NOTHING
        encoding, values = Encoding(space), None
        d, completed = int(encoding.is_searched.sum()), sum(t.is_completed for t in trials)
        if d and completed > 1 and number >= self.initial_points(d):
            seed = int(rng.integers(2**32))
            belief = Belief(encoding, trials, self.objective.sign, self.alpha, seed)
            values = self._most_promising(belief, encoding, tried, rng)
        return values or space.walk(lambda p, before: tried.draw(p, before, rng))

    def initial_points(self, d: int) -> int:
        """Return how many random trials come first, for `d` hyperparameters."""
        if self.num_initial_points is not None:
            return self.num_initial_points
        return max(3, 2 * d if self.max_trials is None else min(2 * d, self.max_trials // 4))

    def _most_promising(
        self, belief: Belief, encoding: Encoding, tried: Tried, rng: np.random.Generator
    ) -> dict[str, Any] | None:
        """Return the new configuration of the highest acquisition, or None if none was found."""

        def near(points: np.ndarray, radius: float) -> np.ndarray:
            return belief.new(encoding.neighbours(points, radius, NEIGHBOURS, rng))

        def promise(points: np.ndarray) -> np.ndarray:
            return self._promise(belief, points)

        candidates, rounds = encoding.everything(ENUMERATED), 0
        if candidates is None:
            best = belief.points[:BEST]
            candidates = [encoding.random(CANDIDATES, rng), near(best, 0.1), near(best, 0.01)]
            candidates, rounds = np.concatenate(candidates), ROUNDS
        ranking = maximise(promise, belief.new(candidates), near, rounds)
        return _first_new(ranking, promise, encoding, tried, rng)

    def _promise(self, belief: Belief, points: np.ndarray) -> np.ndarray:
        mean, std = belief(points)
        if self.acquisition == "ucb":
            return confidence_bound(mean, std, self.beta)
        # Where no improvement is to be expected any more, what is known least.
        return expected_improvement(mean, std, belief.best) + 1e-12 * std


def _first_new(
    ranking: np.ndarray,
    promise: Callable[[np.ndarray], np.ndarray],
    encoding: Encoding,
    tried: Tried,
    rng: np.random.Generator,
) -> dict[str, Any] | None:
    """Return the best of the first candidates, as the model asks for them.

    A candidate may have values that its model does not ask for (the units of a third layer where
    there are two); what it promises is then counted again without them.
    """
    found: list[tuple[float, int, dict[str, Any]]] = []
    for i in range(WALKS):
        if not len(ranking):
            break
        values = encoding.space.walk(encoding.chooser(ranking[0], rng))
        point, used = encoding.encode(values)
        if values not in tried:
            found.append((float(promise(point[None])[0]), -i, values))
            if np.allclose(point, ranking[0], rtol=0, atol=1e-9):
                break  # it is what it promised to be, and the others promise less
        others = ranking[1:]
        ranking = others[(others[:, used] != point[used]).any(axis=1)]
    return max(found)[2] if found else None


class BayesianOptimization(Tuner):
    """Searches where a Gaussian process, fitted to the trials so far, expects most.

    After a few random trials, each new one is the configuration that promises most: one that is
    likely good, or of which little is known. No configuration is tried twice while there are
    others. Trials that still run count with the result that is expected of them, and one that
    failed as the worst that did not.

    Booleans, texts and choices without an order are equally far from each other; hyperparameters
    that are not active, or not asked for, stand at their default. Unlike in KerasTuner the kernel
    has a length scale for each hyperparameter, more noise than `alpha` is learned from the trials,
    only what can be reached is proposed, and expected improvement, which has no `beta` to choose,
    is the default; ``benchmarks/bayesian.py`` compares it with the other and with random search.
    It needs SciPy.

    Parameters
    ----------
    hypermodel : callable or HyperModel, optional
        ``hypermodel(hp)`` returns a compiled model. Not needed by a subclass whose `run_trial`
        does not use it.
    objective : str or Objective, optional
        ``'val_accuracy'``; None where a number to be minimised is returned.
    max_trials : int, default 10
        How many trials; None for as many as there are.
    num_initial_points : int, optional
        Trials before the first that looks at results. By default twice the number of
        hyperparameters, but at most a quarter of `max_trials`, and at least three; KerasTuner
        takes three times their number, which may leave nothing of ten trials.
    alpha : float, default 1e-4
        Least variance of the noise in the scores, as a share of their variance; more is learned
        from the trials.
    beta : float, default 2.6
        For ``acquisition='ucb'``: standard deviations of hope; larger explores more.
    acquisition : {'ei', 'ucb'}
        Expected improvement, or the confidence bound that KerasTuner uses.
    seed : int, optional
        The same seed, 0 too, gives the same trials when they run one after another; in parallel
        each proposal depends on which have ended.
    hyperparameters, tune_new_entries, allow_new_entries, max_retries_per_trial, \
max_consecutive_failed_trials
        See :class:`~course.tuners.oracle.Oracle`.
    **kwargs
        See :class:`~course.tuners.tuner.Tuner`: ``directory``, ``project_name``, ``overwrite``,
        ``executions_per_trial``, ...

    References
    ----------
    Snoek, Larochelle & Adams (2012), Practical Bayesian Optimization of Machine Learning
    Algorithms. Jones, Schonlau & Welch (1998), Efficient Global Optimization of Expensive
    Black-Box Functions.
    """

    def __init__(
        self,
        hypermodel: Any = None,
        objective: Any = None,
        max_trials: int | None = 10,
        num_initial_points: int | None = None,
        alpha: float = 1e-4,
        beta: float = 2.6,
        seed: int | None = None,
        hyperparameters: HyperParameters | None = None,
        tune_new_entries: bool = True,
        allow_new_entries: bool = True,
        max_retries_per_trial: int = 0,
        max_consecutive_failed_trials: int = 3,
        acquisition: str = "ei",
        **kwargs: Any,
    ) -> None:
        oracle = BayesianOptimizationOracle(
            objective=objective,
            max_trials=max_trials,
            num_initial_points=num_initial_points,
            alpha=alpha,
            beta=beta,
            seed=seed,
            hyperparameters=hyperparameters,
            allow_new_entries=allow_new_entries,
            tune_new_entries=tune_new_entries,
            max_retries_per_trial=max_retries_per_trial,
            max_consecutive_failed_trials=max_consecutive_failed_trials,
            acquisition=acquisition,
        )
        super().__init__(oracle, hypermodel, **kwargs)
