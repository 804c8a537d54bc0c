"""Looking inside a model without changing it: gradients, error signals, activations."""

from __future__ import annotations

from typing import Any

import numpy as np

from course.engine.named_variables import named_variables
from course.engine.unmoved import unmoved
from course.models.evaluation import quiet
from course.models.preparation import prepare, prepare_inputs


def gradients(model: Any, x: Any, y: Any, sample_weight: Any = None) -> dict[str, np.ndarray]:
    """Return the gradient of the loss for each trainable weight; see `Model.gradients`."""
    prepared, parameters = prepare(model, x, y, sample_weight), model.parameters
    graph = model.objective.graph
    with unmoved(model), quiet():
        outputs, trace = graph.forward(prepared.xs, training=True)
        graph.backward(model.objective.gradients(outputs, prepared.ys, prepared.weights), trace)
        parameters.penalty(add_gradient=True)
    names = {v: name for name, v in named_variables(model).items()}
    return {names[v]: v.grad.copy() for v in model.trainable_weights}


def error_signals(model: Any, x: Any, y: Any, sample_weight: Any = None) -> dict[str, Any]:
    """Return ∂loss/∂output of each layer; see `Model.error_signals`."""
    prepared = prepare(model, x, y, sample_weight)
    _ = model.parameters  # laid out for what is trainable now
    objective, graph = model.objective, model.objective.graph
    with unmoved(model), quiet():
        outputs, trace = graph.forward(prepared.xs, training=True)
        dys = objective.gradients(outputs, prepared.ys, prepared.weights)
        _, signals = graph.backward(dys, trace, need_dx=True)
        for i, head in enumerate(objective.heads):
            if head.is_fused:  # training began at z; wanted is ∂loss/∂activation(z)
                node = graph.outputs[i].node
                y_pred = node.layer.activation.forward(outputs[i])
                signals[graph.nodes.index(node)] = head.gradient(
                    head.loss, y_pred, prepared.ys[i], prepared.weights[i]
                )
    return _by_layer(graph, signals)


def activations(model: Any, x: Any, training: bool = False) -> dict[str, Any]:
    """Return the output of each layer; see `Model.activations`."""
    xs = prepare_inputs(model, x)
    with unmoved(model), quiet():
        _, (values, _) = model.graph.forward(xs, training)
    return _by_layer(model.graph, values)


def _by_layer(graph: Any, arrays: list[Any]) -> dict[str, Any]:
    """Sort one array a node under the names of the layers, the inputs left out."""
    found: dict[str, list[np.ndarray]] = {}
    for node, array in zip(graph.nodes, arrays, strict=True):
        if node.inputs and array is not None:
            found.setdefault(node.layer.name, []).append(array)
    return {name: calls[0] if len(calls) == 1 else calls for name, calls in found.items()}
