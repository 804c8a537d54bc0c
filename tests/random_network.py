"""Networks drawn at random, twice over: in layers of the package and in plain NumPy.

The plain form reads the very arrays that the layers hold, so that a weight can be moved in one
place and both be asked again; it shares no formula with the package.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from hypothesis import strategies as st

from course import Input, Model, regularizers
from course.layers import Activation, Add, BatchNormalization, Concatenate, Dense, Layer

FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "linear": lambda z: z,
    "tanh": np.tanh,
    "sigmoid": lambda z: 0.5 * (1 + np.tanh(z / 2)),
    "softplus": lambda z: np.log(1 + np.exp(z)),
}
L1, L2 = 0.03, 0.07
PENALTIES: dict[str | None, Callable[[np.ndarray], float]] = {
    None: lambda w: 0.0,
    "l1": lambda w: L1 * np.abs(w).sum(),
    "l2": lambda w: L2 * np.square(w).sum(),
}
ROWS = 4
HEADS = {"mse": "linear", "binary_crossentropy": "sigmoid", "categorical_crossentropy": "softmax"}

Run = Callable[[list[np.ndarray], bool], tuple[np.ndarray, float]]


def regularizer(name: str | None) -> Any:
    """Return the penalty of the package that PENALTIES holds as plain NumPy."""
    return {None: None, "l1": regularizers.L1(L1), "l2": regularizers.L2(L2)}[name]


class Step(NamedTuple):
    """A call in plain form; what it reads; the layers in it, with their penalty on the kernel."""

    run: Run
    sources: list[int]
    layers: dict[Layer, str | None]


class Network:
    """Symbolic tensors, and beside each the plain function that computes the same.

    The function takes the values of the tensors before and `training`, and returns a value and
    the activity penalty.
    """

    def __init__(self, inputs: list[Any]) -> None:
        self.tensors: list[Any] = list(inputs)
        self.inputs = len(inputs)
        self.steps: list[Step | None] = []

    def add(
        self, tensor: Any, run: Run, sources: list[int], layers: dict[Layer, str | None]
    ) -> int:
        """Keep a tensor and its plain form; return its place."""
        self.tensors.append(tensor)
        self.steps.append(Step(run, sources, layers))
        return len(self.tensors) - 1

    def prune(self, outputs: list[int]) -> None:
        """Forget the calls that no output depends on: a model does not have them."""
        needed = set(outputs)
        for place in reversed(range(self.inputs, len(self.tensors))):
            index = place - self.inputs
            if place in needed:
                needed.update(self.steps[index].sources)
            else:
                self.steps[index] = None

    @property
    def layers(self) -> dict[Layer, str | None]:
        """The layers that are called, each with the name of the penalty on its kernel."""
        called: dict[Layer, str | None] = {}
        for step in filter(None, self.steps):
            called |= step.layers
        return called

    def width(self, place: int) -> int:
        """Return the number of features of a tensor."""
        return self.tensors[place].shape[-1]

    def values(self, xs: list[np.ndarray], training: bool) -> tuple[list[np.ndarray], float]:
        """Return the value of every tensor and the sum of the activity penalties."""
        values, penalty = list(xs), 0.0
        for step in self.steps:
            value, extra = (None, 0.0) if step is None else step.run(values, training)
            values.append(value)
            penalty += extra
        return values, penalty

    def weight_penalty(self) -> float:
        """Return the sum of the penalties on the kernels of what is not frozen."""
        return sum(
            PENALTIES[name](layer.kernel.value)
            for layer, name in self.layers.items()
            if name and layer.trainable
        )


def call_dense(network: Network, layer: Dense, source: int, activity: str | None) -> int:
    """Call a Dense layer, perhaps one that was called before."""

    def run(values: list[np.ndarray], training: bool) -> tuple[np.ndarray, float]:
        z = np.einsum("ni,io->no", values[source], layer.kernel.value)
        if layer.bias is not None:
            z = z + layer.bias.value
        y = FUNCTIONS[type(layer.activation).__name__.lower()](z)
        return y, PENALTIES[activity](y) / len(y)

    penalty = getattr(layer, "penalty_name", None)
    return network.add(layer(network.tensors[source]), run, [source], {layer: penalty})


def call_batch_normalization(network: Network, layer: BatchNormalization, source: int) -> int:
    """Call a BatchNormalization layer, by its statistics where it is frozen."""

    def run(values: list[np.ndarray], training: bool) -> tuple[np.ndarray, float]:
        x = values[source]
        mean, variance = layer.moving_mean.value, layer.moving_variance.value
        if training and layer.trainable:
            mean, variance = np.mean(x, axis=0), np.var(x, axis=0)
        x_hat = (x - mean) / (variance + layer.epsilon) ** 0.5
        return layer.gamma.value * x_hat + layer.beta.value, 0.0

    return network.add(layer(network.tensors[source]), run, [source], {layer: None})


def call_network(network: Network, model: Model, inner: Network, source: int) -> int:
    """Call a whole model as a layer; its output is the last tensor of `inner`."""

    def run(values: list[np.ndarray], training: bool) -> tuple[np.ndarray, float]:
        inside, penalty = inner.values([values[source]], training)
        return inside[-1], penalty

    return network.add(model(network.tensors[source]), run, [source], inner.layers)


def grow(draw: Callable, network: Network, steps: int, nest: bool) -> None:
    """Append `steps` calls: new layers, known layers again, sums, branches, inner models."""
    denses: list[tuple[Dense, str | None]] = []
    models: list[tuple[Model, Network]] = []
    kinds = ["dense", "again", "add", "concatenate", "activation", "normalize"]
    for _ in range(steps):
        kind = draw(st.sampled_from(kinds + ["model"] * nest))
        places = range(len(network.tensors))
        source = draw(st.sampled_from(places))
        alike = [p for p in places if network.width(p) == network.width(source)]
        if kind == "again":
            fits = [d for d in denses if len(d[0].kernel.value) == network.width(source)]
            if fits:
                call_dense(network, *_with_source(draw(st.sampled_from(fits)), source))
        elif kind == "add":
            chosen = [source, *draw(st.lists(st.sampled_from(alike), min_size=1, max_size=2))]
            tensor = Add()([network.tensors[p] for p in chosen])
            network.add(tensor, _sum_of(chosen), chosen, {})
        elif kind == "concatenate" and network.width(source) < 4:
            narrow = [p for p in places if network.width(p) < 4]
            chosen = [source, draw(st.sampled_from(narrow))]
            tensor = Concatenate()([network.tensors[p] for p in chosen])
            network.add(tensor, _beside(chosen), chosen, {})
        elif kind == "activation":
            name = draw(st.sampled_from(sorted(FUNCTIONS)))
            tensor = Activation(name)(network.tensors[source])
            network.add(tensor, _activated(name, source), [source], {})
        elif kind == "normalize":
            layer = BatchNormalization(gamma_initializer="random_normal")
            call_batch_normalization(network, layer, source)
        elif kind == "model":
            fits = [m for m in models if m[1].width(0) == network.width(source)]
            if not fits or draw(st.booleans()):
                fits = [new_model(draw, network.width(source))]
                models += fits
            call_network(network, *draw(st.sampled_from(fits)), source)
        else:
            denses.append(new_dense(draw))
            call_dense(network, *_with_source(denses[-1], source))


def new_dense(draw: Callable) -> tuple[Dense, str | None]:
    """Draw a Dense layer; returned with the name of its activity penalty."""
    penalty, activity = (draw(st.sampled_from([None, None, "l1", "l2"])) for _ in range(2))
    layer = Dense(
        draw(st.integers(1, 3)),
        draw(st.sampled_from(sorted(FUNCTIONS))),
        use_bias=draw(st.booleans()),
        bias_initializer="random_normal",
        kernel_regularizer=regularizer(penalty),
        activity_regularizer=regularizer(activity),
    )
    layer.penalty_name = penalty
    return layer, activity


def new_model(draw: Callable, width: int) -> tuple[Model, Network]:
    """Draw a model to be called as a layer."""
    inner = Network([Input((width,))])
    grow(draw, inner, draw(st.integers(1, 3)), nest=False)
    layer, activity = new_dense(draw)
    inner.prune([call_dense(inner, layer, len(inner.tensors) - 1, activity)])
    return Model(inner.tensors[0], inner.tensors[-1]), inner


def _with_source(dense: tuple[Dense, str | None], source: int) -> tuple[Dense, int, str | None]:
    return dense[0], source, dense[1]


def _sum_of(places: list[int]) -> Run:
    return lambda values, training: (sum(values[p] for p in places), 0.0)


def _beside(places: list[int]) -> Run:
    return lambda values, training: (np.hstack([values[p] for p in places]), 0.0)


def _activated(name: str, source: int) -> Run:
    return lambda values, training: (FUNCTIONS[name](values[source]), 0.0)
