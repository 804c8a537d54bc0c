"""From what a training returns to one score."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite, nan
from numbers import Real
from statistics import fmean
from typing import Any, NamedTuple

import numpy as np

from course.tuners.errors import FatalError
from course.tuners.objective import DEFAULT, Objective


class Result(NamedTuple):
    """The score of a training, all that was measured with it, and the epoch it is from."""

    score: float
    metrics: dict[str, float]
    best_step: int


def judge(returned: Any, objective: Objective, where: str = "run_trial") -> Result:
    """Return the result for a number, a dict, a `History`, or a list of them (their mean).

    Parameters
    ----------
    returned : float, dict, History or list
        What `run_trial` or `HyperModel.fit` returned.
    objective : Objective
        What to look for; of a History the best epoch counts.
    where : str
        Who returned it, for the errors.

    Raises
    ------
    FatalError
        If it is something else, or the objective is not in it.
    """
    if isinstance(returned, list | tuple) and returned:
        return _mean([judge(one, objective, where) for one in returned])
    if isinstance(returned, np.ndarray) and returned.ndim == 0:
        returned = returned.item()
    if isinstance(returned, Real) and not isinstance(returned, bool):
        return Result(float(returned), {objective.name: float(returned)}, 0)
    if isinstance(returned, Mapping):
        returned = objective.completed(returned)
        check_has(objective, returned, where)
        return Result(float(returned[objective.name]), single(returned), 0)
    if isinstance(getattr(returned, "history", None), Mapping):
        return _of_history(returned, objective)
    hint = " Is a `return` missing?" if returned is None else ""
    raise FatalError(
        f"{where} must return a number, a dict, a History or a list of them, got {returned!r}."
        f"{hint}"
    )


def _of_history(returned: Any, objective: Objective) -> Result:
    if not returned.epoch:
        raise FatalError("The training had no epoch: give search epochs of at least 1.")
    history = objective.completed_history(returned.history)
    check_has(objective, history, "the History")
    place = best_epoch(history[objective.name], objective)
    # with validation_freq above 1 some lists are shorter: the last of so many epochs has a value
    every = len(returned.epoch) // len(history[objective.name])
    epoch = (place + 1) * every - 1
    metrics = single(
        {
            key: values[epoch if len(values) == len(returned.epoch) else place]
            for key, values in history.items()
        }
    )
    score = nan if diverged(history, objective) else metrics[objective.name]
    return Result(score, metrics, int(returned.epoch[epoch]))


def single(logs: Mapping[str, Any]) -> dict[str, float]:
    """Return those of the logs that are one number: a trial keeps no score of each class."""
    return {key: float(value) for key, value in logs.items() if isinstance(value, Real)}


def best_epoch(values: list[float], objective: Objective) -> int:
    """Return the place of the best of `values`, the first of equal ones; NaN never is."""
    places = [i for i, value in enumerate(values) if isfinite(value)]
    return min(places, key=lambda i: objective.as_loss(values[i])) if places else 0


def diverged(history: Mapping[str, list[float]], objective: Objective) -> bool:
    """Whether the objective or a loss ended in NaN or infinity."""
    ends = [history.get(key) for key in (objective.name, "loss", "val_loss")]
    return any(values and not isfinite(values[-1]) for values in ends)


def _mean(results: list[Result]) -> Result:
    shared = set.intersection(*(set(result.metrics) for result in results))
    metrics = {
        key: fmean(result.metrics[key] for result in results)
        for key in results[0].metrics
        if key in shared
    }
    steps = fmean(result.best_step for result in results)
    return Result(fmean(result.score for result in results), metrics, int(steps))


def check_has(objective: Objective, found: Mapping[str, Any], where: str) -> None:
    """Refuse results without the objective, naming what there is.

    Raises
    ------
    FatalError
        If it is not there, or is several numbers.
    """
    value = found.get(objective.name)
    if isinstance(value, np.ndarray):
        raise FatalError(
            f"The objective {objective.name!r} must be one number, but {where} has {value}. "
            "F1Score(average='macro') gives one."
        )
    missing = objective.missing_in(found)
    if missing is not None:
        keys = ", ".join(found) or "nothing"
        hint = ""
        if missing.startswith("val_") and not any(k.startswith("val_") for k in found):
            hint = " Give search validation_data, validation_split or cv."
        if objective.name == DEFAULT:
            hint = " Give the tuner an objective, such as 'val_loss', or return a number."
        raise FatalError(f"The objective {missing!r} is not in what {where} has: {keys}.{hint}")
