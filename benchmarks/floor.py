"""The floor: the same training unrolled by hand in NumPy, every array allocated beforehand.

A step is what a step of `fit` is: forward, loss, accuracy, backward (no gradient for the input
of the first layer), optimizer; an epoch begins with a shuffle. The values of all weights are
one vector and their gradients another; their views W, b, dW, db, the buffers and the
transposes are prepared once, so that the loops do nothing but arithmetic. For speed alone:

- ``np.dot`` writes into its third argument with half the overhead of ``np.matmul``;
- a sum over the batch is a product with a vector of ones;
- constants are arrays of no dimension, cheaper for a ufunc than Python's numbers;
- ``np.maximum`` compares with an array of zeros faster than with a single one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count, pairwise
from typing import NamedTuple

import numpy as np
from numpy import (
    add,
    count_nonzero,
    divide,
    dot,
    equal,
    exp,
    greater,
    log,
    logaddexp,
    maximum,
    multiply,
    sqrt,
    subtract,
    tanh,
)

from benchmarks.networks import Network

Output = Callable[[np.ndarray, np.ndarray], tuple[float, int]]


class Layer(NamedTuple):
    """Views and buffers of one layer; a, da, t and mask are of shape (batch, units)."""

    W: np.ndarray
    b: np.ndarray
    dW: np.ndarray
    db: np.ndarray
    a: np.ndarray
    da: np.ndarray
    t: np.ndarray
    mask: np.ndarray


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
    w, g = (np.zeros(sum(weight.size for weight in weights), np.float32) for _ in range(2))
    layers = prepare(network, weights, w, g)
    forward, backward = PASSES[network.hidden]
    output = (sigmoid_output if network.binary else softmax_output)(layers[-2].a, layers[-1])
    update = UPDATES[network.optimizer](w, g, network.learning_rate)
    batches = Batches(network, layers, x, y, shuffle)
    history: dict[str, list[float]] = {"loss": [], "accuracy": []}
    for _ in range(epochs):
        loss, hits = 0.0, 0
        for ahead, back, targets, labels in batches:
            forward(ahead)
            batch_loss, batch_hits = output(targets, labels)
            backward(back)
            update()
            loss += batch_loss
            hits += batch_hits
        history["loss"].append(loss / len(x))
        history["accuracy"].append(hits / len(x))
    return history, [view for layer in layers for view in (layer.W, layer.b)]


def prepare(
    network: Network, weights: list[np.ndarray], w: np.ndarray, g: np.ndarray
) -> list[Layer]:
    """Copy `weights` into the vector `w`; return views of it and of `g`, and buffers."""
    start, views = 0, []
    for weight in weights:
        place = slice(start, start + weight.size)
        w[place] = weight.ravel()
        views.append((w[place].reshape(weight.shape), g[place].reshape(weight.shape)))
        start += weight.size
    layers = []
    for (W, dW), (b, db) in zip(views[::2], views[1::2], strict=True):
        a, da, t = (np.zeros((network.batch, b.size), np.float32) for _ in range(3))
        layers.append(Layer(W, b, dW, db, a, da, t, np.zeros(a.shape, bool)))
    return layers


class Batches:
    """The batches of an epoch, shuffled anew each time, with all that the passes take.

    Small data are gathered in their new order once an epoch; from large data, a copy of
    which would drive everything else out of the cache, one batch is gathered at a time.
    """

    def __init__(
        self, network: Network, layers: list[Layer], x: np.ndarray, y: np.ndarray, shuffle: bool
    ) -> None:
        targets, labels = y.astype(np.float32)[:, None], y[:, None] == 1
        if not network.binary:
            targets, labels = np.eye(network.sizes[-1], dtype=np.float32)[y], y
        self.sources, self.shuffle = (x, targets, labels), shuffle
        self.rng, self.order = np.random.default_rng(2), np.arange(len(x))
        size = len(x) if x.nbytes < 2**20 else network.batch
        self.gathered = [np.empty((size, *a.shape[1:]), a.dtype) for a in self.sources]
        self.orders = np.split(self.order, len(x) // size)
        parts = [np.split(a, size // network.batch) for a in self.gathered]
        self.batches = [(*tables(xs, layers), ts, ls) for xs, ts, ls in zip(*parts, strict=True)]

    def __iter__(self) -> Iterator[tuple[list, list, np.ndarray, np.ndarray]]:
        if self.shuffle:
            self.rng.shuffle(self.order)
        for rows in self.orders:
            for source, target in zip(self.sources, self.gathered, strict=True):
                source.take(rows, 0, target, "clip")  # mode "raise" would copy once more
            yield from self.batches


def tables(x: np.ndarray, layers: list[Layer]) -> tuple[list[tuple], list[tuple]]:
    """Lay out, hidden layer by hidden layer, what forward takes and what backward takes."""
    ones = np.ones(len(x), np.float32)
    ahead, back = [], []
    for p, above in pairwise(layers):
        ahead.append((x, p.W, p.b, p.a, np.zeros_like(p.a)))
        back.append((above.da, above.W.T, p.a, p.da, p.t, p.mask, x.T, ones, p.dW, p.db))
        x = p.a
    return ahead, back[::-1]


def tanh_forward(table: list[tuple]) -> None:
    """a = tanh(x W + b)."""
    for x, W, b, a, _ in table:
        dot(x, W, a)
        add(a, b, a)
        tanh(a, a)


def tanh_backward(table: list[tuple]) -> None:
    """dz = (dy Wᵀ above) (1 − a²), computed as da − a² da;  dW = xᵀ dz;  db = Σ dz."""
    for dy, WT, a, da, t, _, xT, ones, dW, db in table:
        dot(dy, WT, da)
        multiply(a, a, t)
        multiply(t, da, t)
        subtract(da, t, da)
        dot(xT, da, dW)
        dot(ones, da, db)


def relu_forward(table: list[tuple]) -> None:
    """a = max(x W + b, 0)."""
    for x, W, b, a, zeros in table:
        dot(x, W, a)
        add(a, b, a)
        maximum(a, zeros, out=a)  # positional, it would warn at every call


def relu_backward(table: list[tuple]) -> None:
    """dz = (dy Wᵀ above) where a > 0;  dW = xᵀ dz;  db = Σ dz."""
    zero = np.array(0, np.float32)
    for dy, WT, a, da, _, mask, xT, ones, dW, db in table:
        dot(dy, WT, da)
        greater(a, zero, mask)
        multiply(da, mask, da)
        dot(xT, da, dW)
        dot(ones, da, db)


def sigmoid_output(x: np.ndarray, layer: Layer) -> Output:
    """Return the last layer's step: z = x W + b, loss, hits and gradient of p = σ(z).

    With s = log(1 + eᶻ): loss = Σ s − y z;  p = eᶻ⁻ˢ;  dz = (p − y) / batch.
    """
    W, b, dW, db, z, dz, s, hit = layer
    xT, flat_z, flat_s, ones = x.T, z.ravel(), s.ravel(), np.ones(len(x), np.float32)
    zero, share = np.array(0, np.float32), np.array(1 / len(x), np.float32)

    def step(y: np.ndarray, positive: np.ndarray) -> tuple[float, int]:
        dot(x, W, z)
        add(z, b, z)
        logaddexp(z, zero, s)
        loss = dot(flat_s, ones) - dot(flat_z, y.ravel())
        greater(z, zero, hit)
        equal(hit, positive, hit)
        subtract(z, s, dz)
        exp(dz, dz)
        subtract(dz, y, dz)
        multiply(dz, share, dz)
        dot(xT, dz, dW)
        dot(ones, dz, db)
        return float(loss), count_nonzero(hit)

    return step


def softmax_output(x: np.ndarray, layer: Layer) -> Output:
    """Return the last layer's step: z = x W + b, loss, hits and gradient of p = softmax(z).

    With z less its largest in each row, and s = Σ eᶻ: loss = Σ log s − y z;  p = eᶻ / s;
    dz = (p − y) / batch. The place of the largest is the prediction, so it is sought once.
    """
    W, b, dW, db, z, dz, *_ = layer
    xT, flat_z, ones, each = x.T, z.ravel(), np.ones(len(x), np.float32), np.ones(len(b), "f4")
    top, s = np.empty((len(x), 1), np.float32), np.empty((len(x), 1), np.float32)
    flat_top, flat_s, logs = top.ravel(), s.ravel(), np.empty(len(x), np.float32)
    starts, guess, place = (np.arange(len(x)) * step for step in (len(b), 0, 0))
    hit, share = np.empty(len(x), bool), np.array(1 / len(x), np.float32)

    def step(y: np.ndarray, labels: np.ndarray) -> tuple[float, int]:
        dot(x, W, z)
        add(z, b, z)
        z.argmax(1, guess)
        add(starts, guess, place)
        flat_z.take(place, None, flat_top, "clip")
        subtract(z, top, z)
        exp(z, dz)
        dot(dz, each, flat_s)
        log(flat_s, logs)
        loss = dot(logs, ones) - dot(flat_z, y.ravel())
        equal(guess, labels, hit)
        divide(dz, s, dz)
        subtract(dz, y, dz)
        multiply(dz, share, dz)
        dot(xT, dz, dW)
        dot(ones, dz, db)
        return float(loss), count_nonzero(hit)

    return step


def sgd(w: np.ndarray, g: np.ndarray, learning_rate: float) -> Callable[[], None]:
    """Return the step w ← w − lr g."""
    lr, t = np.array(learning_rate, w.dtype), np.empty_like(w)

    def step() -> None:
        multiply(g, lr, t)
        subtract(w, t, w)

    return step


def adam(w: np.ndarray, g: np.ndarray, learning_rate: float) -> Callable[[], None]:
    """Return the step of Adam (Kingma and Ba, 2015), β₁ = .9, β₂ = .999, ε = 1e-7.

    m ← m + (1 − β₁)(g − m);  v ← v + (1 − β₂)(g² − v);
    w ← w − lr √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε).
    """
    m, v, u = np.zeros_like(w), np.zeros_like(w), np.empty_like(w)
    c1, c2, epsilon, rate = (np.array(c, w.dtype) for c in (0.1, 0.001, 1e-7, 0))
    iterations = count(1)

    def step() -> None:
        t = next(iterations)
        rate.fill(learning_rate * (1 - 0.999**t) ** 0.5 / (1 - 0.9**t))
        subtract(g, m, u)
        multiply(u, c1, u)
        add(m, u, m)
        multiply(g, g, u)
        subtract(u, v, u)
        multiply(u, c2, u)
        add(v, u, v)
        sqrt(v, u)
        add(u, epsilon, u)
        divide(m, u, u)
        multiply(u, rate, u)
        subtract(w, u, w)

    return step


PASSES = {"tanh": (tanh_forward, tanh_backward), "relu": (relu_forward, relu_backward)}
UPDATES = {"sgd": sgd, "adam": adam}
