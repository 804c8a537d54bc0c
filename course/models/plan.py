"""How long a training is to be, in which steps, and how often it is judged."""

from __future__ import annotations

from typing import Any, NamedTuple

from course import checks
from course.models.evaluation import evaluation_batch, steps_asked, verbosity


class Plan(NamedTuple):
    """What `fit` was asked for, checked.

    Attributes
    ----------
    epochs : range
        The numbers of the epochs, from 0.
    batch_size : int
    steps : int or None
        Of an epoch; None for once through the data.
    judged : tuple (batch_size, steps)
        The same for validation.
    validate_every : int
        So many epochs.
    verbose : int
    """

    epochs: range
    batch_size: int
    steps: int | None
    judged: tuple[int, int | None]
    validate_every: int
    verbose: int


def checked_plan(
    batch_size: Any,
    epochs: Any,
    verbose: Any,
    initial_epoch: Any,
    steps_per_epoch: Any,
    validation_steps: Any,
    validation_batch_size: Any,
    validation_freq: Any,
) -> Plan:
    """Return the plan of a training; the arguments are those of `Model.fit`.

    Raises
    ------
    TypeError, ValueError
        If one of them is no number of its kind.
    """
    size = checks.integer("batch_size", 32 if batch_size is None else batch_size, 1)
    last = checks.integer("epochs", epochs, 0)
    first = checks.integer("initial_epoch", initial_epoch, 0)
    every = checks.integer("validation_freq", validation_freq, 1)
    steps = steps_asked("steps_per_epoch", steps_per_epoch)
    judged_steps = steps_asked("validation_steps", validation_steps)
    judged_size = evaluation_batch(
        "validation_batch_size", validation_batch_size, judged_steps, size
    )
    return Plan(
        range(first, last), size, steps, (judged_size, judged_steps), every, verbosity(verbose)
    )
