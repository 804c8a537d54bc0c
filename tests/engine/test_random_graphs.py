"""Random networks: forward agrees with plain NumPy, backward with differences of it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course import Input, Model, config, optimizers
from course.layers import Dense
from differences import differences
from random_network import FUNCTIONS, HEADS, ROWS, Network, call_dense, grow


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
        self.model.compile(
            optimizers.SGD(0.1), loss=list(self.losses), loss_weights=self.loss_weights
        )
        self.arguments = self.xs, self.ys, self.weight

    def _heads(self) -> list[tuple[str, int]]:
        return list(zip(self.losses, self.places, strict=True))

    def _head(self, draw: Any, loss: str) -> int:
        """Add an output layer to the last tensor, or to any."""
        source = draw(st.sampled_from(range(len(self.network.tensors))))
        layer = Dense(draw(st.integers(2, 3)), HEADS[loss])
        return call_dense(self.network, layer, source, None)

    def loss(self, training: bool) -> float:
        """Return the loss, penalties included, by plain NumPy."""
        values, activity = self.network.values(self.xs, training)
        weight = np.ones(ROWS) if self.weight is None else self.weight
        total = activity + self.network.weight_penalty()
        for (name, place), y, importance in zip(
            self._heads(), self.ys, self.loss_weights, strict=True
        ):
            total += importance * (weight * _values(name, y, values[place])).sum() / ROWS
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


@pytest.fixture(autouse=True)
def softmax_in_plain_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let output layers be softmax, which has no place inside a network."""
    monkeypatch.setitem(
        FUNCTIONS, "softmax", lambda z: np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
    )


@given(st.data())
@settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@pytest.mark.usefixtures("float64")
def test_loss_and_gradients_of_a_random_network(data: st.DataObject) -> None:
    problem = Problem(data.draw)
    model = problem.model
    loss = model.test_on_batch(*problem.arguments, return_dict=True)["loss"]
    np.testing.assert_allclose(loss, problem.loss(training=False), rtol=1e-9)

    gradients = model.gradients(*problem.arguments)
    trainable = model.trainable_weights
    assert len(gradients) == len(trainable)
    for v, gradient in zip(trainable, gradients.values(), strict=True):
        expected = differences(lambda: problem.loss(training=True), v.value)
        np.testing.assert_allclose(gradient, expected, rtol=2e-6, atol=2e-8)

    before = [v.numpy() for v in model.weights]
    loss = model.train_on_batch(*problem.arguments, return_dict=True)["loss"]
    moved = dict(zip(trainable, gradients.values(), strict=True))
    for v, value in zip(model.weights, before, strict=True):
        if v.trainable:  # statistics move in their own way
            np.testing.assert_allclose(v.value, value - 0.1 * moved.get(v, 0.0), rtol=1e-12)
