"""Grid search: every configuration, in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from course.tuners.hyperparameters import Chooser, HyperParameters, default_of
from course.tuners.oracle import NOTHING, Answer, Oracle
from course.tuners.space import Space
from course.tuners.trial import Trial
from course.tuners.tried import Tried
from course.tuners.tuner import Tuner


class GridSearchOracle(Oracle):
    """Proposes the first configuration, in the order of the grid, that is not tried yet.

    Parameters
    ----------
    objective, max_trials, hyperparameters, allow_new_entries, tune_new_entries, seed, \
max_retries_per_trial, max_consecutive_failed_trials
        See :class:`~course.tuners.oracle.Oracle`.
    """

    def propose(
        self, number: int, space: Space, trials: Sequence[Trial], rng: np.random.Generator
    ) -> dict[str, Any] | Answer:
        tried = Tried((trial.configuration for trial in trials), space, grid=True)
        return NOTHING if tried.all_done() else space.walk(tried.first)

    def newcomer(self, number: int) -> Chooser:
        return default_of


class GridSearch(Tuner):
    """Searches the whole grid.

    The hyperparameter that the model asks for last changes fastest; each begins with its
    default and goes on in the order of its values. What depends on others, in a conditional
    scope or in a plain ``if`` or ``for``, is varied where it is used, and nowhere else, so no
    model is trained twice.

    A `Float` without step, or an `Int` with logarithms and without step, has no finite list of
    values: the grid takes its default and ten more, evenly placed over the range as its
    sampling has it, as KerasTuner does. Give a `step` to have your own.

    Parameters
    ----------
    hypermodel : callable or HyperModel, optional
        ``hypermodel(hp)`` returns a compiled model; see :class:`RandomSearch`.
    objective : str or Objective, optional
        ``'val_accuracy'``; None where a number to be minimised is returned.
    max_trials : int, optional
        At most so many trials; the whole grid by default. A later search with more goes on.
    seed : int, optional
        For the training of the trials; their order does not depend on it.
    hyperparameters, tune_new_entries, allow_new_entries, max_retries_per_trial, \
max_consecutive_failed_trials
        See :class:`~course.tuners.oracle.Oracle`.
    **kwargs
        See :class:`~course.tuners.tuner.Tuner`.
    """

    def __init__(
        self,
        hypermodel: Any = None,
        objective: Any = None,
        max_trials: int | None = None,
        seed: int | None = None,
        hyperparameters: HyperParameters | None = None,
        tune_new_entries: bool = True,
        allow_new_entries: bool = True,
        max_retries_per_trial: int = 0,
        max_consecutive_failed_trials: int = 3,
        **kwargs: Any,
    ) -> None:
        oracle = GridSearchOracle(
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
