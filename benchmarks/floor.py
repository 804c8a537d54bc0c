"""The floor: the same training unrolled by hand in NumPy, every array allocated beforehand.

A step is what a step of `fit` is: forward, loss, accuracy, backward (no gradient for the input
of the first layer), optimizer; an epoch begins with a shuffle. The values of all weights are
one vector and their gradients another, of which each W, b, dW and db is a view; every result
is written into an array that is there already. A sum over the batch is a product with a vector
of ones, which is faster.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import NamedTuple

import numpy as np

from benchmarks.networks import Network

Update = Callable[[], None]
Step = Callable[[np.ndarray, np.ndarray], tuple[float, int]]
Views = tuple[np.ndarray, np.ndarray]


class Layer(NamedTuple):
    """Views and buffers of one layer; a, da and t are of shape (batch, units)."""

    W: np.ndarray
    b: np.ndarray
    dW: np.ndarray
    db: np.ndarray
    a: np.ndarray
    da: np.ndarray
    t: np.ndarray


def train(
    network: Network,
    weights: list[np.ndarray],
    x: np.ndarray,
    y: np.ndarray,
    epochs: int,
    shuffle: bool = True,
) -> tuple[dict[str, list[float]], list[np.ndarray]]:
    """Train the network from `weights`.

    Parameters
    ----------
    weights : list of arrays
        Kernel and bias of each layer in turn; left as they are.
    x : array of shape (rows, inputs), float32
    y : array of shape (rows,)
        Integer classes. `rows` is a multiple of the batch size.
    epochs : int
    shuffle : bool
        Whether each epoch takes the rows in a new order.

    Returns
    -------
    history : dict
        Mean ``'loss'`` and ``'accuracy'`` of each epoch.
    weights : list of arrays
        After training.
    """
    w, g, layers = prepare(network, weights)
    forward, backward = PASSES[network.hidden]
    output = sigmoid_output if network.binary else softmax_output
    update = UPDATES[network.optimizer](w, g, network.learning_rate)
    ones = np.ones(network.batch, np.float32)

    def step(batch: np.ndarray, wanted: np.ndarray) -> tuple[float, int]:
        forward(batch, layers)
        loss_and_hits = output(wanted, layers[-1])
        backward(batch, layers, ones)
        update()
        return loss_and_hits

    history = loop(network, step, x, y, epochs, shuffle)
    return history, [view for layer in layers for view in (layer.W, layer.b)]


def loop(
    network: Network, step: Step, x: np.ndarray, y: np.ndarray, epochs: int, shuffle: bool
) -> dict[str, list[float]]:
    """Take `step` on every batch of every epoch; return the history."""
    targets = y.astype(np.float32)[:, None] if network.binary else np.eye(network.sizes[-1])[y]
    targets = targets.astype(np.float32)
    rng, xs, ts = np.random.default_rng(2), x.copy(), targets.copy()
    history: dict[str, list[float]] = {"loss": [], "accuracy": []}
    for _ in range(epochs):
        loss, hits = 0.0, 0
        if shuffle:
            order = rng.permutation(len(x))
            np.take(x, order, 0, xs, "clip")  # mode "raise" would copy once more
            np.take(targets, order, 0, ts, "clip")
        for start in range(0, len(x), network.batch):
            rows = slice(start, start + network.batch)
            batch_loss, batch_hits = step(xs[rows], ts[rows])
            loss += batch_loss
            hits += batch_hits
        history["loss"].append(loss / len(x))
        history["accuracy"].append(hits / len(x))
    return history


def flat(weights: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray, list[Views]]:
    """Copy `weights` into one vector, with one of the same length for their gradients.

    Returns
    -------
    w, g : arrays of shape (n,)
    views : list of (array, array)
        For each weight the views of w and of g that are its own, in its shape.
    """
    w, g = (np.zeros(sum(weight.size for weight in weights), np.float32) for _ in range(2))
    start, views = 0, []
    for weight in weights:
        place = slice(start, start + weight.size)
        w[place] = weight.ravel()
        views.append((w[place].reshape(weight.shape), g[place].reshape(weight.shape)))
        start += weight.size
    return w, g, views


def prepare(
    network: Network, weights: list[np.ndarray]
) -> tuple[np.ndarray, np.ndarray, list[Layer]]:
    """Return the vector of weights, that of gradients, and the layers with their buffers."""
    w, g, views = flat(weights)
    layers = []
    for (W, dW), (b, db) in zip(views[::2], views[1::2], strict=True):
        a, da, t = (np.zeros((network.batch, b.size), np.float32) for _ in range(3))
        layers.append(Layer(W, b, dW, db, a, da, t))
    return w, g, layers


def tanh_forward(x: np.ndarray, layers: list[Layer]) -> None:
    """a = tanh(x W + b) in the hidden layers; z = x W + b in the last."""
    for W, b, _, _, a, _, _ in layers:
        np.dot(x, W, a)
        a += b
        x = a if a is layers[-1].a else np.tanh(a, a)


def relu_forward(x: np.ndarray, layers: list[Layer]) -> None:
    """a = max(x W + b, 0) in the hidden layers; z = x W + b in the last."""
    for W, b, _, _, a, _, _ in layers:
        np.dot(x, W, a)
        a += b
        x = a if a is layers[-1].a else np.maximum(a, 0, out=a)


def tanh_backward(x: np.ndarray, layers: list[Layer], ones: np.ndarray) -> None:
    """dW = xᵀ dz;  db = 1ᵀ dz;  below, dz = (dz Wᵀ) (1 − a²)."""
    for i in range(len(layers) - 1, -1, -1):
        W, _, dW, db, _, dz, _ = layers[i]
        if i == 0:
            below = x
        else:
            _, _, _, _, below, da, t = layers[i - 1]
            np.dot(dz, W.T, da)
            np.multiply(below, below, t)
            np.subtract(1, t, t)
            da *= t
        np.dot(below.T, dz, dW)
        np.dot(ones, dz, db)


def relu_backward(x: np.ndarray, layers: list[Layer], ones: np.ndarray) -> None:
    """dW = xᵀ dz;  db = 1ᵀ dz;  below, dz = dz Wᵀ where a > 0."""
    for i in range(len(layers) - 1, -1, -1):
        W, _, dW, db, _, dz, _ = layers[i]
        if i == 0:
            below = x
        else:
            _, _, _, _, below, da, t = layers[i - 1]
            np.dot(dz, W.T, da)
            np.greater(below, 0, t)
            da *= t
        np.dot(below.T, dz, dW)
        np.dot(ones, dz, db)


def sigmoid_output(y: np.ndarray, layer: Layer) -> tuple[float, int]:
    """Write the gradient of the loss into `layer.da`; return the loss and the hits.

    With s = log(1 + eᶻ): loss = Σ s − y z;  p = eᶻ⁻ˢ;  dz = (p − y) / batch.
    """
    _, _, _, _, z, p, s = layer
    np.logaddexp(z, 0, s)
    np.subtract(z, s, p)
    np.exp(p, p)
    hits = np.count_nonzero((p > 0.5) == y)
    z *= y
    s -= z
    p -= y
    p /= len(y)
    return float(s.sum()), hits


def softmax_output(y: np.ndarray, layer: Layer) -> tuple[float, int]:
    """Write the gradient of the loss into `layer.da`; return the loss and the hits.

    With z less its largest in each row, and s = Σ eᶻ: loss = Σ log s − y z;  p = eᶻ / s;
    dz = (p − y) / batch.
    """
    _, _, _, _, z, p, t = layer
    hits = np.count_nonzero(z.argmax(1) == y.argmax(1))
    z -= z.max(1, keepdims=True)
    np.exp(z, p)
    s = p.sum(1, keepdims=True)
    np.multiply(y, z, t)
    loss = np.log(s).sum() - t.sum()
    p /= s
    p -= y
    p /= len(y)
    return float(loss), hits


def sgd(w: np.ndarray, g: np.ndarray, lr: float) -> Update:
    """Return the step w ← w − lr g."""
    t = np.empty_like(w)

    def step() -> None:
        np.multiply(g, lr, t)
        np.subtract(w, t, w)

    return step


def adam(w: np.ndarray, g: np.ndarray, lr: float) -> Update:
    """Return the step of Adam (Kingma and Ba, 2015), β₁ = .9, β₂ = .999, ε = 1e-7.

    m ← m + (1 − β₁)(g − m);  v ← v + (1 − β₂)(g² − v);
    w ← w − lr √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε).
    """
    m, v, u = np.zeros_like(w), np.zeros_like(w), np.empty_like(w)
    iterations = count(1)

    def step() -> None:
        t = next(iterations)
        np.subtract(g, m, u)
        np.multiply(u, 1 - 0.9, u)
        np.add(m, u, m)
        np.multiply(g, g, u)
        np.subtract(u, v, u)
        np.multiply(u, 1 - 0.999, u)
        np.add(v, u, v)
        np.sqrt(v, u)
        np.add(u, 1e-7, u)
        np.divide(m, u, u)
        np.multiply(u, lr * (1 - 0.999**t) ** 0.5 / (1 - 0.9**t), u)
        np.subtract(w, u, w)

    return step


PASSES = {"tanh": (tanh_forward, tanh_backward), "relu": (relu_forward, relu_backward)}
UPDATES = {"sgd": sgd, "adam": adam}
