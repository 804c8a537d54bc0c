"""From a model to its configuration, in the form of Keras 3."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from course import serialization
from course.engine import describing
from course.engine.layer import Layer
from course.engine.symbolic import Node, Tensor
from course.models.saving.classes import LAYERS, is_model, is_sequential

# Layers that belong to several models within the one that is described: each is one object.
_shared: ContextVar[frozenset[Layer] | None] = ContextVar("shared", default=None)


@contextmanager
def _sharing_within(model: Any) -> Iterator[None]:
    """Find, for the outermost model, the layers that several models in it have."""
    if _shared.get() is not None:
        yield
        return
    counts = Counter(_occurrences(model, set()))
    token = _shared.set(frozenset(layer for layer, n in counts.items() if n > 1))
    try:
        yield
    finally:
        _shared.reset(token)


def _occurrences(model: Any, seen: set[Layer]) -> Iterator[Layer]:
    for layer in _own_layers(model):
        yield layer
        if is_model(layer) and layer not in seen:
            seen.add(layer)
            yield from _occurrences(layer, seen)


def _own_layers(model: Any) -> list[Layer]:
    return model.layers if is_sequential(model) or model.built else []


def layer_entry(layer: Layer) -> dict[str, Any]:
    """Return the entry of a layer or model, as it stands in the list of a model's layers."""
    entry = {**_class_entry(layer), "config": layer.get_config()}
    if layer.build_shape is not None and not is_model(layer):
        entry["build_config"] = {"input_shape": _listed(layer.build_shape)}
    if layer in (_shared.get() or ()):
        entry["shared_object_id"] = id(layer)
    return entry


def _class_entry(layer: Layer) -> dict[str, Any]:
    kind = type(layer)
    if is_sequential(layer):
        return {"module": "keras", "class_name": "Sequential", "registered_name": None}
    if is_model(layer):
        return {
            "module": "keras.src.models.functional",
            "class_name": "Functional",
            "registered_name": "Functional",
        }
    is_ours = LAYERS.get(kind.__name__) is kind
    return {
        "module": "keras.layers" if is_ours else kind.__module__,
        "class_name": kind.__name__,
        "registered_name": None if is_ours else serialization.registered_name(kind),
    }


def _listed(shape: Any) -> list[Any]:
    if isinstance(shape, list):
        return [list(s) for s in shape]
    return list(shape)


# -- sequential --------------------------------------------------------------------------------


def sequential_config(model: Any) -> dict[str, Any]:
    """Return the configuration of a `Sequential`; see :meth:`Sequential.get_config`."""
    with _sharing_within(model):
        entry = [] if model._input is None else [model._input.node.layer]
        config = {
            "name": model.name,
            "trainable": model.trainable,
            "dtype": describing.dtype_entry(),
            "layers": [layer_entry(layer) for layer in [*entry, *model.layers]],
        }
        if entry:
            config["build_input_shape"] = list(model._input.shape)
        return config


# -- functional --------------------------------------------------------------------------------


def functional_config(model: Any) -> dict[str, Any]:
    """Return the configuration of a functional model; see :meth:`Model.get_config`."""
    with _sharing_within(model):
        calls = Calls(model)
        firsts = {layer: place for place, layer in enumerate(model.graph.layers_as_called)}
        return {
            "name": model.name,
            "trainable": model.trainable,
            "layers": [
                {
                    **layer_entry(layer),
                    "name": layer.name,
                    "inbound_nodes": [calls.node(n) for n in calls.of_layer[layer] if n.inputs],
                    "first_call": firsts.get(layer, -1),  # Keras does not mind
                }
                for layer in model.layers
            ],
            "input_layers": calls.ends(model.inputs, model._takes_list),
            "output_layers": calls.ends(model.outputs, model._gives_list),
        }


class Calls:
    """The calls of layers in a graph: what each is made of, by names and numbers.

    Parameters
    ----------
    model : Model
        Whose graph it is.
    """

    def __init__(self, model: Any) -> None:
        self.of_layer: dict[Layer, list[Node]] = {}
        for node in model.graph.nodes:
            self.of_layer.setdefault(node.layer, []).append(node)
        if any(t.node.inputs for t in model.inputs):
            raise ValueError(
                f"Model {model.name!r} begins at the output of a layer, not at an Input, and so "
                "cannot be described by a configuration. Put an Input there and call the layers "
                "that follow on it."
            )

    def node(self, node: Node) -> dict[str, Any]:
        """Return the entry of a call: the tensors it was made on, and its other arguments."""
        tensors = [self.tensor(t) for t in node.inputs]
        training = {} if node.training is None else {"training": node.training}
        return {"args": [tensors if node.takes_list else tensors[0]], "kwargs": training}

    def tensor(self, tensor: Tensor) -> dict[str, Any]:
        """Return the entry of a tensor: its shape, and which call of which layer gave it."""
        node = tensor.node
        return {
            "class_name": "__keras_tensor__",
            "config": {
                "shape": list(tensor.shape),
                "dtype": getattr(node.layer, "dtype", "float32"),
                "keras_history": [node.layer.name, self.of_layer[node.layer].index(node), 0],
            },
        }

    def ends(self, tensors: list[Tensor], as_list: bool) -> list[Any]:
        """Return the places of a model's inputs or outputs."""
        places = [self.end(t.node) for t in tensors]
        return places if as_list or len(places) > 1 else places[0]

    def end(self, node: Node) -> list[Any]:
        """Return the place of one of them. Keras counts the calls of functional models from 1."""
        layer = node.layer
        counts_from_one = is_model(layer) and not is_sequential(layer)
        return [layer.name, self.of_layer[layer].index(node) + counts_from_one, 0]
