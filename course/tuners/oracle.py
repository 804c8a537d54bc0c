"""Base of the search strategies: from the trials so far to the next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any
from zlib import crc32

import numpy as np

from course import checks, config
from course.tuners import objective as objectives
from course.tuners.hyperparameters import Chooser, HyperParameters
from course.tuners.kinds import HyperParameter
from course.tuners.space import Space
from course.tuners.trial import Trial


class Answer(Enum):
    """What an oracle says where it proposes no trial."""

    LATER = "nothing for this number yet; ask for the next"
    NOTHING = "nothing for this number or beyond while no running trial ends"


LATER, NOTHING = Answer.LATER, Answer.NOTHING


class Oracle:
    """Base class of the strategies.

    An oracle knows nothing of models and keeps no state of its own: what it proposes is a
    function of the number of the trial, the space, the trials so far and a seeded generator. So
    a search that is killed goes on from its trials on disk, and where a strategy looks at no
    results, the number of workers changes nothing.

    A strategy of your own gives :meth:`propose`.

    Parameters
    ----------
    objective : str, Objective or None
        What to make small or large; None for a number, to be minimised, that an own
        `run_trial` or `HyperModel.fit` returns.
    max_trials : int or None
        How many trials at most; None for as many as there are.
    hyperparameters : HyperParameters, optional
        Declared in advance; their ranges override those in the model-building function.
    allow_new_entries : bool, default True
        Whether the model may ask for others.
    tune_new_entries : bool, default True
        Whether those are searched; else they have their defaults.
    seed : int, optional
        The same seed, 0 too, gives the same trials. One is drawn where none is given.
    max_retries_per_trial : int, default 0
        How often a trial that raises or ends in NaN is run again, with another seed.
    max_consecutive_failed_trials : int, default 3
        After so many failures in a row the search ends with the last error.

    Attributes
    ----------
    trials : dict of str to Trial
        All trials by `trial_id`, in order.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range.
    """

    continues_trials = False

    def __init__(
        self,
        objective: Any = None,
        max_trials: int | None = None,
        hyperparameters: HyperParameters | None = None,
        allow_new_entries: bool = True,
        tune_new_entries: bool = True,
        seed: int | None = None,
        max_retries_per_trial: int = 0,
        max_consecutive_failed_trials: int = 3,
    ) -> None:
        self.objective = objectives.get(objective)
        if max_trials is not None:
            checks.integer("max_trials", max_trials, 1)
        if hyperparameters is not None and not isinstance(hyperparameters, HyperParameters):
            raise TypeError(f"hyperparameters must be HyperParameters, got {hyperparameters!r}.")
        config.generator(0 if seed is None else seed)  # says so if it is no seed
        self.max_trials, self.seed = max_trials, seed
        self.hyperparameters = hyperparameters or HyperParameters()
        self.allow_new_entries = checks.flag("allow_new_entries", allow_new_entries)
        self.tune_new_entries = checks.flag("tune_new_entries", tune_new_entries)
        self.max_retries_per_trial = checks.integer(
            "max_retries_per_trial", max_retries_per_trial, 0
        )
        self.max_consecutive_failed_trials = checks.integer(
            "max_consecutive_failed_trials", max_consecutive_failed_trials, 1
        )
        self.trials: dict[str, Trial] = {}

    @property
    def total(self) -> int | None:
        """How many trials there will be at most, or None where that is not known."""
        return self.max_trials

    def propose(
        self, number: int, space: Space, trials: Sequence[Trial], rng: np.random.Generator
    ) -> dict[str, Any] | Answer:
        """Return the values of a new trial.

        It is called with rising numbers, and for each again until there is a trial of that
        number; `max_trials` is seen to by the caller.

        Parameters
        ----------
        number : int
            That of the trial to be.
        space : Space
            Its `parameters`, and `walk`, which makes complete configurations.
        trials : sequence of Trial
            All so far by number, those that run still and those that failed included.
        rng : Generator
            Seeded from the seed of the search and `number`.

        Returns
        -------
        dict, LATER or NOTHING
            Values as `Space.walk` returns them. LATER where others must end first for this
            number; NOTHING where that holds for all numbers from this on, or all was tried.
        """
        raise NotImplementedError(f"{type(self).__name__} must define propose.")

    def marks(self, number: int) -> dict[str, Any]:
        """Return what :meth:`propose` adds to the values of a trial beside its hyperparameters.

        A search that goes on runs no trial with others: of ``'tuner/epochs'``, for one.
        """
        return {}

    def newcomer(self, number: int) -> Chooser:
        """Return what chooses the hyperparameters that trial `number` itself is first to declare.

        That can be only those of `HyperModel.fit` or `run_trial`: a random value, drawn by name.
        """
        return Draw((self.seed, number))

    def generator(self, number: int) -> np.random.Generator:
        """Return the generator of :meth:`propose` for a trial."""
        return config.generator(mixed(self.seed, number))

    def identity(self) -> dict[str, Any]:
        """Return what may not change when a search goes on."""
        return {
            "strategy": type(self).__name__,
            **self.objective.identity(),
            "seed": self.seed,
        }

    # -- trials --------------------------------------------------------------------------------

    def ordered_trials(self) -> list[Trial]:
        """Return all trials by number."""
        return sorted(self.trials.values(), key=lambda trial: trial.number)

    def get_trial(self, trial_id: str) -> Trial:
        """Return the trial of an id such as ``'0007'``."""
        if trial_id not in self.trials:
            raise KeyError(f"There is no trial {trial_id!r}; the last is {list(self.trials)[-1:]}.")
        return self.trials[trial_id]

    def get_best_trials(self, num_trials: int = 1) -> list[Trial]:
        """Return the best completed trials, the best first; of equal ones, the earlier."""
        checks.integer("num_trials", num_trials, 1)
        completed = [trial for trial in self.ordered_trials() if trial.is_completed]
        return sorted(completed, key=lambda t: self.objective.as_loss(t.score))[:num_trials]

    def remaining_trials(self) -> int | None:
        """Return how many trials `max_trials` leaves, or None without it."""
        ended = sum(trial.has_ended for trial in self.trials.values())
        return None if self.max_trials is None else max(0, self.max_trials - ended)

    def get_space(self) -> HyperParameters:
        """Return the declarations known so far."""
        return self.hyperparameters.copy()


class Draw:
    """Chooses random values, each from its name and a few whole numbers only.

    So it does not matter in which order, or in which process, they are asked for.
    """

    def __init__(self, entropy: tuple[int, ...]) -> None:
        self.entropy = entropy

    def __call__(self, parameter: HyperParameter, before: Mapping[str, Any]) -> Any:
        seed = mixed(*self.entropy, crc32(parameter.name.encode()))
        return parameter.from_unit(config.generator(seed).random())


def mixed(*numbers: int) -> int:
    """Return one seed for several whole numbers, such as that of a search and of a trial."""
    return int(np.random.SeedSequence(numbers).generate_state(1, np.uint64)[0])
