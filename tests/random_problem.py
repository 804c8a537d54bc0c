"""A random network with data and a loss, whose value plain NumPy knows, too."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st

from course import Input, Model, config, optimizers
from course.layers import Dense
from random_network import HEADS, ROWS, Network, call_dense, grow


class Problem:
    """A compiled model with data, and its loss in plain NumPy."""

    def __init__(self, draw: Any) -> None:
        rng = np.random.default_rng(draw(st.integers(0, 10**6)))
        with config.seeded(draw(st.integers(0, 10**6))):
            inputs = [Input((draw(st.integers(1, 3)),)) for _ in range(draw(st.integers(1, 2)))]
            self.network = Network(inputs)
            grow(draw, self.network, draw(st.integers(1, 6)), nest=True)
            self.losses = draw(st.lists(st.sampled_from(sorted(HEADS)), min_size=1, max_size=2))
            self.places = [self._head(draw, loss) for loss in self.losses]
            self.network.prune(self.places)
        for layer in self.network.layers:
            layer.trainable = draw(st.sampled_from([True, True, True, False]))
        self.loss_weights = [draw(st.floats(0.25, 2.0)) for _ in self.losses]
        self.xs = [rng.normal(size=(ROWS, t.shape[-1])) for t in inputs]
        self.ys = [_targets(rng, name, self.network.width(p)) for name, p in self._heads()]
        self.weight = rng.uniform(0.5, 2, ROWS) if draw(st.booleans()) else None
        self.model = Model(inputs, [self.network.tensors[p] for p in self.places])
        self.compile(optimizers.SGD(0.1))
        self.arguments = self.xs, self.ys, self.weight

    def compile(self, optimizer: Any) -> None:
        """Choose another optimizer, with the same losses."""
        self.model.compile(optimizer, loss=list(self.losses), loss_weights=self.loss_weights)

    def _heads(self) -> list[tuple[str, int]]:
        return list(zip(self.losses, self.places, strict=True))

    def _head(self, draw: Any, loss: str) -> int:
        """Add an output layer to the last tensor, or to any."""
        source = draw(st.sampled_from(range(len(self.network.tensors))))
        layer = Dense(draw(st.integers(2, 3)), HEADS[loss])
        return call_dense(self.network, layer, source, None)

    def loss(self, training: bool, rows: slice = slice(None)) -> float:
        """Return the loss of some rows, penalties included, by plain NumPy."""
        values, activity = self.network.values([x[rows] for x in self.xs], training)
        weight = (np.ones(ROWS) if self.weight is None else self.weight)[rows]
        total = activity + self.network.weight_penalty()
        for (name, place), y, importance in zip(
            self._heads(), self.ys, self.loss_weights, strict=True
        ):
            losses = _values(name, y[rows], values[place])
            total += importance * (weight * losses).sum() / len(weight)
        return float(total)


def _targets(rng: np.random.Generator, loss: str, width: int) -> np.ndarray:
    if loss == "mse":
        return rng.normal(size=(ROWS, width))
    y = rng.uniform(0.1, 0.9, (ROWS, width))
    return y / y.sum(axis=1, keepdims=True) if loss == "categorical_crossentropy" else y


def _values(loss: str, y: np.ndarray, p: np.ndarray) -> np.ndarray:
    if loss == "mse":
        return np.mean((p - y) ** 2, axis=1)
    if loss == "binary_crossentropy":
        return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p), axis=1)
    return -np.sum(y * np.log(p), axis=1)
