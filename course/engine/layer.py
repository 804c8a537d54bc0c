"""The contract that every layer keeps, written out once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, ClassVar, Self
from weakref import ref

import numpy as np

from course import checks, config, constraints, initializers, older, regularizers, serialization
from course.engine import describing, hollow
from course.engine.symbolic import Node, Tensor, is_symbolic
from course.engine.variable import Variable

Shape = tuple[int | None, ...]


class Layer:
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
    _calls: list[ref[Node]]  # known to the models that were made of them, not kept for their sake
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
        self._trainable = bool(trainable)
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

    # -- weights -------------------------------------------------------------------------------

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
            variable = Variable(initializer(shape, config.floatx()), name, trainable=trainable)
        variable.regularizer = regularizers.get(regularizer)
        variable.constraint = constraints.get(constraint)
        if variable.constraint is not None and not hollow.are_hollow():
            _check_constraint(variable)
        self._variables.append(variable)
        return variable

    @property
    def sublayers(self) -> list[Layer]:
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
        self._trainable = bool(value)
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
        arrays = [checks.numbers(f"weights[{i}]", w) for i, w in enumerate(weights)]
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

    # -- calling -------------------------------------------------------------------------------

    def __call__(self, inputs: Any, training: bool | None = None) -> Any:
        """Apply the layer to arrays, or connect it to symbolic tensors.

        Parameters
        ----------
        inputs : array_like, Tensor, or a list of them for merge layers
            Arrays give an array; symbolic tensors give a symbolic tensor.
        training : bool, optional
            On arrays False by default; on tensors left to the model by default.
        """
        if is_symbolic(inputs):
            return self._connect(inputs, training)
        if isinstance(inputs, list) and any(isinstance(a, Tensor) for a in inputs):
            raise TypeError(
                f"{self.name!r} was called on symbolic tensors and arrays together: call it either "
                "on what Input and layers return, or on data."
            )
        if isinstance(inputs, list) and any(hasattr(a, "shape") for a in inputs):
            x = [self._array(a) for a in inputs]
            shape = [(None, *a.shape[1:]) for a in x]
        else:
            x = self._array(inputs)
            shape = (None, *x.shape[1:])
        self.ensure_built(shape)
        self.compute_output_shape(shape)  # says so if the layer was built for another shape
        return self.forward(x, bool(training))[0]

    def _array(self, x: Any) -> np.ndarray:
        return checks.numbers(f"The input of {self.name!r}", x).astype(config.floatx(), copy=False)

    def _connect(self, inputs: Any, training: bool | None) -> Tensor:
        takes_list = not isinstance(inputs, Tensor)
        node = Node(self, list(inputs) if takes_list else [inputs], takes_list, training)
        self.ensure_built(node.input_shape)
        tensor = self._tensor_of(node)
        self.remember_call(node)
        return tensor

    def _tensor_of(self, node: Node) -> Tensor:
        return Tensor(tuple(self.compute_output_shape(node.input_shape)), node)

    def remember_call(self, node: Node) -> None:
        """Let :attr:`input` and :attr:`output` know of a symbolic call, while a model has it."""
        self._calls = [call for call in self._calls if call() is not None] + [ref(node)]

    @property
    def input(self) -> Any:
        """The symbolic tensor that the layer was first called on; a list for merge layers.

        Raises
        ------
        AttributeError
            If it was not called on symbolic tensors, or nothing has the result any more.
        """
        node = self._first_call()
        return list(node.inputs) if node.takes_list else node.inputs[0]

    @property
    def output(self) -> Tensor:
        """The symbolic tensor that came of the first call: where another model may begin or end.

        ``Model(model.inputs, model.get_layer('dense').output)`` ends at that layer.

        Raises
        ------
        AttributeError
            If the layer was not called on symbolic tensors, or nothing has the result any more.
        """
        return self._tensor_of(self._first_call())

    def _first_call(self) -> Node:
        for call in self._calls:
            node = call()
            if node is not None:
                return node
        raise AttributeError(
            f"Layer {self.name!r} has no input and output yet: it was not called on symbolic "
            "tensors. Put it into a model that begins with an Input(shape=...)."
        )

    def __getstate__(self) -> dict[str, Any]:
        # Nodes that are copied along tell their layers of themselves.
        return {name: kept for name, kept in vars(self).items() if name != "_calls"}

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


def _check_constraint(variable: Variable) -> None:
    """Refuse, before any training, a constraint that changes the shape of its weight."""
    shape = np.shape(variable.constraint(variable.numpy()))
    if shape != variable.shape:
        raise ValueError(
            f"The constraint of {variable.name!r} must return an array of shape {variable.shape}, "
            f"got one of shape {shape}."
        )


def _noted(build: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Return `build`, which then does nothing where the weights are there already."""

    @wraps(build)
    def once(layer: Layer, input_shape: Any) -> None:
        if layer.built:
            return
        before = len(layer._variables)
        build(layer, input_shape)
        if len(layer._variables) > before:
            layer.built, layer.build_shape = True, input_shape

    return once


def _distinct(variables: Any) -> list[Variable]:
    return list(dict.fromkeys(variables))


def snake_case(name: str) -> str:
    """``'BatchNormalization'`` becomes ``'batch_normalization'``, ``'Conv2D'`` ``'conv2d'``."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z0-9])(?=[A-Z][a-z])", "_", name).lower()
