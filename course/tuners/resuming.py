"""Whether a search that is on disk is the one that goes on now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from course.tuners.hyperparameters import RESERVED, HyperParameters
from course.tuners.oracle import Oracle
from course.tuners.space import Space
from course.tuners.trial import Trial

CONTINUED = f"{RESERVED}trial_id"
FIX = "Give overwrite=True to begin anew, or another project_name to keep both."


def check_identity(now: Mapping[str, Any], stored: Mapping[str, Any], place: str) -> None:
    """Refuse another strategy, objective or seed.

    Raises
    ------
    ValueError
        If one differs.
    """
    for name, value in now.items():
        if stored.get(name) != value:
            raise ValueError(
                f"The search in {place!r} has {name}={stored.get(name)!r:.200}, this one "
                f"{value!r}. {FIX}"
            )


def check_marks(oracle: Oracle, trials: Iterable[Trial], place: str) -> None:
    """Refuse a trial, to be run again, that would not be trained as this search trains it.

    Raises
    ------
    ValueError
        If its file says so.
    """
    for trial in trials:
        marks = {k: v for k, v in trial.values.items() if k.startswith(RESERVED) and k != CONTINUED}
        if not trial.has_ended and marks != oracle.marks(trial.number):
            raise ValueError(
                f"Trial {trial.trial_id} of the search in {place!r} was to run with "
                f"{marks!s:.200}, in this search it has {oracle.marks(trial.number)}. {FIX}"
            )


def check_space(
    space: Space,
    stored: HyperParameters,
    built: set[str],
    trials: Iterable[Trial],
    place: str,
) -> None:
    """Refuse another space: a range that changed, or a trial that asks for other names now.

    Each completed configuration is built once more, to see what the model asks for.

    Parameters
    ----------
    space : Space
        Explored already.
    stored : HyperParameters
        Those known when the search was written.
    built : set of str
        The names of those that building asked for.
    trials : iterable of Trial
        All on disk.
    place : str
        Where, for the errors.

    Raises
    ------
    ValueError
        If something changed; it is named.
    """
    for before in stored.space:
        now = space.known.find(before.name, before.conditions)
        if now is not None and not now.is_like(before):
            raise ValueError(
                f"The search in {place!r} has {before.name!r} as {before.described()}; it is "
                f"{now.described()} now. {FIX}"
            )
    space.learn(stored)
    space.built |= built
    for trial in trials:
        if trial.is_completed:
            _check_trial(space, trial, place)


def _check_trial(space: Space, trial: Trial, place: str) -> None:
    values = trial.configuration
    asked = space.walk(lambda parameter, before: values.get(parameter.name, parameter.default))
    # what only fit or run_trial declares, in an if or for maybe, is not known to be asked for
    sure = space.built | space.known.overriding
    for names, change in (
        ((asked.keys() & sure) - values.keys(), "asks for"),
        (values.keys() - asked.keys(), "no longer asks for"),
    ):
        if names:
            listed = ", ".join(map(repr, sorted(names)))
            raise ValueError(
                f"The space of the search in {place!r} changed: with the values of trial "
                f"{trial.trial_id} the model {change} {listed} now. {FIX}"
            )
