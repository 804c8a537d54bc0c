"""The order in which a model lists its layers, and with them its weights: that of Keras."""

from __future__ import annotations

from typing import Any

from course.engine.symbolic import Node, Tensor


def ordered_layers(inputs: list[Tensor], outputs: list[Tensor]) -> list[Any]:
    """Return the layers between `inputs` and `outputs`, each once.

    Those furthest from the outputs come first; what is equally far stands in the order in which
    it is met on the way back from the outputs. In a chain this is the order of the calls. Lists
    of weights, and the names in weight files, count on it.
    """
    entries = {t.node for t in inputs}
    finished, met = _walk_back(entries, outputs)
    depths = _depths(finished, entries)
    for tensor in inputs:  # those that reach no output
        if tensor.node.layer not in depths:
            depths[tensor.node.layer], met[tensor.node.layer] = 0, -1
    within = [node.layer for node in finished if node not in entries]
    ends = [t.node.layer for t in inputs if not t.node.inputs]
    used = dict.fromkeys(within + ends)  # without layers whose outputs stand for an input
    return sorted(used, key=lambda layer: (-depths[layer], met[layer]))


def _walk_back(entries: set[Node], outputs: list[Tensor]) -> tuple[list[Node], dict[Any, int]]:
    """Return the nodes, each after its parents, and when each layer was first met."""
    finished: dict[Node, None] = {}
    met: dict[Any, int] = {}
    for output in outputs:
        if output.node in finished:
            continue
        stack = [(output.node, iter(_parents(output.node, entries)))]
        while stack:
            node, parents = stack[-1]
            met.setdefault(node.layer, len(met))
            parent = next((p for p in parents if p not in finished), None)
            if parent is None:
                finished[node] = None
                stack.pop()
            else:
                stack.append((parent, iter(_parents(parent, entries))))
    return list(finished), met


def _depths(finished: list[Node], entries: set[Node]) -> dict[Any, int]:
    """Return how many calls lie, at most, between each layer and an output."""
    of_node: dict[Node, int] = {}
    of_layer: dict[Any, int] = {}
    for node in reversed(finished):
        depth = max(of_node.get(node, 0), of_layer.get(node.layer, 0))
        of_node[node] = of_layer[node.layer] = depth
        for parent in _parents(node, entries):
            of_node[parent] = max(depth + 1, of_node.get(parent, 0))
    return of_layer


def _parents(node: Node, entries: set[Node]) -> list[Node]:
    return [] if node in entries else [t.node for t in node.inputs]
