"""What every optimizer has: a learning rate, decay and clipping, and a count of steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from numbers import Real
from typing import Any, ClassVar

import numpy as np

from course import checks, older
from course.optimizers import schedules
from course.optimizers.schedules import InverseTimeDecay, LearningRateSchedule

Rate = float | LearningRateSchedule | Callable[[], float]


class Optimizer:
    """Base class: an update rule over flat vectors.

    One step does, in this order: clip the gradients; decay the weights,
    ``w -= w * weight_decay * learning_rate``; update; project onto the constraints.

    Parameters
    ----------
    learning_rate : float, LearningRateSchedule or callable
        Above or equal to 0. A schedule is asked with the number of steps made so far; a
        callable is called without arguments. It can be read and set while training.
    weight_decay : float, optional
        Decoupled decay of the weights, at least 0.
    clipnorm, global_clipnorm, clipvalue : float, optional
        Longest norm of the gradient of each variable, or of all of them together, or largest
        size of each component. At most one of the three.
    name : str, optional
        By default the class name in lower case.
    **older
        ``lr`` for `learning_rate`, and ``decay``: the rate is then
        ``lr / (1 + decay * iterations)``.

    Attributes
    ----------
    iterations : int
        Steps made so far.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind or out of range, or two kinds of clipping are given.

    Notes
    -----
    A subclass gives `update`, and `slots` where it remembers something::

        class SignDescent(Optimizer):
            def update(self, w, g, slots, lr, t):
                w -= lr * np.sign(g)

    `update` is given blocks of the vectors, so it must work element by element.
    """

    hyperparameters: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        learning_rate: Rate = 0.001,
        *,
        weight_decay: float | None = None,
        clipnorm: float | None = None,
        global_clipnorm: float | None = None,
        clipvalue: float | None = None,
        name: str | None = None,
        **older_spellings: float,
    ) -> None:
        self.learning_rate = _with_older(type(self).__name__, learning_rate, older_spellings)
        self.weight_decay = _optional("weight_decay", weight_decay, minimum=0)
        self.clipnorm = _optional("clipnorm", clipnorm, above=0)
        self.global_clipnorm = _optional("global_clipnorm", global_clipnorm, above=0)
        self.clipvalue = _optional("clipvalue", clipvalue, above=0)
        self.name = name or type(self).__name__.lower()
        self.iterations = 0
        clips = {"clipnorm": clipnorm, "global_clipnorm": global_clipnorm, "clipvalue": clipvalue}
        given = [f"{name}={value}" for name, value in clips.items() if value is not None]
        if len(given) > 1:
            raise ValueError(f"Give at most one way to clip gradients, got {' and '.join(given)}.")

    def slots(self) -> dict[str, float]:
        """Names of the vectors that the rule remembers, with the value each starts from."""
        return {}

    def update(
        self, w: np.ndarray, g: np.ndarray, slots: dict[str, np.ndarray], lr: float, t: int
    ) -> None:
        """Move the weights `w` in place; `g` is left as it is.

        Parameters
        ----------
        w, g : ndarray of shape (n,)
            Weights, and the gradient of the loss with respect to them.
        slots : dict of str to ndarray of shape (n,)
            The vectors named by :meth:`slots`, changed in place.
        lr : float
            The learning rate of this step.
        t : int
            The number of this step, from 1.
        """
        raise NotImplementedError(f"{type(self).__name__} must define update(w, g, slots, lr, t).")

    @property
    def learning_rate(self) -> Any:
        """The rate of the next step; set it to a number, a schedule or a callable."""
        return self.current_learning_rate()

    @learning_rate.setter
    def learning_rate(self, rate: Rate) -> None:
        if isinstance(rate, LearningRateSchedule | Mapping):
            self._rate = schedules.get(rate)
        elif isinstance(rate, Real | np.ndarray) and np.ndim(rate) == 0:
            self._rate = checks.number("learning_rate", np.asarray(rate).item(), 0)
        elif callable(rate) and not isinstance(rate, type):
            self._rate = rate
        else:
            raise TypeError(
                "learning_rate must be a number, a schedule such as ExponentialDecay(...) or a "
                f"function without arguments, got {rate!r}."
            )

    @property
    def schedule(self) -> LearningRateSchedule | None:
        """The schedule behind the learning rate, or None."""
        return self._rate if isinstance(self._rate, LearningRateSchedule) else None

    def current_learning_rate(self) -> float:
        """Return the rate of the next step as a float."""
        rate = self._rate
        if type(rate) is float:
            return rate
        if isinstance(rate, LearningRateSchedule):
            return float(rate(self.iterations))
        return checks.number("learning_rate", rate(), 0)

    def get_config(self) -> dict[str, Any]:
        """Return the constructor's arguments."""
        rate = self._rate
        if isinstance(rate, LearningRateSchedule):
            rate = schedules.serialize(rate)
        common = {
            "name": self.name,
            "learning_rate": float(rate()) if callable(rate) else rate,
            "weight_decay": self.weight_decay,
            "clipnorm": self.clipnorm,
            "global_clipnorm": self.global_clipnorm,
            "clipvalue": self.clipvalue,
        }
        return common | {name: getattr(self, name) for name in self.hyperparameters}

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Optimizer:
        """Make an optimizer from what :meth:`get_config` returned."""
        return cls(**config)

    def __repr__(self) -> str:
        own = [f"learning_rate={self.learning_rate:g}"]
        own += [f"{name}={getattr(self, name)!r}" for name in self.hyperparameters]
        return f"{type(self).__name__}({', '.join(own)})"


def _with_older(owner: str, rate: Rate, given: dict[str, float]) -> Rate:
    """Return the learning rate that ``lr=`` and ``decay=``, if given, ask for."""
    checks.unknown_arguments(owner, set(given) - {"lr", "decay"}, ["learning_rate", "weight_decay"])
    if "lr" in given:
        older.spelled("lr=", "learning_rate=")
        rate = given["lr"]
    if "decay" in given:
        older.spelled(
            "decay=", "learning_rate=InverseTimeDecay(lr, decay_steps=1, decay_rate=decay)"
        )
        if given["decay"]:
            rate = InverseTimeDecay(rate, decay_steps=1, decay_rate=given["decay"])
    return rate


def _optional(name: str, value: float | None, **limits: float) -> float | None:
    return None if value is None else checks.number(name, value, **limits)
