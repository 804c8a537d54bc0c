"""Freezing, thawing, compiling, setting and storing in any order, against plain NumPy."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course import Input, Model
from course.layers import Dense
from course.optimizers import SGD

RATE, MOMENTUM = 0.1, 0.9
RNG = np.random.default_rng(0)
X = RNG.normal(size=(6, 3))
YS = [RNG.normal(size=(6, 1)) for _ in range(2)]


class Plain:
    """Two models, tanh(x W) v₀ and tanh(x W) v₁, by gradient descent with momentum.

    W is theirs together, its velocity is not. What is frozen keeps its velocity.
    """

    def __init__(self, weights: list[np.ndarray]) -> None:
        self.weights = [w.copy() for w in weights]  # W, v₀, v₁
        self.layers = [True] * 3
        self.models = [True] * 2
        self.velocities: list[Any] = [None, None]
        for which in range(2):
            self.compile(which)

    def compile(self, which: int) -> None:
        self.velocities[which] = {i: np.zeros_like(self.weights[i]) for i in (0, 1 + which)}

    def set_layer(self, layer: int, trainable: bool) -> None:
        self.layers[layer] = trainable

    def set_model(self, which: int, trainable: bool) -> None:
        self.models[which] = trainable
        self.layers[0] = self.layers[1 + which] = trainable

    def step(self, which: int) -> None:
        W, v = self.weights[0], self.weights[1 + which]
        h = np.tanh(X @ W)
        dy = 2 * (h @ v - YS[which]) / len(X)
        gradients = {0: X.T @ ((dy @ v.T) * (1 - h**2)), 1 + which: h.T @ dy}
        for i, g in gradients.items():
            if self.models[which] and self.layers[i]:
                m = self.velocities[which][i]
                m[...] = MOMENTUM * m - RATE * g
                self.weights[i] = self.weights[i] + m


class Built:
    """The same two models of the package."""

    def __init__(self) -> None:
        x = Input((3,))
        layers = [Dense(4, "tanh", use_bias=False)]
        layers += [Dense(1, use_bias=False) for _ in range(2)]
        self.layers = layers
        self.models = [Model(x, head(layers[0](x))) for head in layers[1:]]
        for which in range(2):
            self.compile(which)

    @property
    def weights(self) -> list[np.ndarray]:
        return [layer.kernel.numpy() for layer in self.layers]

    def compile(self, which: int) -> None:
        self.models[which].compile(SGD(RATE, momentum=MOMENTUM), "mse")

    def set_layer(self, layer: int, trainable: bool) -> None:
        self.layers[layer].trainable = trainable

    def set_model(self, which: int, trainable: bool) -> None:
        self.models[which].trainable = trainable

    def step(self, which: int) -> None:
        self.models[which].train_on_batch(X, YS[which])


WHICH = st.integers(0, 1)
CHANGES = st.one_of(
    st.tuples(st.just("step"), WHICH),
    st.tuples(st.just("step"), WHICH),
    st.tuples(st.just("set_layer"), st.integers(0, 2), st.booleans()),
    st.tuples(st.just("set_model"), WHICH, st.booleans()),
    st.tuples(st.just("compile"), WHICH),
)
LOOKS = ("evaluate", "gradients", "refused", "stored", "set")


def look(model: Model, how: str, y: np.ndarray) -> None:
    """Do what must change nothing."""
    if how == "evaluate":
        model.evaluate(X, y)
    elif how == "gradients":
        model.gradients(X, y)
    elif how == "refused":
        with pytest.raises(ValueError, match="features"):
            model.fit(X[:, :2], y, verbose=0)
    elif how == "set":
        model.set_weights(model.get_weights())
    else:
        with TemporaryDirectory() as folder:
            model.save_weights(Path(folder) / "m.weights.h5")
            model.load_weights(Path(folder) / "m.weights.h5")


@given(
    st.lists(st.one_of(CHANGES, st.tuples(st.just("look"), WHICH, st.sampled_from(LOOKS)))),
)
@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@pytest.mark.usefixtures("float64")
def test_any_order_trains_as_plain_numpy_does(changes: list[tuple[Any, ...]]) -> None:
    built = Built()
    plain = Plain(built.weights)
    for name, *arguments in changes:
        if name == "look":
            which, how = arguments
            look(built.models[which], how, YS[which])
        else:
            for side in (built, plain):
                getattr(side, name)(*arguments)
        for ours, by_hand in zip(built.weights, plain.weights, strict=True):
            np.testing.assert_allclose(ours, by_hand, rtol=1e-9, atol=1e-12)
