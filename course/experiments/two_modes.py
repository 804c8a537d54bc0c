"""One network, judged twice: normalized by its own batch, or by the moving statistics."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from course import config
from course.layers import Activation, BatchNormalization, Dense, Input, LayerNormalization
from course.models import Sequential
from course.optimizers import SGD

LEARNING_RATE, UNITS = 0.1, 32


class Modes(NamedTuple):
    """Accuracies of the same weights on the same digits.

    Attributes
    ----------
    training : float
        Normalized by the batch.
    inference : float
        Normalized by the moving statistics.
    """

    training: float
    inference: float

    @property
    def gap(self) -> float:
        """training − inference: above 0 where the moving statistics are to blame."""
        return self.training - self.inference


def modes_network(
    momentum: float = 0.99, layer: str = "BatchNormalization", epsilon: float = 1e-3
) -> Sequential:
    """64-32-32-10, ReLU, each hidden layer normalized before it; compiled, plain SGD(0.1).

    Parameters
    ----------
    momentum : float, default 0.99
        Of the moving averages.
    layer : {'BatchNormalization', 'LayerNormalization'}
    epsilon : float, default 0.001
        Beside the variance.

    Returns
    -------
    Sequential
        Its layers are called ``z1``, ``n1``, ..., ``z2``, ``n2``, ..., ``p``.
    """
    layers: list[Any] = [Input(shape=(64,))]
    for i in (1, 2):
        normalize = (
            BatchNormalization(momentum=momentum, epsilon=epsilon, name=f"n{i}")
            if layer == "BatchNormalization"
            else LayerNormalization(epsilon=epsilon, name=f"n{i}")
        )
        layers += [Dense(UNITS, name=f"z{i}"), normalize, Activation("relu")]
    model = Sequential([*layers, Dense(10, "softmax", name="p")])
    model.compile(SGD(LEARNING_RATE), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def train_modes(x: np.ndarray, y: np.ndarray, seed: int = 0, **settings: Any) -> Sequential:
    """Train :func:`modes_network`.

    Parameters
    ----------
    x : array of shape (n, 64)
    y : array of int of shape (n,)
    seed : int, default 0
        Of the first weights and the order of the rows.
    **settings
        ``batch_size``, ``epochs`` for `fit`; the others for :func:`modes_network`.

    Returns
    -------
    Sequential
    """
    fit = {name: settings.pop(name) for name in ("batch_size", "epochs") if name in settings}
    with config.seeded(seed):
        model = modes_network(**settings)
        model.fit(x, y, verbose=0, **fit)
    return model


def both_modes(model: Any, x: np.ndarray, y: np.ndarray, batch_size: int) -> Modes:
    """Judge the same weights in both modes; nothing in the model moves.

    Parameters
    ----------
    model : Model
        Its output layer is called ``p``.
    x : array of shape (n, d)
    y : array of int of shape (n,)
        In training mode they come in batches of `batch_size`, a rest is left out.
    batch_size : int

    Returns
    -------
    Modes
    """
    whole = len(x) // batch_size * batch_size
    right = [
        model.activations(x[i : i + batch_size], training=True)["p"].argmax(1)
        == y[i : i + batch_size]
        for i in range(0, whole, batch_size)
    ]
    inference = model.activations(x, training=False)["p"].argmax(1) == y
    return Modes(float(np.mean(right)), float(inference.mean()))


class Statistics(NamedTuple):
    """What `n1` normalizes by in inference, beside what is true of all rows, unit by unit.

    Attributes
    ----------
    mean, deviation : arrays of shape (units,)
        Of the rows.
    moving_mean, moving_deviation : arrays of shape (units,)
        Kept in the layer.
    """

    mean: np.ndarray
    deviation: np.ndarray
    moving_mean: np.ndarray
    moving_deviation: np.ndarray


def statistics(model: Any, x: np.ndarray) -> Statistics:
    """Return true and moving statistics of the first layer at the weights of now.

    Parameters
    ----------
    model : Model
        From :func:`modes_network`, with BatchNormalization.
    x : array of shape (n, 64)
        All the rows.

    Returns
    -------
    Statistics
    """
    z, layer = model.activations(x)["z1"], model.get_layer("n1")
    moving = layer.moving_mean.value.copy(), np.sqrt(layer.moving_variance.value)
    return Statistics(z.mean(0), z.std(0), *moving)


def refresh(model: Any, x: np.ndarray, batch_size: int = 64, rounds: int = 500) -> None:
    """Let the moving statistics arrive at the weights of now, in place: forward passes only.

    Parameters
    ----------
    model : Sequential
    x : array of shape (n, d)
    batch_size : int, default 64
    rounds : int, default 500
        Batches; 0.99^500 is below 0.01.
    """
    for i in range(rounds):
        h = np.take(x, range(i * batch_size, (i + 1) * batch_size), axis=0, mode="wrap")
        for layer in model.layers:
            h = layer(h, training=True)
