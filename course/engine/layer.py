"""The contract that every layer keeps, written out once."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar, Self

import numpy as np

from course import checks, older, regularizers, serialization
from course.engine import describing
from course.engine.calls import Calls
from course.engine.variable import Variable
from course.engine.weights import Weights

Shape = tuple[int | None, ...]


class Layer(Weights, Calls):
    """Base class of all layers.

    A layer of your own defines some of these four; the first two hold for a layer without
    weights that keeps the shape of its input::

        build(input_shape)                      make the weights with add_weight
        compute_output_shape(input_shape)       shape of the output, None for the batch
        forward(x, training) -> y, cache        the mathematics
        backward(dy, cache, need_dx) -> dx      the chain rule

    `forward` returns whatever `backward` will need in `cache`; the layer itself keeps nothing
    between the two, so it may be called twice in one network. `backward` *assigns* the gradient
    of each weight, ``self.kernel.grad = x.T @ dy``, and returns the gradient with respect to
    `x` unless `need_dx` is False. Neither writes into its arguments. A random layer draws from
    `self.generator` where it has a seed of its own, else from ``config.generator()``.

    Parameters
    ----------
    name : str, optional
        Unique within a model; by default the class name in snake case, with a number where the
        model has several.
    trainable : bool, default True
        False freezes the weights. It can be changed at any time.
    activity_regularizer : Regularizer or str, optional
        A penalty on the output, divided by the batch size.
    input_shape : tuple of int, optional
        Shape of one sample, on the first layer of a `Sequential`. ``input_dim=n`` is the older
        spelling of ``input_shape=(n,)``.

    Raises
    ------
    TypeError
        If an argument is unknown, in which case the nearest known one is named, or no name or
        shape.
    """

    generator: np.random.Generator | None = None
    takes_integers: ClassVar[bool] = False  # then there is no gradient of the input: dx is None
    given: tuple[str, ...] = ()
    build_shape: Any = None
    _variables_before: int | None = None  # made by the constructor, so that `build` is not theirs

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Let a layer that is built by hand, ``layer.build(shape)``, know that it is built."""
        super().__init_subclass__(**kwargs)
        if "build" in vars(cls):
            cls.build = _noted(cls.build)

    def __new__(cls, *args: Any, **kwargs: Any) -> Self:
        """Note which arguments were given by name, for :meth:`get_config`."""
        layer = super().__new__(cls)
        layer.given = tuple(kwargs)
        layer._calls = []
        return layer

    def __init__(
        self,
        *,
        name: str | None = None,
        trainable: bool = True,
        activity_regularizer: Any = None,
        input_shape: tuple[int, ...] | None = None,
        **older_spellings: Any,
    ) -> None:
        known = ["name", "trainable", "activity_regularizer", "input_shape"]
        checks.unknown_arguments(type(self).__name__, set(older_spellings) - {"input_dim"}, known)
        if "input_dim" in older_spellings:
            older.spelled("input_dim=n", "an Input(shape=(n,)) first, or input_shape=(n,)")
            input_shape = (checks.integer("input_dim", older_spellings["input_dim"], 1),)
        if name is not None and (not isinstance(name, str) or "/" in name):
            raise TypeError(f"name must be a string without '/', got {name!r}.")
        if not isinstance(input_shape, tuple | list | None):
            raise TypeError(
                "input_shape must be a tuple such as (2,), the shape of one sample, got "
                f"{input_shape!r}."
            )
        self.name = name or snake_case(type(self).__name__)
        self.is_named = name is not None
        self.is_numbered = False
        self.sample_shape = input_shape
        self.activity_regularizer = regularizers.get(activity_regularizer)
        self.built = False
        self._trainable = checks.flag("trainable", trainable)
        self._variables: list[Variable] = []

    # -- what a subclass defines ---------------------------------------------------------------

    def build(self, input_shape: Shape) -> None:
        """Make the weights for inputs of `input_shape`; called once, before the first call."""

    def compute_output_shape(self, input_shape: Shape) -> Shape:
        """Return the shape of the output for an input of `input_shape`."""
        return input_shape

    def check_data(self, x: np.ndarray) -> None:
        """Refuse data that the layer cannot take; asked before a training with them begins."""

    def forward(self, x: Any, training: bool = False) -> tuple[np.ndarray, Any]:
        """Return the output for `x` and the cache that :meth:`backward` needs."""
        raise NotImplementedError(f"{type(self).__name__} must define forward(x, training).")

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        """Assign the gradients of the weights and return the gradient with respect to x."""
        raise NotImplementedError(
            f"{type(self).__name__} must define backward(dy, cache, need_dx) to be trained."
        )

    # -- penalty on the output -----------------------------------------------------------------

    @property
    def penalises_activity(self) -> bool:
        """Whether this layer, or one inside it, has an activity regularizer."""
        own = self.activity_regularizer is not None
        return own or any(layer.penalises_activity for layer in self.sublayers)

    def activity_penalty(self, y: np.ndarray, cache: Any) -> float:
        """Return the penalty on what :meth:`forward` gave, divided by the batch size."""
        return float(self.activity_regularizer(y)) / len(y)

    def activity_gradient(self, y: np.ndarray) -> np.ndarray:
        """Return the derivative of that penalty with respect to `y`."""
        return self.activity_regularizer.gradient(y) / np.asarray(len(y), y.dtype)

    # -- building ------------------------------------------------------------------------------

    def ensure_built(self, input_shape: Any) -> None:
        """Make the weights unless they are there already; all of them, or none."""
        if not self.built:
            self._variables_before = len(self._variables)
            try:
                self.build(input_shape)
            except Exception:
                self.unbuild()
                raise
            self.built, self.build_shape = True, input_shape

    def unbuild(self) -> None:
        """Forget weights that were made for inputs which then were refused."""
        self.built, self.build_shape = False, None
        if self._variables_before is not None:
            del self._variables[self._variables_before :]

    def check_features(self, input_shape: Shape, axis: int, expected: int) -> None:
        """Refuse inputs of another number of features than the weights were made for.

        Raises
        ------
        ValueError
            If ``input_shape[axis]`` is not `expected`.
        """
        if input_shape[axis] != expected:
            raise ValueError(
                f"Layer {self.name!r} was built for {expected} features, but the input of shape "
                f"{input_shape} has {input_shape[axis]}. Make another layer for other inputs."
            )

    # -- configuration -------------------------------------------------------------------------

    def get_config(self) -> dict[str, Any]:
        """Return the constructor's arguments as numbers, strings, lists and dicts.

        A layer of your own need not define it where it keeps its arguments as attributes of the
        same names.

        Returns
        -------
        dict
            In the form of Keras 3; :meth:`from_config` makes a layer like this one of it.

        Raises
        ------
        TypeError
            If an argument is not kept, or is an object that cannot be written to a file.
        """
        owner = type(self).__name__
        arguments = describing.arguments(self, strict=type(self).get_config is Layer.get_config)
        own = {name: describing.plain(owner, name, value) for name, value in arguments.items()}
        return {"name": self.name, "trainable": True, "dtype": describing.dtype_entry()} | own

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> Self:
        """Make a layer, without weights yet, from what :meth:`get_config` returned.

        What only Keras writes is left out where it asks for nothing that is not done here.

        Raises
        ------
        TypeError, ValueError
            If the constructor does not take an argument, or Keras' setting is not supported.
        """
        arguments = serialization.arguments(cls, config)
        try:
            return cls(**arguments)
        except TypeError as error:
            raise TypeError(f"{cls.__name__} cannot be made from its config: {error}") from error

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name!r}>"


def _noted(build: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return `build`, which then does nothing where the weights are there already."""

    @wraps(build)
    def once(layer: Layer, input_shape: Any) -> None:
        if layer.built:
            return
        before = len(layer._variables)
        try:
            build(layer, input_shape)
        except BaseException:  # all of them, or none
            del layer._variables[before:]
            raise
        if len(layer._variables) > before:
            layer.built, layer.build_shape = True, input_shape

    return once


def snake_case(name: str) -> str:
    """``'BatchNormalization'`` becomes ``'batch_normalization'``, ``'Conv2D'`` ``'conv2d'``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])", "_", name).lower()
