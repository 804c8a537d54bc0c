"""The four networks of the table, their data and their initial weights.

Everything here is NumPy alone, so that every contender, also one that runs in another
interpreter, trains the same network on the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass
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


NETWORKS = {
    network.name: network
    for network in (
        Network("2-8-8-1", (2, 8, 8, 1), 10, "tanh", "sgd", 0.1, 2_000, 50),
        Network("2-20x20-1", (2, *[20] * 20, 1), 32, "tanh", "sgd", 0.01, 2_048, 20),
        Network("64-128-64-10", (64, 128, 64, 10), 32, "relu", "adam", 0.001, 1_792, 50),
        Network("784-512-512-10", (784, 512, 512, 10), 128, "relu", "adam", 0.001, 5_120, 2),
    )
}


def data(network: Network) -> tuple[np.ndarray, np.ndarray]:
    """Draw rows around one centre for each class.

    Returns
    -------
    x : array of shape (rows, inputs), float32
    y : array of shape (rows,), int64
        The class, which the rows do not quite give away.
    """
    rng = np.random.default_rng(0)
    inputs, outputs = network.sizes[0], network.sizes[-1]
    y = rng.integers(0, max(outputs, 2), network.rows)
    centres = rng.normal(size=(max(outputs, 2), inputs)) * 3 / np.sqrt(inputs)
    x = centres[y] + rng.normal(size=(network.rows, inputs))
    return x.astype(np.float32), y


def initial_weights(network: Network) -> list[np.ndarray]:
    """Draw Glorot-uniform kernels and zero biases, in the order of ``get_weights``."""
    rng = np.random.default_rng(1)
    weights = []
    for fan_in, fan_out in zip(network.sizes, network.sizes[1:], strict=False):
        limit = np.sqrt(6 / (fan_in + fan_out))
        kernel = rng.uniform(-limit, limit, (fan_in, fan_out))
        weights += [kernel.astype(np.float32), np.zeros(fan_out, np.float32)]
    return weights


def keras_model(keras: ModuleType, network: Network) -> Any:
    """Build and compile the network with `keras`: either Keras itself or ``course``."""
    *hidden, outputs = network.sizes[1:]
    last = "sigmoid" if network.binary else "softmax"
    layers = [keras.layers.Dense(units, activation=network.hidden) for units in hidden]
    layers.append(keras.layers.Dense(outputs, activation=last))
    model = keras.Sequential([keras.Input(shape=(network.sizes[0],)), *layers])
    rules = {"sgd": keras.optimizers.SGD, "adam": keras.optimizers.Adam}
    model.compile(
        optimizer=rules[network.optimizer](learning_rate=network.learning_rate),
        loss="binary_crossentropy" if network.binary else "sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    model.set_weights(initial_weights(network))
    return model
