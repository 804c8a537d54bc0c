"""One engine for every model: a loop over nodes forward, the same loop reversed backward."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from course.activations import Activation, Linear
from course.engine.activated import has_halves
from course.engine.foreign import checked
from course.engine.layer import Layer
from course.engine.order import ordered_layers
from course.engine.symbolic import Node, Tensor
from course.engine.variable import Variable


class Step(NamedTuple):
    """One node, made ready to run: where it reads, where it writes, what it calls.

    A layer that ends in an activation is run as its two halves, the linear one and the
    activation: a call less each way, and the output is kept once, among the values.
    """

    source: int | list[int]
    target: int
    forward: Callable[..., tuple[Any, Any]]
    backward: Callable[..., Any]
    activation: Activation | None
    layer: Layer


class BackwardStep(NamedTuple):
    """A step of the way back, with what is worth computing there."""

    index: int
    source: int | list[int]
    target: int
    backward: Callable[..., Any]
    activation: Activation | None
    need_dx: bool
    assigned: list[Variable]
    summed: list[Variable]


Trace = tuple[list[Any], list[Any]]
"""What one forward pass leaves: the output of every node, and the cache of every step."""


class Graph:
    """The nodes between `inputs` and `outputs`, in topological order, the inputs first.

    Parameters
    ----------
    inputs, outputs : list of Tensor
        Where data enters and leaves.
    logits : sequence of bool, optional
        For each output, whether to stop before the activation of its last layer and give z
        instead of activation(z). Only for an output for which :meth:`has_logits` holds.

    Attributes
    ----------
    layers : list of Layer
        Each once, in the order of Keras: those furthest from the outputs first.

    Raises
    ------
    ValueError
        If an output depends on an input that is not among `inputs`.
    """

    def __init__(
        self, inputs: list[Tensor], outputs: list[Tensor], logits: Sequence[bool] = ()
    ) -> None:
        self.inputs, self.outputs = inputs, outputs
        self.nodes = _nodes_between(inputs, outputs)
        slots = {node: slot for slot, node in enumerate(self.nodes)}
        stopped = {t.node for t, at_logits in zip(outputs, logits, strict=False) if at_logits}
        self._output_slots = [slots[t.node] for t in outputs]
        self._entries = {t.node for t in inputs}
        computed = self.nodes[len(inputs) :]
        self.steps = [_make_step(node, slots, node in stopped) for node in computed]
        self._unknown: list[Any] = [None] * len(computed)
        self._penalised = [
            (index, step) for index, step in enumerate(self.steps) if step.layer.penalises_activity
        ]
        self.layers: list[Layer] = ordered_layers(inputs, outputs)
        self._way_back: dict[bool, list[BackwardStep]] = {}

    @property
    def layers_as_called(self) -> list[Layer]:
        """The layers, each once, in the order of their first call."""
        used = [n for n in self.nodes if n not in self._entries or not n.inputs]
        return list(dict.fromkeys(node.layer for node in used))

    def has_logits(self, output: int) -> bool:
        """Whether the output is an activation that nothing but the loss reads."""
        node = self.outputs[output].node
        readers = sum(t.node is node for other in self.nodes for t in other.inputs)
        readers += sum(t.node is node for t in self.outputs) - 1
        plain = has_halves(node.layer) and node.layer.activity_regularizer is None
        return plain and readers == 0 and node not in self._entries

    def check_data(self, xs: list[Any]) -> None:
        """Let every layer that reads an input refuse data that it cannot take."""
        for step in self.steps:
            if type(step.source) is int and step.source < len(xs):
                step.layer.check_data(xs[step.source])

    # -- forward -------------------------------------------------------------------------------

    def forward(self, xs: list[Any], training: bool = False) -> tuple[list[Any], Trace]:
        """Run all nodes.

        Parameters
        ----------
        xs : list of ndarray
            One array for each input.
        training : bool, default False
            Passed to every layer.

        Returns
        -------
        ys : list of ndarray
            One array for each output.
        trace : Trace
            For :meth:`backward`.
        """
        values, caches = [*xs, *self._unknown], []
        for source, target, forward, _, f, _ in self.steps:
            x = values[source] if type(source) is int else [values[s] for s in source]
            y, cache = forward(x, training)
            if f is not None:
                if f.from_output:  # nobody needs z again, so y takes its place
                    f.forward(y, y)
                else:
                    cache = y, cache
                    y = f.forward(y)
            values[target] = y
            caches.append(cache)
        return [values[slot] for slot in self._output_slots], (values, caches)

    def activity_penalty(self, trace: Trace) -> float:
        """Return the sum of the penalties on outputs of layers, divided by the batch size."""
        total, (values, caches) = 0.0, trace
        for index, step in self._penalised:
            total += step.layer.activity_penalty(values[step.target], caches[index])
        return total

    # -- backward ------------------------------------------------------------------------------

    def backward(
        self, dys: list[Any], trace: Trace, need_dx: bool = False
    ) -> tuple[list[Any], list[Any]]:
        """Assign the gradient of every trainable variable.

        Parameters
        ----------
        dys : list of ndarray
            The gradient of the loss with respect to each output; None for no part in it.
        trace : Trace
            What :meth:`forward` returned.
        need_dx : bool, default False
            Whether the gradients with respect to the inputs are wanted.

        Returns
        -------
        dxs : list of ndarray
            The gradients with respect to the inputs, where wanted.
        signals : list of ndarray
            The gradient of the loss with respect to the output of each node that was passed.
        """
        values, caches = trace
        grads: list[Any] = [None] * len(self.nodes)
        for slot, dy in zip(self._output_slots, dys, strict=True):
            if dy is not None:
                grads[slot] = dy if grads[slot] is None else grads[slot] + dy
        if self._penalised:
            self._add_activity_gradients(grads, values)
        for step in self._steps_back(need_dx):
            index, source, target, backward, f, wanted, assigned, summed = step
            dy, cache = grads[target], caches[index]
            if dy is None:
                for v in assigned:
                    v.grad = 0.0
                continue
            if f is not None:
                z, cache = (None, cache) if f.from_output else cache
                dy = f.backward(dy, z, values[target])
            if summed:
                backward = partial(_added, summed, backward)
            dx = backward(dy, cache, wanted)
            if not wanted or dx is None:  # None: of integers there is no gradient
                continue
            if type(source) is int:
                grads[source] = dx if grads[source] is None else grads[source] + dx
            else:
                for s, d in zip(source, dx, strict=True):
                    grads[s] = d if grads[s] is None else grads[s] + d
        return grads[: len(self.inputs)] if need_dx else [], grads

    def _add_activity_gradients(self, grads: list[Any], values: list[Any]) -> None:
        for _, step in self._penalised:
            d = step.layer.activity_gradient(values[step.target])
            grads[step.target] = d if grads[step.target] is None else grads[step.target] + d

    def trainability_changed(self) -> None:
        """Forget the way back; the next :meth:`backward` finds it anew."""
        self._way_back.clear()

    def _steps_back(self, need_dx: bool) -> list[BackwardStep]:
        if need_dx not in self._way_back:
            self._way_back[need_dx] = self._find_way_back(need_dx)
        return self._way_back[need_dx]

    def _find_way_back(self, need_dx: bool) -> list[BackwardStep]:
        """Leave out what reaches no trainable variable (and no wanted input)."""
        reaches = set(range(len(self.inputs))) if need_dx else set()
        forward_order = []
        for index, step in enumerate(self.steps):
            sources = [step.source] if type(step.source) is int else step.source
            wanted = any(s in reaches for s in sources)
            if wanted or step.layer.trainable_weights:
                reaches.add(step.target)
                forward_order.append((index, step, wanted))
        steps, seen = [], set()
        for index, step, wanted in reversed(forward_order):
            weights = [v for v in step.layer.trainable_weights if v.grad is not None]
            steps.append(
                BackwardStep(
                    index,
                    step.source,
                    step.target,
                    step.backward,
                    step.activation,
                    wanted,
                    [v for v in weights if v not in seen],
                    [v for v in weights if v in seen],
                )
            )
            seen.update(weights)
        return steps


def _make_step(node: Node, slots: dict[Node, int], at_logits: bool) -> Step:
    layer = node.layer
    sources = [slots[t.node] for t in node.inputs]
    forward, backward, activation = layer.forward, layer.backward, None
    if has_halves(layer):
        forward, backward = layer.linear_forward, layer.linear_backward
        is_linear = isinstance(layer.activation, Linear)
        activation = None if at_logits or is_linear else layer.activation
    forward = checked(forward, layer, layer.compute_output_shape(node.input_shape))
    if node.training is not None:
        forward = _with_training(forward, node.training)
    source = sources if node.takes_list else sources[0]
    return Step(source, slots[node], forward, backward, activation, layer)


def _added(weights: list[Variable], backward: Callable[..., Any], *arguments: Any) -> Any:
    """Let `backward` add to the gradients of `weights`, which a later call has assigned."""
    before = [v.grad.copy() for v in weights]
    dx = backward(*arguments)
    for v, earlier in zip(weights, before, strict=True):
        v.grad += earlier
    return dx


def _with_training(forward: Callable[..., Any], fixed: bool) -> Callable[..., Any]:
    return partial(_call, forward, fixed)  # no lambda: a model can be pickled


def _call(forward: Callable[..., Any], fixed: bool, x: Any, training: bool) -> Any:
    return forward(x, fixed)


def _nodes_between(inputs: list[Tensor], outputs: list[Tensor]) -> list[Node]:
    """The inputs and all nodes between; order of creation is a topological order."""
    entries = {t.node for t in inputs}
    found = set(entries)
    to_visit = [t.node for t in outputs]
    while to_visit:
        node = to_visit.pop()
        if node in found:
            continue
        found.add(node)
        if not node.inputs:
            raise ValueError(
                f"The graph is missing an input: an output depends on {node.layer.name!r}, which "
                f"is not among inputs={[t.name for t in inputs]}. Add it to the inputs."
            )
        to_visit.extend(t.node for t in node.inputs)
    computed = sorted(found - entries, key=lambda node: node.index)
    return [*(t.node for t in inputs), *computed]
