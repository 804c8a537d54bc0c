"""A chain of layers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from course.engine.graph import Graph
from course.engine.layer import Layer
from course.engine.symbolic import Tensor
from course.layers import InputLayer
from course.models import data
from course.models.model import Model, give_names


class Sequential(Model):
    """Layers one after another; it builds the same graph that a functional `Model` has::

        model = Sequential([Input(shape=(2,)), Dense(8, "tanh"), Dense(1, "sigmoid")])

    Without an `Input` (or ``input_shape=`` on the first layer) the model is built when it
    first sees data.

    Parameters
    ----------
    layers : iterable of Layer, optional
        In order; the first may be an `Input`.
    name : str, optional
        ``'sequential'`` by default.

    Raises
    ------
    TypeError
        If something in it is no layer.
    ValueError
        If a layer stands in it twice, two have one name, or a shape does not fit.
    """

    def __init__(self, layers: Iterable[Layer | Tensor] = (), name: str | None = None) -> None:
        Layer.__init__(self, name=name)
        self._chain: list[Layer] = []
        self._input: Tensor | None = None
        self._graph = None
        self._takes_list = False
        if not isinstance(layers, Iterable):
            raise TypeError(f"Sequential takes a list of layers, got {layers!r}.")
        for layer in layers:
            self._append(layer)
        self._try_to_build()

    @property
    def layers(self) -> list[Layer]:
        """The layers in order, without the input."""
        return list(self._chain)

    @property
    def graph(self) -> Graph:
        if not self._chain:
            raise ValueError(f"Model {self.name!r} has no layers yet; add some.")
        if self._graph is None:
            raise ValueError(
                f"Model {self.name!r} is not built yet, because its input shape is unknown. Put an "
                "Input(shape=...) first, or call build, fit or predict."
            )
        return self._graph

    def add(self, layer: Layer | Tensor) -> None:
        """Append a layer."""
        chain, entry = list(self._chain), self._input
        try:
            self._append(layer)
            self._try_to_build()
        except Exception:
            self._chain, self._input = chain, entry
            self._try_to_build()
            raise

    def pop(self) -> Layer:
        """Take the last layer off and return it.

        Raises
        ------
        ValueError
            If there is none.
        """
        if not self._chain:
            raise ValueError("There is no layer to take off.")
        layer = self._chain.pop()
        self._try_to_build()
        return layer

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Make the weights for inputs of `input_shape`, the batch (None) included."""
        if self._input is None:
            self._input = InputLayer(tuple(input_shape[1:])).output
        self._try_to_build()

    def _append(self, layer: Layer | Tensor) -> None:
        if isinstance(layer, Tensor) and not layer.node.inputs:
            layer = layer.node.layer
        if isinstance(layer, InputLayer):
            if self._chain or self._input is not None:
                raise ValueError("An Input stands first in a Sequential, and there is only one.")
            self._input = layer.output
            return
        if not isinstance(layer, Layer):
            raise TypeError(
                "Sequential takes layers, such as Dense(8, 'tanh'); got "
                f"{layer!r}{' (a class: call it)' if isinstance(layer, type) else ''}."
            )
        if any(layer is other for other in self._chain):
            raise ValueError(
                f"Layer {layer.name!r} is in the Sequential already. To use its weights twice, "
                "call it twice in a functional Model."
            )
        if self._input is None and not self._chain:
            self._input = _known_input(layer)
        self._chain.append(layer)

    def _try_to_build(self) -> None:
        """Connect the chain anew if the input shape is known."""
        give_names(self._chain)
        self._graph, self.built = None, False
        if self._input is None or not self._chain:
            return
        tensor = self._input
        for layer in self._chain:
            tensor = layer(tensor)
        self._connect_graph([self._input], [tensor])

    def _build_for(self, x: Any) -> None:
        """Build for the shape of the data, if that was not known before."""
        if self.built or not self._chain:
            return
        is_wrapped = isinstance(x, list | tuple) and len(x) == 1 and np.ndim(x[0]) > 1
        shape = data.numeric(x[0] if is_wrapped else x, "x").shape
        sample = shape[1:] if len(shape) > 1 else (1,)
        self.build((None, *sample))


def _known_input(layer: Layer) -> Tensor | None:
    """Return an input for a first layer that says, or knows, what it takes."""
    if layer.sample_shape is not None:
        return InputLayer(tuple(layer.sample_shape)).output
    if isinstance(layer, Model) and layer.built:
        return InputLayer(tuple(layer.input_shape[1:])).output
    return None
