"""A model: the graph between inputs and outputs, which is itself a layer and can learn."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import numpy as np

from course import checks
from course.engine.graph import Graph, Trace
from course.engine.layer import Layer, Shape, snake_case
from course.engine.symbolic import Tensor
from course.lookup import nearest
from course.models.inspection import Inspector
from course.models.objective import output_names
from course.models.saving import describe, rebuild
from course.models.saving.classes import MODELS
from course.models.saving.writing import Saver
from course.models.summary import summary
from course.models.training import Trainer
from course.serialization import custom_object_scope


class Model(Saver, Trainer, Inspector, Layer):
    """A network from symbolic inputs to symbolic outputs::

        x = Input(shape=(2,))
        h = Dense(8, "tanh")(x)
        y = Dense(1, "sigmoid")(Add()([h, Dense(8, "tanh")(h)]))
        model = Model(x, y)

    A model is a layer: it can be called on arrays and on tensors, and frozen.

    Parameters
    ----------
    inputs, outputs : Tensor or list of Tensor
        Where data enters and leaves.
    name : str, optional
        ``'model'`` by default.

    Raises
    ------
    TypeError
        If they are no symbolic tensors.
    ValueError
        If an output depends on an input that is missing, or two layers have one name.
    """

    def __init__(self, inputs: Any, outputs: Any, name: str | None = None) -> None:
        super().__init__(name=name)
        self._connect_graph(_tensors("inputs", inputs), _tensors("outputs", outputs))
        self._takes_list = isinstance(inputs, list | tuple)
        self._gives_list = isinstance(outputs, list | tuple)

    def _connect_graph(self, inputs: list[Tensor], outputs: list[Tensor]) -> None:
        self._graph: Graph | None = Graph(inputs, outputs)
        give_names(self._graph.layers_as_called)
        self.built = True
        self._objective = self._parameters = None

    @property
    def graph(self) -> Graph:
        """The nodes of the model in the order of computation."""
        return self._graph

    @property
    def inputs(self) -> list[Tensor]:
        return self.graph.inputs

    @property
    def outputs(self) -> list[Tensor]:
        return self.graph.outputs

    @property
    def input(self) -> Any:
        """The symbolic tensor where data enters; a list where the model takes a list."""
        return self.inputs if self._takes_list else self.inputs[0]

    @property
    def output(self) -> Any:
        """The symbolic tensor where the results leave; a list where the model gives a list."""
        return self.outputs if self._gives_list else self.outputs[0]

    @property
    def input_names(self) -> list[str]:
        return [t.name for t in self.inputs]

    @property
    def output_names(self) -> list[str]:
        """The names by which targets, losses and weights of several outputs are given."""
        return output_names(self.outputs)

    @property
    def input_shape(self) -> Any:
        shapes = [t.shape for t in self.inputs]
        return shapes[0] if len(shapes) == 1 else shapes

    @property
    def output_shape(self) -> Any:
        shapes = [t.shape for t in self.outputs]
        return shapes[0] if len(shapes) == 1 else shapes

    @property
    def layers(self) -> list[Layer]:
        """The layers, each once, in Keras' order: those furthest from the outputs first.

        Along a chain this is the order of the calls. `weights` and `get_weights` follow it.
        """
        return list(self.graph.layers)

    @property
    def sublayers(self) -> list[Layer]:
        return self.layers

    def get_layer(self, name: str | None = None, index: int | None = None) -> Layer:
        """Return a layer by its name or its place.

        Raises
        ------
        TypeError, ValueError
            If there is none, in which case the nearest name is given, or neither or both were
            given.
        """
        if (name is None) == (index is None):
            raise ValueError("Give either the name or the index of the layer.")
        if index is not None:
            checks.integer("index", index)
            if not -len(self.layers) <= index < len(self.layers):
                raise ValueError(f"index={index}, but there are {len(self.layers)} layers.")
            return self.layers[index]
        for layer in self.layers:
            if layer.name == name:
                return layer
        if not isinstance(name, str):
            raise TypeError(f"The name of a layer is a string, got {name!r}. Or give index=.")
        names = [layer.name for layer in self.layers]
        hint = nearest(name, names)
        raise ValueError(
            f"There is no layer {name!r}.{hint} The layers are {', '.join(map(repr, names))}."
        )

    def _build_for(self, x: Any) -> None:
        """Nothing to do: the shapes of a functional model are known from the start."""

    def undone_on_error(self) -> AbstractContextManager[None]:
        """Take back, where the block raises, what was built in it; here nothing is."""
        return nullcontext()

    # -- a model as a layer --------------------------------------------------------------------

    def compute_output_shape(self, input_shape: Any) -> Any:
        given = input_shape if isinstance(input_shape, list) else [input_shape]
        wanted = [t.shape for t in self.inputs]
        if len(given) != len(wanted) or not all(map(_fits, given, wanted)):
            raise ValueError(f"Model {self.name!r} takes inputs of shape {wanted}, got {given}.")
        return self.output_shape

    def _connect(self, inputs: Any, training: bool | None) -> Tensor:
        tensor = super()._connect(inputs, training)
        if len(self.outputs) > 1:
            raise ValueError(
                f"Model {self.name!r} has {len(self.outputs)} outputs; only a model with one "
                "output can be part of another. Call its layers instead."
            )
        return tensor

    def check_data(self, x: Any) -> None:
        self.graph.check_data(list(x) if isinstance(x, list) else [x])

    def forward(self, x: Any, training: bool = False) -> tuple[np.ndarray, Trace]:
        xs = list(x) if isinstance(x, list) else [x]
        ys, trace = self.graph.forward(xs, training)
        return ys[0] if len(ys) == 1 else ys, trace

    def backward(self, dy: np.ndarray, cache: Trace, need_dx: bool = True) -> Any:
        dxs, _ = self.graph.backward([dy], cache, need_dx)
        if not need_dx:
            return None
        return dxs if self._takes_list else dxs[0]

    def activity_penalty(self, y: np.ndarray, cache: Trace) -> float:
        return self.graph.activity_penalty(cache)

    def activity_gradient(self, y: np.ndarray) -> np.ndarray:
        return np.zeros_like(y)  # the layers inside add theirs on their own way back

    def trainability_changed(self) -> None:
        """Find the way back anew, in this graph and those inside, after a freeze or a thaw."""
        self.graph.trainability_changed()
        for layer in self.layers:
            if isinstance(layer, Model):
                layer.trainability_changed()

    # -- configuration -------------------------------------------------------------------------

    def get_config(self) -> dict[str, Any]:
        """Return the layers, what each is called on, inputs and outputs, as Keras 3 does.

        Returns
        -------
        dict
            Of numbers, strings, lists and dicts; :meth:`from_config` makes the model again.
        """
        return describe.functional_config(self)

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Model:
        """Make a model, with new weights, from what :meth:`get_config` returned.

        Parameters
        ----------
        config : dict
            Of this package or of Keras 3.
        custom_objects : dict of str to object, optional
            Layers and functions of one's own, by name.

        Raises
        ------
        TypeError, ValueError
            If something in it is unknown or does not fit.
        """
        with custom_object_scope(custom_objects):
            return rebuild.functional(cls, config)

    def summary(self) -> None:
        """Print the layers with their output shapes and numbers of parameters."""
        print(summary(self))


MODELS["Functional"] = MODELS["Model"] = Model


def give_names(layers: list[Layer]) -> None:
    """Number the layers that were not given a name: dense, dense_1, dense_2, ...

    Raises
    ------
    ValueError
        If two layers were given the same name.
    """
    taken: set[str] = set()
    for layer in layers:
        if layer.is_named:
            if layer.name in taken:
                raise ValueError(f"Two layers are named {layer.name!r}; give each its own name.")
            taken.add(layer.name)
    # A layer that another model numbered keeps its name where it can: it is known by it there.
    for layer in sorted(layers, key=lambda layer: not layer.is_numbered):
        if layer.is_named:
            continue
        base, count = snake_case(type(layer).__name__), 0
        name = layer.name
        while name in taken:
            count += 1
            name = f"{base}_{count}"
        layer.name, layer.is_numbered = name, True
        taken.add(name)


def _fits(given: Shape, wanted: Shape) -> bool:
    return len(given) == len(wanted) and all(
        w in (None, g) for g, w in zip(given[1:], wanted[1:], strict=True)
    )


def _tensors(argument: str, given: Any) -> list[Tensor]:
    tensors = list(given) if isinstance(given, list | tuple) else [given]
    if not tensors or not all(isinstance(t, Tensor) for t in tensors):
        raise TypeError(
            f"{argument} must be symbolic tensors, such as Input(shape=(2,)) and what layers "
            f"return when called on it; got {given!r}."
        )
    if len(set(tensors)) < len(tensors) and argument == "inputs":
        raise ValueError(f"inputs holds a tensor twice: {tensors}.")
    return tensors
