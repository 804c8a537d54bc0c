"""The networks of the tables, their data and their initial weights.

Everything here is NumPy alone, so that every contender, also one that runs in another
interpreter, trains the same network on the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import isqrt, prod
from types import ModuleType
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Network:
    """A network of Dense layers, how it is trained, and how much of it is timed.

    One output is a sigmoid with binary cross-entropy, several are a softmax with
    cross-entropy over integer labels.

    Parameters
    ----------
    sizes : tuple of int
        Inputs, units of each hidden layer, outputs.
    batch : int
        Rows a step; divides `rows`.
    hidden : {'tanh', 'relu'}
        Activation of the hidden layers.
    optimizer : {'sgd', 'adam'}
        With its default settings but for the learning rate.
    learning_rate : float
    rows : int
        Size of the training set.
    epochs : int
        Epochs in one timed `fit`: a third of a second or so of the floor.
    """

    name: str
    sizes: tuple[int, ...]
    batch: int
    hidden: str
    optimizer: str
    learning_rate: float
    rows: int
    epochs: int

    @property
    def steps(self) -> int:
        """Steps in an epoch."""
        return self.rows // self.batch

    @property
    def binary(self) -> bool:
        """Whether the output is one sigmoid."""
        return self.sizes[-1] == 1

    @property
    def input_shape(self) -> tuple[int, ...]:
        """Shape of one row of the data."""
        return self.sizes[:1]

    @property
    def kernel_shapes(self) -> list[tuple[int, ...]]:
        """Shapes of the kernels, from the first layer to the last."""
        return list(pairwise(self.sizes))

    def more_weights(self, units: int) -> list[np.ndarray]:
        """Return what `get_weights` has after the kernel and bias of a hidden layer."""
        return []

    def hidden_layers(self, layers: ModuleType) -> list[Any]:
        """Make all layers but the last, of Keras' or ``course``'s `layers`."""
        return [layers.Dense(units, activation=self.hidden) for units in self.sizes[1:-1]]

    def outputs(self, layers: ModuleType, x: Any) -> Any:
        """Return what the last layer makes of the symbolic input `x`."""
        for layer in self.hidden_layers(layers):
            x = layer(x)
        last = "sigmoid" if self.binary else "softmax"
        return layers.Dense(self.sizes[-1], activation=last)(x)


@dataclass(frozen=True)
class Convolutional(Network):
    """A network over square images of one channel: two convolutions, a maximum between them.

    Its `sizes` are the cells of an image and the outputs.
    """

    filters: tuple[int, int] = (8, 16)

    @property
    def input_shape(self) -> tuple[int, ...]:
        side = isqrt(self.sizes[0])
        return (side, side, 1)

    @property
    def kernel_shapes(self) -> list[tuple[int, ...]]:
        few, many = self.filters
        left = (self.input_shape[0] - 2) // 2 - 2  # a 3×3 convolution takes 2, a maximum half
        return [(3, 3, 1, few), (3, 3, few, many), (left * left * many, self.sizes[-1])]

    def hidden_layers(self, layers: ModuleType) -> list[Any]:
        first, second = (layers.Conv2D(n, 3, activation=self.hidden) for n in self.filters)
        return [first, layers.MaxPooling2D(), second, layers.Flatten()]


class Normalized(Network):
    """Batch normalization between each hidden layer and its activation."""

    def more_weights(self, units: int) -> list[np.ndarray]:
        gamma, beta, mean, variance = (
            np.ones(units),
            np.zeros(units),
            np.zeros(units),
            np.ones(units),
        )
        return [w.astype(np.float32) for w in (gamma, beta, mean, variance)]

    def hidden_layers(self, layers: ModuleType) -> list[Any]:
        made = []
        for units in self.sizes[1:-1]:
            made += [layers.Dense(units), layers.BatchNormalization()]
            made.append(layers.Activation(self.hidden))
        return made


class Dropped(Network):
    """Half of the units of each hidden layer left out, at random."""

    rate = 0.5

    def hidden_layers(self, layers: ModuleType) -> list[Any]:
        made = []
        for seed, dense in enumerate(super().hidden_layers(layers)):
            made += [dense, layers.Dropout(self.rate, seed=seed)]
        return made


class Residual(Network):
    """Hidden layers, of one size, of which all but the first add to what they are given."""

    def outputs(self, layers: ModuleType, x: Any) -> Any:
        first, *others = self.hidden_layers(layers)
        x = first(x)
        for layer in others:
            x = layers.Add()([x, layer(x)])
        return layers.Dense(self.sizes[-1], activation="softmax")(x)


NETWORKS = {
    network.name: network
    for network in (
        Network("2-8-8-1", (2, 8, 8, 1), 10, "tanh", "sgd", 0.1, 2_000, 50),
        Network("2-20x20-1", (2, *[20] * 20, 1), 32, "tanh", "sgd", 0.01, 2_048, 20),
        Network("64-128-64-10", (64, 128, 64, 10), 32, "relu", "adam", 0.001, 1_792, 50),
        Network("784-512-512-10", (784, 512, 512, 10), 128, "relu", "adam", 0.001, 5_120, 2),
    )
}

_CLASSIFIER = {"batch": 32, "hidden": "relu", "optimizer": "adam", "learning_rate": 0.001}

BLOCKS = {
    network.name: network
    for network in (
        Normalized("batch normalization", (64, 128, 64, 10), rows=1_792, epochs=30, **_CLASSIFIER),
        Dropped("dropout", (64, 128, 64, 10), rows=1_792, epochs=30, **_CLASSIFIER),
        Residual("residual", (64, *[64] * 5, 10), rows=1_792, epochs=30, **_CLASSIFIER),
    )
}

CONVOLUTIONAL = {
    network.name: network
    for network in (
        Convolutional("conv-8x8", (64, 10), 32, "relu", "adam", 0.001, 1_024, 20),
        Convolutional("conv-28x28", (784, 10), 32, "relu", "adam", 0.001, 1_024, 10),
    )
}


def data(network: Network) -> tuple[np.ndarray, np.ndarray]:
    """Draw rows around one centre for each class.

    Returns
    -------
    x : array of shape (rows, *input_shape), float32
    y : array of shape (rows,), int64
        The class, which the rows do not quite give away.
    """
    rng = np.random.default_rng(0)
    inputs, outputs = network.sizes[0], network.sizes[-1]
    y = rng.integers(0, max(outputs, 2), network.rows)
    centres = rng.normal(size=(max(outputs, 2), inputs)) * 3 / np.sqrt(inputs)
    x = centres[y] + rng.normal(size=(network.rows, inputs))
    return x.astype(np.float32).reshape(-1, *network.input_shape), y


def initial_weights(network: Network) -> list[np.ndarray]:
    """Draw Glorot-uniform kernels and zero biases, in the order of ``get_weights``."""
    rng = np.random.default_rng(1)
    weights = []
    for number, shape in enumerate(network.kernel_shapes, start=1):
        *window, channels, units = shape
        limit = np.sqrt(6 / (prod(window) * (channels + units)))
        kernel = rng.uniform(-limit, limit, shape)
        weights += [kernel.astype(np.float32), np.zeros(units, np.float32)]
        if number < len(network.kernel_shapes):
            weights += network.more_weights(units)
    return weights


def keras_model(keras: ModuleType, network: Network) -> Any:
    """Build and compile the network with `keras`: either Keras itself or ``course``."""
    x = keras.Input(shape=network.input_shape)
    model = keras.Model(x, network.outputs(keras.layers, x))
    rules = {"sgd": keras.optimizers.SGD, "adam": keras.optimizers.Adam}
    model.compile(
        optimizer=rules[network.optimizer](learning_rate=network.learning_rate),
        loss="binary_crossentropy" if network.binary else "sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    model.set_weights(initial_weights(network))
    return model
