"""A chain of layers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from inspect import isfunction
from typing import Any

from course.engine.graph import Graph
from course.engine.layer import Layer
from course.engine.symbolic import Tensor
from course.engine.undoing import unbuilt_on_error
from course.layers import InputLayer
from course.models import data
from course.models.model import Model, give_names
from course.models.saving import describe, rebuild
from course.models.saving.classes import MODELS
from course.serialization import custom_object_scope


class Sequential(Model):
    """Layers one after another; it builds the same graph that a functional `Model` has::

        model = Sequential([Input(shape=(2,)), Dense(8, "tanh"), Dense(1, "sigmoid")])

    Without an `Input` (or ``input_shape=`` on the first layer) the model is built when it
    first sees data.

    Parameters
    ----------
    layers : iterable of Layer, default ()
        In order; the first may be an `Input`. More can be added by :meth:`add`.
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
        self._takes_list = self._gives_list = False
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
        before = list(self._chain), self._input, self._graph, self.built
        try:
            self._append(layer)
            self._try_to_build()
        except BaseException:
            self._chain, self._input, self._graph, self.built = before
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
        if not isinstance(input_shape, tuple | list) or len(input_shape) < 2:
            raise TypeError(
                "build takes a shape with the batch, such as (None, 2) for two features, got "
                f"{input_shape!r}."
            )
        with self.undone_on_error():
            if self._input is None:
                self._input = InputLayer(tuple(input_shape[1:])).output
            self._try_to_build()

    @contextmanager
    def undone_on_error(self) -> Iterator[None]:
        """Take back, where the block raises, the weights and the input shape that it made.

        Data that are refused must not decide for which shape a model is built.
        """
        if self.built:
            yield
            return
        entry = self._input
        try:
            with unbuilt_on_error([self]):
                yield
        except BaseException:
            self._input = entry
            raise

    def unbuild(self) -> None:
        super().unbuild()
        self._input = self._graph = None

    def get_config(self) -> dict[str, Any]:
        """Return the layers in order and the shape of the input, as Keras 3 does."""
        return describe.sequential_config(self)

    @classmethod
    def from_config(cls, config: dict[str, Any], custom_objects: Any = None) -> Sequential:
        """Make a model from what :meth:`get_config` returned; see :meth:`Model.from_config`."""
        with custom_object_scope(custom_objects):
            return rebuild.sequential(cls, config)

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
                f"Sequential takes layers, such as Dense(8, 'tanh'); got {_readable(layer)}."
            )
        if not hasattr(layer, "built"):
            raise RuntimeError(
                f"The __init__ of {type(layer).__name__} must call super().__init__()."
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
        with unbuilt_on_error(self._chain):
            for layer in self._chain:
                tensor = layer(tensor)
        self._connect_graph([self._input], [tensor])

    def _build_for(self, x: Any) -> None:
        """Build for the shape of the data, if that was not known before."""
        if self.built or not self._chain:
            return
        shape = data.numeric(x[0] if data.is_wrapped(x) else x, "x").shape
        sample = shape[1:] if len(shape) > 1 else (1,)
        self.build((None, *sample))


MODELS["Sequential"] = Sequential


def _known_input(layer: Layer) -> Tensor | None:
    """Return an input for a first layer that says, or knows, what it takes."""
    if layer.sample_shape is not None:
        return InputLayer(tuple(layer.sample_shape)).output
    if isinstance(layer, Model) and layer.built:
        return InputLayer(tuple(layer.input_shape[1:])).output
    return None


def _readable(thing: Any) -> str:
    """Show what is no layer, and say how it may become one."""
    if isinstance(thing, type):
        return f"{thing!r} (a class: call it)"
    if isfunction(thing):
        return f"the function {thing.__name__} (call it)"
    return repr(thing)
