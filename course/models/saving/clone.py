"""The same architecture once more, with weights of its own."""

from __future__ import annotations

from typing import Any

from course.engine import describing
from course.engine.layer import Layer
from course.engine.symbolic import Tensor
from course.layers import InputLayer
from course.models.saving.classes import is_model, is_sequential


def clone_model(model: Any) -> Any:
    """Return a model of the same layers with new weights, not compiled.

    Names stay, and layers that are shared in `model` are shared in the clone.

    Parameters
    ----------
    model : Model
        Built or not. It is left as it is.

    Raises
    ------
    TypeError
        If `model` is none, or a layer does not say how it was made.
    """
    if not is_model(model):
        raise TypeError(f"clone_model takes a model, got {model!r}.")
    return Cloning().layer(model)


class Cloning:
    """The copies made so far: what is met twice is copied once."""

    def __init__(self) -> None:
        self.layers: dict[Layer, Layer] = {}

    def layer(self, layer: Any) -> Any:
        """Return the copy of a layer or model."""
        if layer not in self.layers:
            copy = self._copy(layer)
            copy.is_named, copy.is_numbered = layer.is_named, layer.is_numbered
            self.layers[layer] = copy
        return self.layers[layer]

    def _copy(self, layer: Any) -> Any:
        if is_model(layer):
            copy = self._sequential(layer) if is_sequential(layer) else self._functional(layer)
            copy._trainable = layer.trainable
            return copy
        kind = type(layer)
        if isinstance(layer, InputLayer) or kind.get_config is not Layer.get_config:
            return kind.from_config(layer.get_config())
        return kind(**describing.arguments(layer))  # objects, not what a file would hold of them

    def _sequential(self, model: Any) -> Any:
        entry = [] if model._input is None else [self.layer(model._input.node.layer)]
        layers = [self.layer(layer) for layer in model.layers]
        return type(model)([*entry, *layers], name=model.name)

    def _entry(self, tensor: Tensor) -> Tensor:
        return self.layer(tensor.node.layer).output

    def _functional(self, model: Any) -> Any:
        tensors: dict[Any, Tensor] = {}
        for t in model.inputs:  # one that begins at the output of a layer gets an input there
            begins = t.node.inputs
            tensors[t.node] = InputLayer(t.shape[1:]).output if begins else self._entry(t)
        for node in model.graph.nodes:
            if node in tensors:
                continue
            layer = self.layer(node.layer)
            inputs = [tensors[t.node] for t in node.inputs]
            tensors[node] = layer(inputs if node.takes_list else inputs[0], training=node.training)
        inputs, outputs = ([tensors[t.node] for t in ts] for ts in (model.inputs, model.outputs))
        return type(model)(
            inputs if model._takes_list else inputs[0],
            outputs if model._gives_list else outputs[0],
            name=model.name,
        )
