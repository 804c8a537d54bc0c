"""The weights of a layer: made, listed, frozen, read and set."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from math import prod
from numbers import Real
from typing import Any

import numpy as np

from course import checks, config, constraints, initializers, regularizers
from course.engine import hollow
from course.engine.variable import Variable

LARGEST = sys.maxsize // 8  # numbers that an array can hold


class Weights:
    """The part of a layer that holds variables, its own and those of the layers inside it."""

    name: str
    built: bool
    _trainable: bool
    _variables: list[Variable]

    def add_weight(
        self,
        name: str,
        shape: tuple[int, ...],
        initializer: Any = "glorot_uniform",
        *,
        regularizer: Any = None,
        constraint: Any = None,
        trainable: bool = True,
    ) -> Variable:
        """Make a weight of this layer.

        Parameters
        ----------
        name : str
            ``'kernel'``, ``'bias'``, ...
        shape : tuple of int
            Its shape.
        initializer, regularizer, constraint : str or object, optional
            See their packages.
        trainable : bool, default True
            False for a statistic that no gradient moves.
        """
        initializer = initializers.get(initializer)
        if hollow.are_hollow():
            variable = hollow.hollow_variable(shape, config.floatx(), name, trainable)
        else:
            with _telling_what_it_is_for(f"weight {name!r} of layer {self.name!r}", shape):
                value = initializer(shape, config.floatx())
            variable = Variable(value, name, trainable=trainable)
        variable.regularizer = regularizers.get(regularizer)
        variable.constraint = constraints.get(constraint)
        if not hollow.are_hollow():
            _check_regularizer(variable)
            _check_constraint(variable)
        self._variables.append(variable)
        return variable

    @property
    def sublayers(self) -> list[Any]:
        """The layers inside this one; none, unless it is a model."""
        return []

    @property
    def weights(self) -> list[Variable]:
        """All variables, statistics included, in the order of `get_weights`."""
        return self._variables + _distinct(v for s in self.sublayers for v in s.weights)

    variables = weights

    @property
    def trainable_weights(self) -> list[Variable]:
        """The variables that a gradient moves now; none where the layer is frozen."""
        if not self.trainable:
            return []
        own = [v for v in self._variables if v.trainable]
        return own + _distinct(v for s in self.sublayers for v in s.trainable_weights)

    trainable_variables = trainable_weights

    @property
    def non_trainable_weights(self) -> list[Variable]:
        """The variables that no gradient moves now: statistics, and all where frozen."""
        moving = set(self.trainable_weights)
        return [v for v in self.weights if v not in moving]

    non_trainable_variables = non_trainable_weights

    @property
    def trainable(self) -> bool:
        """Whether training moves the weights. Setting it reaches the layers inside, too."""
        return self._trainable

    @trainable.setter
    def trainable(self, value: bool) -> None:
        self._trainable = checks.flag("trainable", value)
        for layer in self.sublayers:
            layer.trainable = value
        for v in self._variables:
            v.owner = None  # every model that trains it lays its vectors out anew

    def get_weights(self) -> list[np.ndarray]:
        """Return copies of the values of all weights."""
        return [v.numpy() for v in self.weights]

    def set_weights(self, weights: list[Any]) -> None:
        """Copy `weights`, ordered as :meth:`get_weights` returns them, into the layer.

        Raises
        ------
        TypeError, ValueError
            If they hold no numbers, or their number or a shape does not fit; nothing is changed
            then.
        """
        if not isinstance(weights, Iterable):
            raise TypeError(f"set_weights takes a list of arrays, got {weights!r}.")
        dtype = config.floatx() if not self.weights else self.weights[0].dtype
        arrays = [checks.fitting(f"weights[{i}]", w, dtype) for i, w in enumerate(weights)]
        variables = self.weights
        given, expected = [a.shape for a in arrays], [v.shape for v in variables]
        if given != expected:
            fix = "" if self.built else " It is not built yet: call it on data first."
            raise ValueError(
                f"set_weights of {self.name!r} expects {len(expected)} arrays of shapes "
                f"{expected}, got {len(given)} of shapes {given}.{fix}"
            )
        for v, array in zip(variables, arrays, strict=True):
            v.assign(array)

    def count_params(self) -> int:
        """Return how many numbers the layer holds, statistics included.

        Raises
        ------
        ValueError
            If the layer has no weights yet because its input shape is unknown.
        """
        if not self.built:
            raise ValueError(
                f"Layer {self.name!r} is not built yet, so its weights cannot be counted. Give "
                "an Input(shape=...), or call it on data first."
            )
        return sum(v.size for v in self.weights)


@contextmanager
def _telling_what_it_is_for(what: str, shape: tuple[int, ...]) -> Iterator[None]:
    """Say, where no memory holds the numbers of a weight, which weight it is."""
    text = f"There is no memory for the {what}, of shape {shape}."
    if prod(shape) > LARGEST:
        raise ValueError(text)
    try:
        yield
    except MemoryError as error:
        raise MemoryError(text) from error


def _check_regularizer(variable: Variable) -> None:
    """Refuse, before any training, a penalty that is no number, or a gradient of another shape."""
    if variable.regularizer is None:
        return
    value = variable.numpy()
    with config.quiet():
        penalty = variable.regularizer(value)
        shape = np.shape(variable.regularizer.gradient(value))
    if np.ndim(penalty) or not isinstance(penalty, Real | np.ndarray):
        raise TypeError(
            f"The regularizer of {variable.name!r} must return a number, got {penalty!r:.80}."
        )
    if shape != variable.shape:
        raise ValueError(
            f"The gradient of the regularizer of {variable.name!r} must have the shape "
            f"{variable.shape}, got {shape}."
        )


def _check_constraint(variable: Variable) -> None:
    """Refuse, before any training, a constraint that changes the shape of its weight."""
    if variable.constraint is None:
        return
    shape = np.shape(variable.constraint(variable.numpy()))
    if shape != variable.shape:
        raise ValueError(
            f"The constraint of {variable.name!r} must return an array of shape {variable.shape}, "
            f"got one of shape {shape}."
        )


def _distinct(variables: Any) -> list[Variable]:
    return list(dict.fromkeys(variables))
