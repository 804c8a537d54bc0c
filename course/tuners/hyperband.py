"""Hyperband: many configurations for few epochs, the best of them for more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from course import checks
from course.tuners.brackets import Round, schedule
from course.tuners.hyperparameters import HyperParameters
from course.tuners.oracle import LATER, NOTHING, Answer, Oracle
from course.tuners.space import Space
from course.tuners.trial import Trial
from course.tuners.tried import Tried
from course.tuners.tuner import Tuner


class HyperbandOracle(Oracle):
    """Proposes the trials of all brackets; the number of a trial says which round it is in.

    Adds to the values of a trial ``'tuner/epochs'``, the number of its last epoch,
    ``'tuner/initial_epoch'``, ``'tuner/bracket'``, ``'tuner/round'`` and, where it continues
    another trial, that one's ``'tuner/trial_id'``.

    Parameters
    ----------
    objective, max_epochs, factor, hyperband_iterations
        See :class:`Hyperband`.
    **kwargs
        See :class:`~course.tuners.oracle.Oracle`.

    Attributes
    ----------
    brackets : list of list of Round
        All brackets of all iterations in their order.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.
    """

    continues_trials = True

    def __init__(
        self,
        objective: Any = None,
        max_epochs: int = 100,
        factor: int = 3,
        hyperband_iterations: int = 1,
        **kwargs: Any,
    ) -> None:
        super().__init__(objective, **kwargs)
        self.max_epochs = checks.integer("max_epochs", max_epochs, 1)
        self.factor = checks.integer("factor", factor, 2)
        self.hyperband_iterations = checks.integer("hyperband_iterations", hyperband_iterations, 1)
        self.brackets: list[list[Round]] = []
        for _ in range(self.hyperband_iterations):
            first = self.brackets[-1][-1].numbers.stop if self.brackets else 0
            self.brackets += schedule(self.max_epochs, self.factor, first)

    @property
    def total(self) -> int:
        return self.brackets[-1][-1].numbers.stop

    def identity(self) -> dict[str, Any]:
        return super().identity() | {"max_epochs": self.max_epochs, "factor": self.factor}

    def propose(
        self, number: int, space: Space, trials: Sequence[Trial], rng: np.random.Generator
    ) -> dict[str, Any] | Answer:
        rounds = self._rounds(number)
        if not rounds:
            return NOTHING
        if len(rounds) == 1:
            return self._new(number, rounds[0], space, trials, rng)
        return self._promoted(number, rounds, {trial.number: trial for trial in trials})

    def _rounds(self, number: int) -> list[Round]:
        """Return the round of a trial and those before it, the first round first."""
        for bracket in self.brackets:
            for i, round_ in enumerate(bracket):
                if number in round_.numbers:
                    return bracket[: i + 1]
        return []

    def marks(self, number: int) -> dict[str, Any]:
        rounds = self._rounds(number)
        if not rounds:
            return {}
        return {
            "tuner/epochs": rounds[-1].epochs,
            "tuner/initial_epoch": rounds[-2].epochs if len(rounds) > 1 else 0,
            "tuner/bracket": rounds[-1].bracket,
            "tuner/round": rounds[-1].index,
        }

    def _new(
        self,
        number: int,
        round_: Round,
        space: Space,
        trials: Sequence[Trial],
        rng: np.random.Generator,
    ) -> dict[str, Any] | Answer:
        """Return a random configuration: a new one, or at least one new to the bracket."""
        for others in (trials, [t for t in trials if t.number in round_.numbers]):
            tried = Tried((trial.configuration for trial in others), space)
            if not tried.all_done():
                values = space.walk(lambda p, before, tried=tried: tried.draw(p, before, rng))
                return values | self.marks(number)
        return LATER  # the bracket is complete with fewer trials

    def _promoted(
        self, number: int, rounds: list[Round], by_number: dict[int, Trial]
    ) -> dict[str, Any] | Answer:
        now = rounds[-1]
        survivors = self.survivors(rounds[:-1], now.size, by_number)
        place = number - now.first
        if survivors is None or place >= len(survivors):
            return LATER
        parent = survivors[place]
        return parent.configuration | self.marks(number) | {"tuner/trial_id": parent.trial_id}

    def survivors(
        self, rounds: Sequence[Round], size: int, by_number: dict[int, Trial]
    ) -> list[Trial] | None:
        """Return the best `size` completed trials of the last of `rounds`, the best first.

        None where that round is not over.
        """
        *earlier, last = rounds
        entrants = [by_number[n] for n in last.numbers if n in by_number]
        if earlier:
            promoted = self.survivors(earlier, last.size, by_number)
            if promoted is None or len(entrants) < len(promoted):
                return None
        if not all(trial.has_ended for trial in entrants):
            return None
        return self._best(entrants)[:size]

    def _best(self, trials: Iterable[Trial]) -> list[Trial]:
        completed = (trial for trial in trials if trial.is_completed)
        return sorted(completed, key=lambda t: (self.objective.as_loss(t.score), t.number))


class Hyperband(Tuner):
    """Gives most epochs to those that do best with few.

    With ``max_epochs=9`` and ``factor=3`` nine configurations train for 1 epoch, the best three
    of them go on to 3 epochs, the best of those to 9; then five train for 3 epochs and the best
    of them to 9; then three for 9. See :func:`schedule` for the arithmetic, which is the paper's;
    KerasTuner rounds the number of survivors up, and takes logarithms in floating point.

    A trial that is promoted goes on with its own weights as they were after its last epoch, with
    the optimizer's state and the random numbers: without callbacks that remember, its weights
    equal those of one uninterrupted training bit for bit. Callbacks are new in each round, and
    its score is the best epoch of its own round.

    Rounds run in parallel, and while one waits for its last trials the next bracket starts.
    ``epochs`` is not given to `search`; the search sets it.

    Parameters
    ----------
    hypermodel : callable or HyperModel, optional
        ``hypermodel(hp)`` returns a compiled model; see :class:`RandomSearch`.
    objective : str or Objective, optional
        ``'val_accuracy'``; None where a number to be minimised is returned.
    max_epochs : int, default 100
        R, the most epochs of one configuration.
    factor : int, default 3
        η: one in so many is promoted, and trained for so many times as long.
    hyperband_iterations : int, default 1
        How often all brackets are run, each time with new configurations.
    seed : int, optional
        The same seed gives the same trials with the same numbers, however many workers.
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
        max_epochs: int = 100,
        factor: int = 3,
        hyperband_iterations: int = 1,
        seed: int | None = None,
        hyperparameters: HyperParameters | None = None,
        tune_new_entries: bool = True,
        allow_new_entries: bool = True,
        max_retries_per_trial: int = 0,
        max_consecutive_failed_trials: int = 3,
        **kwargs: Any,
    ) -> None:
        oracle = HyperbandOracle(
            objective=objective,
            max_epochs=max_epochs,
            factor=factor,
            hyperband_iterations=hyperband_iterations,
            hyperparameters=hyperparameters,
            allow_new_entries=allow_new_entries,
            tune_new_entries=tune_new_entries,
            seed=seed,
            max_retries_per_trial=max_retries_per_trial,
            max_consecutive_failed_trials=max_consecutive_failed_trials,
        )
        super().__init__(oracle, hypermodel, **kwargs)
