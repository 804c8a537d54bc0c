"""Floors of networks with more than Dense layers: every block by hand, arrays allocated beforehand.

A block is a pair of functions, forward and backward, that write into arrays of their own. Images
lie in memory as (channels, height, width, batch), where a row of cells is one long run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from itertools import product
from math import isqrt
from typing import NamedTuple

import numpy as np

from benchmarks.floor import UPDATES, Layer, Views, flat, loop, softmax_output
from benchmarks.networks import Convolutional, Dropped, Network, Normalized, Residual

Pass = Callable[[np.ndarray], np.ndarray]


class Block(NamedTuple):
    """x → y, and dy → dx."""

    forward: Pass
    backward: Pass


def train(
    network: Network,
    weights: list[np.ndarray],
    x: np.ndarray,
    y: np.ndarray,
    epochs: int,
    shuffle: bool = True,
) -> tuple[dict[str, list[float]], list[np.ndarray]]:
    """Train the network from `weights`; arguments and result as of :func:`floor.train`.

    What is no gradient's business, the moving averages, lies outside the vector of weights.
    """
    learns = learnt(network, weights)
    w, g, views = flat([a for a, learning in zip(weights, learns, strict=True) if learning])
    rest = iter(views)
    given = [
        next(rest) if learning else (a.copy(), None)
        for a, learning in zip(weights, learns, strict=True)
    ]
    blocks = BUILDERS[type(network)](network, iter(given))
    z, p, t = (np.zeros((network.batch, network.sizes[-1]), np.float32) for _ in range(3))
    update = UPDATES[network.optimizer](w, g, network.learning_rate)

    def step(batch: np.ndarray, wanted: np.ndarray) -> tuple[float, int]:
        np.copyto(z, forward(blocks, batch))
        loss_and_hits = softmax_output(wanted, Layer(None, None, None, None, z, p, t))
        backward(blocks, p)
        update()
        return loss_and_hits

    return loop(network, step, x, y, epochs, shuffle), [value for value, _ in given]


def learnt(network: Network, weights: list[np.ndarray]) -> list[bool]:
    """Whether each of the weights has a gradient: all but averages of batch normalization."""
    if not isinstance(network, Normalized):
        return [True] * len(weights)
    hidden = [True, True, True, True, False, False]  # W, b, γ, β, mean, variance
    return hidden * (len(network.sizes) - 2) + [True, True]


def forward(blocks: list[Block], x: np.ndarray) -> np.ndarray:
    """Pass x through all blocks."""
    return reduce(lambda x, block: block.forward(x), blocks, x)


def backward(blocks: list[Block], dy: np.ndarray) -> np.ndarray:
    """Pass dy back through all blocks."""
    return reduce(lambda dy, block: block.backward(dy), reversed(blocks), dy)


# -- the networks ------------------------------------------------------------------------------


def normalized(network: Network, weights: Iterator[Views]) -> list[Block]:
    """Dense, batch normalization, ReLU; at the end Dense."""
    blocks, n = [], network.batch
    for fan_in, units in network.kernel_shapes[:-1]:
        blocks.append(dense(n, fan_in, units, weights, first=not blocks))
        blocks += [batch_normalization(n, units, weights), relu((n, units))]
    return [*blocks, dense(n, *network.kernel_shapes[-1], weights)]


def dropped(network: Dropped, weights: Iterator[Views]) -> list[Block]:
    """Dense, ReLU, dropout; at the end Dense."""
    blocks, n = [], network.batch
    for seed, (fan_in, units) in enumerate(network.kernel_shapes[:-1]):
        blocks += [dense(n, fan_in, units, weights, first=not blocks), relu((n, units))]
        blocks.append(dropout((n, units), network.rate, seed))
    return [*blocks, dense(n, *network.kernel_shapes[-1], weights)]


def residual(network: Network, weights: Iterator[Views]) -> list[Block]:
    """Dense, ReLU; then the same, each added to its input; at the end Dense."""
    (fan_in, units), *others, last = network.kernel_shapes
    n = network.batch
    first = [dense(n, fan_in, units, weights, first=True), relu((n, units))]
    inner = [[dense(n, *shape, weights), relu((n, units))] for shape in others]
    return [*first, *(added(pair, (n, units)) for pair in inner), dense(n, *last, weights)]


def convolutional(network: Convolutional, weights: Iterator[Views]) -> list[Block]:
    """Convolution, ReLU, maximum, convolution, ReLU, Dense."""
    n, side, (few, many) = network.batch, isqrt(network.sizes[0]), network.filters
    wide, half = side - 2, (side - 2) // 2
    return [
        channels_first((n, side, side, 1)),
        convolution(n, 1, few, side, weights, first=True),
        relu((few, wide, wide, n)),
        maximum(few, wide, n),
        convolution(n, few, many, half, weights),
        relu((many, half - 2, half - 2, n)),
        flattened((many, half - 2, half - 2, n)),
        dense(n, *network.kernel_shapes[-1], weights),
    ]


BUILDERS = {
    Normalized: normalized,
    Dropped: dropped,
    Residual: residual,
    Convolutional: convolutional,
}


# -- the blocks --------------------------------------------------------------------------------


def zeros(*shape: int) -> np.ndarray:
    """Allocate."""
    return np.zeros(shape, np.float32)


def dense(n: int, fan_in: int, units: int, weights: Iterator[Views], first: bool = False) -> Block:
    """y = x W + b;  dW = xᵀ dy, db = 1ᵀ dy, dx = dy Wᵀ (not for the first layer)."""
    (W, dW), (b, db) = next(weights), next(weights)
    y, dx, ones = zeros(n, units), zeros(n, fan_in), np.ones(n, np.float32)
    seen: list[np.ndarray] = [dx]

    def forward(x: np.ndarray) -> np.ndarray:
        seen[0] = x
        np.dot(x, W, y)
        return np.add(y, b, y)

    def backward(dy: np.ndarray) -> np.ndarray:
        np.dot(seen[0].T, dy, dW)
        np.dot(ones, dy, db)
        return dx if first else np.dot(dy, W.T, dx)

    return Block(forward, backward)


def relu(shape: tuple[int, ...]) -> Block:
    """y = max(x, 0), in place of x;  dx = dy where y > 0."""
    open_, dx = zeros(*shape), zeros(*shape)
    seen: list[np.ndarray] = [dx]

    def forward(x: np.ndarray) -> np.ndarray:
        seen[0] = x
        return np.maximum(x, 0, out=x)

    def backward(dy: np.ndarray) -> np.ndarray:
        np.greater(seen[0], 0, open_)
        return np.multiply(dy, open_, dx)

    return Block(forward, backward)


def batch_normalization(n: int, units: int, weights: Iterator[Views]) -> Block:
    """x̂ = (x − μ) / √(σ² + ε), y = γ x̂ + β;  dx = γ / √(σ² + ε) (dy − dβ/n − x̂ dγ/n)."""
    (gamma, d_gamma), (beta, d_beta) = next(weights), next(weights)
    moving = [next(weights)[0], next(weights)[0]]
    x_hat, y, t = zeros(n, units), zeros(n, units), zeros(n, units)
    mu, variance, inverse, u = zeros(units), zeros(units), zeros(units), zeros(units)
    ones, share = np.ones(n, np.float32), np.full(n, 1 / n, np.float32)

    def forward(x: np.ndarray) -> np.ndarray:
        np.dot(share, x, mu)
        np.subtract(x, mu, x_hat)
        np.multiply(x_hat, x_hat, t)
        np.dot(share, t, variance)
        for average, now in zip(moving, (mu, variance), strict=True):
            np.multiply(average, 0.99, average)
            np.multiply(now, 1 - 0.99, u)
            np.add(average, u, average)
        np.add(variance, 1e-3, inverse)
        np.sqrt(inverse, inverse)
        np.divide(1, inverse, inverse)
        np.multiply(x_hat, inverse, x_hat)
        np.multiply(x_hat, gamma, y)
        return np.add(y, beta, y)

    def backward(dy: np.ndarray) -> np.ndarray:
        np.dot(ones, dy, d_beta)
        np.multiply(dy, x_hat, t)
        np.dot(ones, t, d_gamma)
        np.divide(d_gamma, n, u)
        np.multiply(x_hat, u, t)
        np.subtract(dy, t, t)
        np.divide(d_beta, n, u)
        np.subtract(t, u, t)
        np.multiply(gamma, inverse, u)
        return np.multiply(t, u, t)

    return Block(forward, backward)


def dropout(shape: tuple[int, ...], rate: float, seed: int) -> Block:
    """y = x m / (1 − rate), m = 0 with probability `rate`;  dx = dy m / (1 − rate)."""
    rng, m, y, dx = np.random.default_rng(seed), zeros(*shape), zeros(*shape), zeros(*shape)

    def forward(x: np.ndarray) -> np.ndarray:
        rng.random(dtype=np.float32, out=m)
        np.greater_equal(m, rate, m)
        np.multiply(m, 1 / (1 - rate), m)
        return np.multiply(x, m, y)

    return Block(forward, lambda dy: np.multiply(dy, m, dx))


def added(inner: list[Block], shape: tuple[int, ...]) -> Block:
    """y = x + f(x);  dx = dy + f'(x) dy."""
    y, dx = zeros(*shape), zeros(*shape)
    return Block(
        lambda x: np.add(x, forward(inner, x), y),
        lambda dy: np.add(dy, backward(inner, dy), dx),
    )


def channels_first(shape: tuple[int, int, int, int]) -> Block:
    """(batch, height, width, channels) → (channels, height, width, batch)."""
    n, height, width, channels = shape
    y = zeros(channels, height, width, n)

    def forward(x: np.ndarray) -> np.ndarray:
        np.copyto(y, x.transpose(3, 1, 2, 0))
        return y

    return Block(forward, lambda dy: dy)


def convolution(
    n: int, channels: int, filters: int, side: int, weights: Iterator[Views], first: bool = False
) -> Block:
    """3×3, valid, with the windows as columns of X: y = Wᵀ X + b;  dW = X dyᵀ, dX = W dy."""
    (W, dW), (b, db) = next(weights), next(weights)
    W, dW, out = W.reshape(-1, filters), dW.reshape(-1, filters), side - 2
    X, dX = zeros(9, channels, out, out, n), zeros(9, channels, out, out, n)
    y, dx = zeros(filters, out, out, n), zeros(channels, side, side, n)
    X_rows, dX_rows = X.reshape(9 * channels, -1), dX.reshape(9 * channels, -1)
    y_rows, places = y.reshape(filters, -1), list(product(range(3), range(3)))
    column = b[:, np.newaxis]

    def forward(x: np.ndarray) -> np.ndarray:
        for k, (i, j) in enumerate(places):
            np.copyto(X[k], x[:, i : i + out, j : j + out])
        np.dot(W.T, X_rows, y_rows)
        np.add(y_rows, column, y_rows)
        return y

    def backward(dy: np.ndarray) -> np.ndarray:
        dy_rows = dy.reshape(filters, -1)
        np.dot(X_rows, dy_rows.T, dW)
        np.add.reduce(dy_rows, axis=1, out=db)
        if first:
            return dx
        np.dot(W, dy_rows, dX_rows)
        dx.fill(0)
        for k, (i, j) in enumerate(places):
            dx[:, i : i + out, j : j + out] += dX[k]
        return dx

    return Block(forward, backward)


def maximum(channels: int, side: int, n: int) -> Block:
    """The largest of 2×2 cells;  dx = dy at the first of them."""
    half = side // 2
    y, t = zeros(channels, half, half, n), zeros(channels, half, half, n)
    dx = zeros(channels, side, side, n)
    wins, free = np.zeros(y.shape, bool), np.zeros(y.shape, bool)
    seen: list[np.ndarray] = [dx]

    def views(x: np.ndarray) -> list[np.ndarray]:
        return [x[:, i:side:2, j:side:2] for i in range(2) for j in range(2)]

    def forward(x: np.ndarray) -> np.ndarray:
        seen[0] = x
        a, b, c, d = views(x)
        np.maximum(a, b, out=y)
        np.maximum(c, d, out=t)
        return np.maximum(y, t, out=y)

    def backward(dy: np.ndarray) -> np.ndarray:
        free.fill(True)
        for cell, d_cell in zip(views(seen[0]), views(dx), strict=True):
            np.equal(cell, y, wins)
            np.logical_and(wins, free, wins)
            np.logical_xor(free, wins, free)
            np.multiply(dy, wins, d_cell)
        return dx

    return Block(forward, backward)


def flattened(shape: tuple[int, int, int, int]) -> Block:
    """(channels, height, width, batch) → (batch, height · width · channels)."""
    channels, height, width, n = shape
    y, dx = zeros(n, height, width, channels), zeros(*shape)
    rows = y.reshape(n, -1)

    def forward(x: np.ndarray) -> np.ndarray:
        np.copyto(y, x.transpose(3, 1, 2, 0))
        return rows

    def backward(dy: np.ndarray) -> np.ndarray:
        np.copyto(dx, dy.reshape(y.shape).transpose(3, 1, 2, 0))
        return dx

    return Block(forward, backward)
