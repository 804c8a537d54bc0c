"""Looking inside a model without changing it: gradients, error signals, activations."""

from __future__ import annotations

from typing import Any

import numpy as np

from course.config import quiet
from course.engine.named_variables import named_variables
from course.engine.unmoved import unmoved
from course.models.preparation import prepare, prepare_inputs


class Inspector:
    """The part of a model that shows what is inside, and changes nothing."""

    def gradients(self, x: Any, y: Any, sample_weight: Any = None) -> dict[str, np.ndarray]:
        """Return the gradient of the loss for each trainable weight, by its name.

        As a training step on these data would compute it, penalties included, while nothing is
        changed.

        Parameters
        ----------
        x, y, sample_weight
            See :meth:`fit`.

        Returns
        -------
        dict of str to ndarray
            ``{'dense/kernel': array of its shape, ...}``.
        """
        prepared, parameters = prepare(self, x, y, sample_weight), self.parameters
        graph = self.objective.graph
        with unmoved(self), quiet():
            outputs, trace = graph.forward(prepared.xs, training=True)
            graph.backward(self.objective.gradients(outputs, prepared.ys, prepared.weights), trace)
            parameters.penalty(add_gradient=True)
        names = {v: name for name, v in named_variables(self).items()}
        return {names[v]: v.grad.copy() for v in self.trainable_weights}

    def error_signals(self, x: Any, y: Any, sample_weight: Any = None) -> dict[str, np.ndarray]:
        """Return the gradient of the loss with respect to the output of each layer, by name.

        Parameters
        ----------
        x, y, sample_weight
            See :meth:`fit`.

        Returns
        -------
        dict of str to ndarray of shape (n, ...)
            A list of arrays for a layer that is called several times.
        """
        prepared = prepare(self, x, y, sample_weight)
        _ = self.parameters  # laid out for what is trainable now
        objective, graph = self.objective, self.objective.graph
        with unmoved(self), quiet():
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

    def activations(self, x: Any, training: bool = False) -> dict[str, np.ndarray]:
        """Return the output of each layer for `x`, by the name of the layer.

        Parameters
        ----------
        x : array_like
            See :meth:`predict`.
        training : bool, default False
            Whether dropout and the like are at work.

        Returns
        -------
        dict of str to ndarray of shape (n, ...)
            A list of arrays for a layer that is called several times.
        """
        xs = prepare_inputs(self, x)
        with unmoved(self), quiet():
            _, (values, _) = self.graph.forward(xs, training)
        return _by_layer(self.graph, values)


def _by_layer(graph: Any, arrays: list[Any]) -> dict[str, Any]:
    """Sort one array a node under the names of the layers, the inputs left out."""
    found: dict[str, list[np.ndarray]] = {}
    for node, array in zip(graph.nodes, arrays, strict=True):
        if node.inputs and array is not None:
            found.setdefault(node.layer.name, []).append(array)
    return {name: calls[0] if len(calls) == 1 else calls for name, calls in found.items()}
