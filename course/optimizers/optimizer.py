"""What every optimizer has: a learning rate, decay and clipping, and a count of steps."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from numbers import Real
from typing import Any, ClassVar

import numpy as np

from course import checks, older
from course.optimizers import arguments, schedules
from course.optimizers.schedules import LearningRateSchedule

Rate = float | LearningRateSchedule | Callable[[], float]


class Optimizer:
    """Base class: an update rule over flat vectors.

    One step does, in this order: clip the gradients; decay the weights,
    ``w -= w * weight_decay * learning_rate``; update; project onto the constraints.

    Parameters
    ----------
    learning_rate : float, LearningRateSchedule or callable, default 0.001
        Above or equal to 0. A schedule is asked with the number of steps made so far; a
        callable is called without arguments. It can be read and set while training.
    weight_decay : float, optional
        Decoupled decay of the weights, at least 0.
    clipnorm, global_clipnorm, clipvalue : float, optional
        Longest norm of the gradient of each variable, or of all of them together, or largest
        size of each component. At most one of the three.
    name : str, optional
        By default the class name in lower case.
    **others
        Older spellings: ``lr`` for `learning_rate`, and ``decay``: the rate is then
        ``lr / (1 + decay * iterations)``. Keras' ``use_ema``, ``ema_momentum``,
        ``ema_overwrite_frequency``, ``loss_scale_factor`` and ``gradient_accumulation_steps``
        are not supported: they are accepted at Keras' defaults, which its files hold.

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
        **others: Any,
    ) -> None:
        arguments.check_others(type(self).__name__, others, self.hyperparameters)
        self.learning_rate = arguments.with_older(learning_rate, others)
        self.weight_decay = arguments.optional("weight_decay", weight_decay, minimum=0)
        self.clipnorm = arguments.optional("clipnorm", clipnorm, above=0)
        self.global_clipnorm = arguments.optional("global_clipnorm", global_clipnorm, above=0)
        self.clipvalue = arguments.optional("clipvalue", clipvalue, above=0)
        arguments.one_clip(clipnorm=clipnorm, global_clipnorm=global_clipnorm, clipvalue=clipvalue)
        self.name = checks.text("name", name, type(self).__name__.lower())
        self.iterations = 0
        self._undecayed: tuple[Any, ...] = ()
        self._undecayed_names: str | None = None

    def slots(self) -> dict[str, float]:
        """Names of the vectors that the rule remembers, with the value each starts from.

        Names and order are those of Keras.
        """
        return {}

    def slot_groups(self) -> list[list[str]]:
        """The slots in the order of Keras' ``optimizer.variables``.

        Keras lists the iterations, the learning rate where it is a number, then one group after
        another. A group goes through the trainable variables, and lists all its slots of one
        before the next: ``[["momentum", "velocity"], ["velocity_hat"]]`` stands for
        m₁, v₁, m₂, v₂, ..., v̂₁, v̂₂, ... At the end come the :meth:`scalars`.
        """
        return [list(self.slots())] if self.slots() else []

    def scalars(self) -> dict[str, float]:
        """Single numbers that Keras keeps after the slots; they follow from `iterations`."""
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

    def exclude_from_weight_decay(
        self, var_list: Iterable[Any] | None = None, var_names: Iterable[str] | None = None
    ) -> None:
        """Let `weight_decay` pass over some variables, from the next step on.

        Parameters
        ----------
        var_list : iterable of Variable, optional
            ``model.layers[0].weights``, for one.
        var_names : iterable of str, optional
            What their names contain: ``["bias", "gamma"]``. Regular expressions, as in Keras.

        Raises
        ------
        TypeError, ValueError
            If one of them is no list of its kind, or a name is no regular expression.
        """
        variables, names = arguments.undecayed(var_list, var_names)
        self._undecayed, self._undecayed_names = variables, names

    @property
    def decays_all(self) -> bool:
        """Whether no variable was excluded from the weight decay."""
        return not self._undecayed and self._undecayed_names is None

    def decays(self, variable: Any) -> bool:
        """Whether the weight decay is for this variable."""
        names = self._undecayed_names
        named = names is not None and re.search(names, variable.name)
        return not named and not any(variable is v for v in self._undecayed)

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
            arguments.takes_nothing(rate)
            self._rate = rate
        else:
            raise TypeError(
                "learning_rate must be a number, a schedule such as ExponentialDecay(...) or a "
                f"function without arguments, got {rate!r}."
            )

    @property
    def lr(self) -> float:
        """The older spelling of `learning_rate`."""
        older.spelled("optimizer.lr", "optimizer.learning_rate")
        return self.learning_rate

    @lr.setter
    def lr(self, rate: Rate) -> None:
        older.spelled("optimizer.lr", "optimizer.learning_rate")
        self.learning_rate = rate

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
            return arguments.scheduled(rate, rate(self.iterations))
        return checks.number("learning_rate", rate(), 0)

    def get_config(self) -> dict[str, Any]:
        """Return the constructor's arguments, those that only Keras has at their defaults.

        Where the rate is a function, its value now stands for it.
        """
        rate = self._rate if self.schedule is None else schedules.serialize(self._rate)
        common = {
            "name": self.name,
            "learning_rate": float(rate()) if callable(rate) else rate,
            "weight_decay": self.weight_decay,
            "clipnorm": self.clipnorm,
            "global_clipnorm": self.global_clipnorm,
            "clipvalue": self.clipvalue,
        }
        own = {name: getattr(self, name) for name in self.hyperparameters}
        return common | arguments.UNSUPPORTED | own

    @classmethod
    def from_config(
        cls, config: Mapping[str, Any], custom_objects: Mapping[str, type] | None = None
    ) -> Optimizer:
        """Make an optimizer from what :meth:`get_config`, here or in Keras, returned.

        Parameters
        ----------
        config : dict
            The constructor's arguments.
        custom_objects : dict of str to type, optional
            Schedules of one's own, by name.
        """
        config = arguments.from_keras(config)
        rate = config.get("learning_rate")
        if isinstance(rate, Mapping) and "class_name" in rate:
            config["learning_rate"] = schedules.deserialize(rate, custom_objects)
        return cls(**config)

    def __repr__(self) -> str:
        own = [f"learning_rate={self.learning_rate:g}"]
        own += [f"{name}={getattr(self, name)!r}" for name in self.hyperparameters]
        return f"{type(self).__name__}({', '.join(own)})"
