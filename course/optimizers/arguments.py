"""Arguments that all optimizers take: today's, the older spellings, and those of Keras alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from inspect import signature
from typing import Any

import numpy as np

from course import checks, older
from course.optimizers.schedules import InverseTimeDecay, LearningRateSchedule

COMMON = ("learning_rate", "weight_decay", "clipnorm", "global_clipnorm", "clipvalue", "name")
EPSILON = 1e-7

# What Keras' optimizers can do and these cannot. Keras' configs hold all of it, at these values.
UNSUPPORTED: dict[str, Any] = {
    "use_ema": False,
    "ema_momentum": 0.99,
    "ema_overwrite_frequency": None,
    "loss_scale_factor": None,
    "gradient_accumulation_steps": None,
}
INSTEAD = {
    "loss_scale_factor": "Leave it out: it serves 16-bit floats, which are not used here.",
    "gradient_accumulation_steps": "Leave it out and give fit a larger batch_size.",
}


def check_others(owner: str, others: Mapping[str, Any], own: tuple[str, ...]) -> None:
    """Refuse what is neither an older spelling nor an argument of Keras at its default."""
    known = {"lr", "decay"} | UNSUPPORTED.keys()
    checks.unknown_arguments(owner, sorted(others.keys() - known), [*COMMON, *own])
    for name, default in UNSUPPORTED.items():
        given = others.get(name, default)
        if given != default:
            raise ValueError(
                f"{name}={given!r} is not supported; only Keras' default, {default!r}, is. "
                f"{INSTEAD.get(name, 'Leave it out: weights are not averaged here.')}"
            )


def with_older(rate: Any, others: Mapping[str, Any]) -> Any:
    """Return the learning rate that ``lr=`` and ``decay=``, if given, ask for."""
    if "lr" in others:
        older.spelled("lr=", "learning_rate=")
        rate = others["lr"]
    if "decay" in others:
        older.spelled(
            "decay=", "learning_rate=InverseTimeDecay(lr, decay_steps=1, decay_rate=decay)"
        )
        if others["decay"]:
            rate = InverseTimeDecay(rate, decay_steps=1, decay_rate=others["decay"])
    return rate


def epsilon(value: float | None) -> float:
    """Return ε as a float above 0; None is the older spelling of the default."""
    if value is None:
        older.spelled("epsilon=None", f"epsilon={EPSILON:g}")
        return EPSILON
    return checks.number("epsilon", value, above=0)


def optional(name: str, value: float | None, **limits: float) -> float | None:
    """Return a number within `limits`, or None for None."""
    return None if value is None else checks.number(name, value, **limits)


def takes_nothing(rate: Callable[[], float]) -> None:
    """Refuse a learning rate that is a function of something."""
    try:
        signature(rate).bind()
    except TypeError as error:
        raise TypeError(
            f"learning_rate must be a function without arguments, got {rate!r}. For a rate that "
            "depends on the step write a LearningRateSchedule with __call__(self, step); on the "
            "epoch, use callbacks.LearningRateScheduler."
        ) from error
    except ValueError:
        pass  # the signature of a compiled function is not known


def scheduled(schedule: LearningRateSchedule, rate: Any) -> float:
    """Return the rate that a schedule, perhaps one of the user's own, gave for a step."""
    if type(rate) is float:
        return rate
    if isinstance(rate, np.ndarray) and rate.ndim == 0:
        rate = rate.item()
    return checks.number(f"What {type(schedule).__name__} returned", rate, 0)


def undecayed(variables: Any, names: Any) -> tuple[tuple[Any, ...], str | None]:
    """Return the variables, and one pattern for the names, that a weight decay passes over."""
    given = {"var_list": variables, "var_names": names}
    for argument, value in given.items():
        if isinstance(value, str) or not isinstance(value, Iterable | None):
            example = "[layer.kernel]" if argument == "var_list" else "['bias']"
            raise TypeError(f"{argument} must be a list such as {example}, got {value!r}.")
    variables, names = (tuple(value or ()) for value in given.values())
    if not all(hasattr(v, "assign") for v in variables):
        raise TypeError(f"var_list must hold variables such as layer.kernel, got {variables!r}.")
    if not all(isinstance(name, str) for name in names):
        raise TypeError(f"var_names must hold strings such as 'bias', got {names!r}.")
    pattern = "|".join(names) or None
    try:
        re.compile(pattern or "")
    except re.error as error:
        raise ValueError(f"var_names={list(names)} is no regular expression: {error}.") from error
    return variables, pattern


def one_clip(**clips: float | None) -> None:
    """Refuse two ways to clip."""
    given = [f"{name}={value}" for name, value in clips.items() if value is not None]
    if len(given) > 1:
        raise ValueError(f"Give at most one way to clip gradients, got {' and '.join(given)}.")


def from_keras(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return a config without what older files hold and nothing depends on."""
    idle = {"jit_compile", "is_legacy_optimizer"}
    if not config.get("decay", True):
        idle.add("decay")
    return {name: value for name, value in config.items() if name not in idle}
