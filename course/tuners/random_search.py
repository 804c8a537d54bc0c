"""Random search: every trial a new random configuration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from course.tuners.hyperparameters import HyperParameters
from course.tuners.oracle import NOTHING, Answer, Oracle
from course.tuners.space import Space
from course.tuners.trial import Trial
from course.tuners.tried import Tried
from course.tuners.tuner import Tuner


class RandomSearchOracle(Oracle):
    """Proposes random configurations, none twice while there are others.

    Parameters
    ----------
    objective, max_trials, hyperparameters, allow_new_entries, tune_new_entries, seed, \
max_retries_per_trial, max_consecutive_failed_trials
        See :class:`~course.tuners.oracle.Oracle`.
    """

    def propose(
        self, number: int, space: Space, trials: Sequence[Trial], rng: np.random.Generator
    ) -> dict[str, Any] | Answer:
        tried = Tried((trial.configuration for trial in trials), space)
        if tried.all_done():
            return NOTHING
        return space.walk(lambda parameter, before: tried.draw(parameter, before, rng))


class RandomSearch(Tuner):
    """Searches at random.

    Each hyperparameter is drawn independently, as its `sampling` says, until the configuration
    is a new one; when all were tried, the search ends early. Where a few hyperparameters
    matter and others do not, random trials see more values of those that do than a grid does
    (Bergstra and Bengio, *Random search for hyper-parameter optimization*, JMLR 13, 2012).

    Unlike in KerasTuner, a hyperparameter that the model is first to ask for in some trial is
    drawn there, too, and none is drawn that a configuration does not use.

    Parameters
    ----------
    hypermodel : callable or HyperModel, optional
        ``hypermodel(hp)`` returns a compiled model. Not needed by a subclass whose `run_trial`
        does not use it.
    objective : str or Objective, optional
        ``'val_accuracy'``; None where a number to be minimised is returned.
    max_trials : int, default 10
        How many trials; None for as many as there are.
    seed : int, optional
        The same seed, 0 too, gives the same trials in the same order, however many workers.
    hyperparameters, tune_new_entries, allow_new_entries, max_retries_per_trial, \
max_consecutive_failed_trials
        See :class:`~course.tuners.oracle.Oracle`.
    **kwargs
        See :class:`~course.tuners.tuner.Tuner`: ``directory``, ``project_name``, ``overwrite``,
        ``executions_per_trial``, ...
    """

    def __init__(
        self,
        hypermodel: Any = None,
        objective: Any = None,
        max_trials: int | None = 10,
        seed: int | None = None,
        hyperparameters: HyperParameters | None = None,
        tune_new_entries: bool = True,
        allow_new_entries: bool = True,
        max_retries_per_trial: int = 0,
        max_consecutive_failed_trials: int = 3,
        **kwargs: Any,
    ) -> None:
        oracle = RandomSearchOracle(
            objective=objective,
            max_trials=max_trials,
            hyperparameters=hyperparameters,
            allow_new_entries=allow_new_entries,
            tune_new_entries=tune_new_entries,
            seed=seed,
            max_retries_per_trial=max_retries_per_trial,
            max_consecutive_failed_trials=max_consecutive_failed_trials,
        )
        super().__init__(oracle, hypermodel, **kwargs)
