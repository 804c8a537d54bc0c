"""Freezing, thawing and sharing, at any time, against models written out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course import Input, Model, Sequential, config
from course.callbacks import Callback
from course.layers import BatchNormalization, Dense
from course.optimizers import SGD, Adam

RNG = np.random.default_rng(0)
X = RNG.normal(size=(8, 3)).astype("float32")
Y = RNG.normal(size=(8, 1)).astype("float32")


def chain(optimizer: Any = None, seed: int = 1) -> Sequential:
    """Return a compiled model of three Dense layers."""
    with config.seeded(seed):
        model = Sequential([Input((3,)), Dense(4, "tanh"), Dense(4, "tanh"), Dense(1)])
    model.compile(optimizer or Adam(0.1), "mse")
    return model


def moved(model: Model, train: Any) -> list[bool]:
    """Return which weights `train` changed."""
    before = model.get_weights()
    train()
    return [bool((a != b).any()) for a, b in zip(model.get_weights(), before, strict=True)]


@pytest.mark.parametrize("when", ["before compile", "after compile", "after a step"])
def test_a_frozen_layer_stays_and_a_thawed_one_moves(when: str) -> None:
    model = chain()
    layer = model.layers[1]
    if when == "after a step":
        model.train_on_batch(X, Y)
    layer.trainable = False
    if when == "before compile":
        model.compile("adam", "mse")
    step = lambda: model.train_on_batch(X, Y)  # noqa: E731
    assert moved(model, step) == [True, True, False, False, True, True]
    assert layer.kernel.grad is None
    layer.trainable = True
    assert all(moved(model, step))
    model.trainable = False
    assert not any(moved(model, step))
    model.trainable = True
    assert all(moved(model, step))


def test_a_layer_born_frozen_can_be_thawed() -> None:
    model = Sequential([Input((3,)), Dense(4, trainable=False), Dense(1)])
    model.compile("sgd", "mse")
    step = lambda: model.train_on_batch(X, Y)  # noqa: E731
    assert moved(model, step) == [False, False, True, True]
    model.layers[0].trainable = True
    assert all(moved(model, step))


def momentum_by_hand(plan: list[set[int]], rate: float = 0.1, mu: float = 0.9) -> list[Any]:
    """Train the chain by SGD with momentum, one layer's velocity apart from the others'.

    Parameters
    ----------
    plan : list of set of int
        For each step, which layers are frozen in it.
    """
    model = chain(SGD(0.0))
    weights = model.get_weights()
    velocity = [np.zeros_like(w) for w in weights]
    for frozen in plan:
        model.set_weights(weights)
        gradients = list(model.gradients(X, Y).values())
        for i, g in enumerate(gradients):
            if i // 2 not in frozen:
                velocity[i] = mu * velocity[i] - rate * g
                weights[i] = weights[i] + velocity[i]
    return weights


def test_velocities_wait_while_their_layer_is_frozen() -> None:
    plan = [set(), {1}, {1, 0}, {0}, {2}, set(), {0, 1, 2}, set()]
    model = chain(SGD(0.1, momentum=0.9))
    for frozen in plan:
        for i, layer in enumerate(model.layers):
            layer.trainable = i not in frozen
        model.train_on_batch(X, Y)
    for ours, theirs in zip(model.get_weights(), momentum_by_hand(plan), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("hook", ["on_epoch_begin", "on_train_batch_begin", "on_train_batch_end"])
def test_freezing_in_the_middle_of_a_fit(hook: str) -> None:
    class Freeze(Callback):
        steps = 0

    def freeze(self: Freeze, number: int, logs: Any = None) -> None:
        self.model.layers[1].trainable = Freeze.steps % 2 == 0
        Freeze.steps += 1

    setattr(Freeze, hook, freeze)
    model = chain(SGD(0.1, momentum=0.9))
    model.fit(X, Y, 8, epochs=4, verbose=0, callbacks=[Freeze()], shuffle=False)
    plan = [set(), {1}, set(), {1}]
    plan = [set(), *plan[:-1]] if hook == "on_train_batch_end" else plan
    for ours, theirs in zip(model.get_weights(), momentum_by_hand(plan), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-4, atol=1e-6)


def test_adam_counts_its_steps_and_keeps_its_moments() -> None:
    free, frozen = chain(), chain()
    for _ in range(3):
        free.train_on_batch(X, Y)
        frozen.train_on_batch(X, Y)
    slots = {
        name: slot.copy()
        for name, slot in frozen.parameters.slots_of(frozen.layers[0].kernel).items()
    }
    frozen.layers[0].trainable = False
    frozen.optimizer.learning_rate = 0.0
    frozen.train_on_batch(X, Y)
    frozen.layers[0].trainable = True
    now = frozen.parameters.slots_of(frozen.layers[0].kernel)
    for name, slot in slots.items():
        np.testing.assert_array_equal(now[name], slot)
    assert frozen.optimizer.iterations == 4


def test_a_frozen_normalization_keeps_its_statistics_and_works_by_them() -> None:
    model = Sequential([Input((3,)), BatchNormalization(), Dense(1)])
    model.compile("sgd", "mse")
    model.train_on_batch(X, Y)
    model.layers[0].trainable = False
    assert moved(model, lambda: model.train_on_batch(X, Y)) == [False] * 4 + [True] * 2
    in_training = model(X, training=True)
    np.testing.assert_array_equal(in_training, model(X))


def test_the_penalty_of_a_frozen_weight_is_no_part_of_the_loss() -> None:
    model = Sequential([Input((3,)), Dense(1, kernel_regularizer="l2")])
    model.compile("sgd", "mse")
    kernel = model.layers[0].kernel.value
    with_penalty = model.evaluate(X, Y)
    model.layers[0].trainable = False
    without = model.evaluate(X, Y)
    assert with_penalty - without == pytest.approx(0.01 * (kernel**2).sum(), rel=1e-5)


class Reference:
    """Two heads on a shared trunk, trained apart by SGD with momentum, in plain NumPy.

    Each model has velocities of its own, of the trunk, too.
    """

    def __init__(self, trunk: np.ndarray, heads: list[np.ndarray]) -> None:
        self.trunk, self.heads = trunk.copy(), [h.copy() for h in heads]
        self.velocities = [[np.zeros_like(trunk), np.zeros_like(h)] for h in heads]

    def step(self, which: int, y: np.ndarray, rate: float, mu: float) -> None:
        """Train one of the heads, and the trunk with it."""
        W, v = self.trunk, self.heads[which]
        h = np.tanh(X @ W)
        dy = 2 * (h @ v - y) / len(X)
        gradients = [X.T @ ((dy @ v.T) * (1 - h * h)), h.T @ dy]
        for i, (w, g) in enumerate(zip((W, v), gradients, strict=True)):
            m = self.velocities[which][i]
            m[...] = mu * m - rate * g
            w += m


def test_two_models_that_share_a_layer_train_in_turn_like_the_reference() -> None:
    x = Input((3,))
    trunk = Dense(4, "tanh", use_bias=False)
    heads = [Dense(1, use_bias=False) for _ in range(2)]
    models = [Model(x, head(trunk(x))) for head in heads]
    for model, rate in zip(models, (0.1, 0.05), strict=True):
        model.compile(SGD(rate, momentum=0.9), "mse")
    reference = Reference(trunk.kernel.value, [head.kernel.value for head in heads])
    for which in [0, 1, 0, 0, 1, 1, 0, 1]:
        y = Y if which == 0 else -2 * Y
        models[which].train_on_batch(X, y)
        reference.step(which, y, (0.1, 0.05)[which], 0.9)
        np.testing.assert_allclose(trunk.kernel.value, reference.trunk, rtol=1e-4, atol=1e-6)
        for head, expected in zip(heads, reference.heads, strict=True):
            np.testing.assert_allclose(head.kernel.value, expected, rtol=1e-4, atol=1e-6)
    assert np.shares_memory(trunk.kernel.value, models[1].parameters.value)


def test_freezing_a_shared_layer_reaches_every_model() -> None:
    x = Input((3,))
    trunk = Dense(4)
    models = [Model(x, Dense(1)(trunk(x))) for _ in range(2)]
    for model in models:
        model.compile("adam", "mse")
        model.train_on_batch(X, Y)
    trunk.trainable = False
    for model in models:
        assert moved(model, lambda model=model: model.train_on_batch(X, Y))[:2] == [False, False]


def test_layers_deep_inside_models_are_frozen_and_thawed() -> None:
    core = Dense(3, "tanh")
    inner = Sequential([Input((3,)), core, Dense(2)])
    outer = Sequential([Input((3,)), Sequential([Input((3,)), inner]), Dense(1)])
    outer.compile("sgd", "mse")
    step = lambda: outer.train_on_batch(X, Y)  # noqa: E731
    core.trainable = False
    assert moved(outer, step) == [False, False, True, True, True, True]
    core.trainable = True
    assert all(moved(outer, step))
    inner.trainable = False
    assert moved(outer, step) == [False, False, False, False, True, True]
    inner.trainable = True
    assert all(moved(outer, step))


def test_a_part_is_thawed_inside_a_model_that_stays_frozen() -> None:
    shared = Dense(3)
    x = Input((3,))
    inner = Model(x, shared(shared(x)))
    outer = Sequential([Input((3,)), Dense(3), inner, Dense(1)])
    outer.compile("sgd", "mse")
    inner.trainable = False
    shared.trainable = True  # the model around it is still frozen, as in Keras
    step = lambda: outer.train_on_batch(X, Y)  # noqa: E731
    assert moved(outer, step) == [True, True, False, False, True, True]


def test_set_weights_between_steps_keeps_views() -> None:
    model = chain()
    model.train_on_batch(X, Y)
    vector = model.parameters.value
    model.set_weights([np.zeros_like(w) for w in model.get_weights()])
    assert not vector.any()
    model.train_on_batch(X, Y)
    assert model.parameters.value is vector
    assert vector.any()
