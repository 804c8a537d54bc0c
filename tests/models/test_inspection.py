"""Looking inside: right by differences, and nothing is changed by it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course import Input, Model, Sequential, config
from course.callbacks import Callback
from course.layers import (
    Activation,
    Add,
    BatchNormalization,
    Concatenate,
    Dense,
    Dropout,
    Layer,
)
from differences import differences

RNG = np.random.default_rng(0)
X = RNG.normal(size=(5, 3))
Y = np.array([0, 1, 2, 1, 0])


class Nudge(Layer):
    """y = x + n, where n can be moved: what the loss does then is the error signal."""

    n: Any = 0.0

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        return x + self.n, None

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        return dy


def network(output: str = "softmax") -> Model:
    """Return a model with a branch, a nested model, penalties, dropout and a Nudge."""
    x = Input((3,))
    h = Dense(4, "tanh", kernel_regularizer="l2", name="first")(x)
    h = Nudge(name="nudge")(h)
    inner = Sequential([Dense(4, "sigmoid", name="deep", activity_regularizer="l2")], name="inner")
    h = Concatenate(name="join")([BatchNormalization(name="norm")(h), inner(h), x])
    out = Dense(3, output, name="out")(Dropout(0.3, seed=5, name="drop")(h))
    model = Model(x, out)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return model


def loss_in_training(model: Model) -> float:
    """Return the loss of a step of training, taken at the rate 0 and then undone."""
    from course.engine import unmoved

    with unmoved(model):
        model.optimizer.learning_rate = 0.0
        return model.train_on_batch(X, Y, return_dict=True)["loss"]


@pytest.mark.usefixtures("float64")
def test_gradients_have_names_and_are_the_differences() -> None:
    model = network()
    gradients = model.gradients(X, Y)
    assert list(gradients) == [
        "first/kernel",
        "first/bias",
        "norm/gamma",
        "norm/beta",
        "inner/deep/kernel",
        "inner/deep/bias",
        "out/kernel",
        "out/bias",
    ]
    for v, gradient in zip(model.trainable_weights, gradients.values(), strict=True):
        assert not np.shares_memory(gradient, v.grad)
        expected = differences(lambda: loss_in_training(model), v.value)
        np.testing.assert_allclose(gradient, expected, rtol=1e-5, atol=1e-8)


@pytest.mark.parametrize("output", ["softmax", "sigmoid"])
@pytest.mark.usefixtures("float64")
def test_error_signals_are_the_differences(output: str) -> None:
    model = network(output)  # fused with its loss, or not
    signals = model.error_signals(X, Y)
    assert list(signals) == ["first", "nudge", "norm", "inner", "join", "drop", "out"]
    nudge = model.get_layer("nudge")
    nudge.n = np.zeros((5, 4))
    expected = differences(lambda: loss_in_training(model), nudge.n)
    np.testing.assert_allclose(signals["nudge"], expected, rtol=1e-5, atol=1e-8)
    np.testing.assert_array_equal(signals["first"], signals["nudge"])


@pytest.mark.usefixtures("float64")
def test_the_signal_at_the_output_is_that_of_the_probabilities() -> None:
    model = network()
    p = model.activations(X, training=False)["out"]
    model.get_layer("drop").rate = 0.0
    p = model.activations(X, training=True)["out"]
    expected = (1 - np.eye(3)[Y] / p) / 5  # of probabilities that are renormalised
    np.testing.assert_allclose(model.error_signals(X, Y)["out"], expected, rtol=1e-9)


def test_signals_reach_back_from_a_saturated_output() -> None:
    model = Sequential([Input((1,)), Dense(1, name="h"), Dense(1, "sigmoid", use_bias=False)])
    model.compile("sgd", "binary_crossentropy")
    model.set_weights([[[1.0]], [0.0], [[100.0]]])
    signals = model.error_signals([[1.0]], [[0.0]])
    assert signals["h"][0, 0] == pytest.approx(100)  # (p − y)·w


def test_activations_are_the_outputs_of_the_layers() -> None:
    model = network()
    found = model.activations(X)
    assert list(found) == ["first", "nudge", "norm", "inner", "join", "drop", "out"]
    np.testing.assert_array_equal(found["out"], model.predict(X))
    np.testing.assert_array_equal(found["first"], model.get_layer("first")(X))
    np.testing.assert_array_equal(found["drop"], found["join"])
    assert (model.activations(X, training=True)["drop"] == 0).any()


def test_a_layer_that_is_called_twice_has_a_list() -> None:
    x = Input((3,))
    layer = Dense(3, "relu", name="twice")
    model = Model(x, Add(name="sum")([layer(x), layer(layer(x))]))
    model.compile("sgd", "mse")
    found = model.activations(X)
    assert [a.shape for a in found["twice"]] == [(5, 3)] * 3
    assert len(model.error_signals(X, X)["twice"]) == 3


def test_sample_weights_and_loss_weights_count() -> None:
    x = Input((1,))
    model = Model(x, [Dense(1, use_bias=False, name="a")(x), Dense(1, name="b")(x)])
    model.compile("sgd", ["mse", None], loss_weights=[0.5, None])
    model.get_layer("a").kernel.value = [[1.0]]
    arguments = np.ones(4), [np.zeros(4), np.zeros(4)], np.array([4.0, 0, 0, 0])
    assert model.gradients(*arguments)["a/kernel"] == pytest.approx(0.5 * 2 * 4 / 4)
    assert model.error_signals(*arguments)["a"][:, 0].tolist() == [1, 0, 0, 0]
    assert "b" not in model.error_signals(*arguments)


def everything(model: Model) -> list[Any]:
    """Return all that looking must not change."""
    parameters = model.parameters
    return [
        *model.get_weights(),
        *(slot.copy() for slot in parameters.slots.values()),
        np.array(model.optimizer.iterations),
        model.get_layer("drop").generator.bit_generator.state,
        config.generator().bit_generator.state,
        model.objective.results(),
    ]


@pytest.mark.parametrize(
    "look",
    [
        lambda model: model.gradients(X, Y),
        lambda model: model.error_signals(X, Y),
        lambda model: model.activations(X, training=True),
    ],
    ids=["gradients", "error_signals", "activations"],
)
def test_looking_changes_nothing(look: Any) -> None:
    model = network()
    model.fit(X, Y, verbose=0)
    before = everything(model)
    first, second = look(model), look(model)
    for now, then in zip(everything(model), before, strict=True):
        np.testing.assert_equal(now, then)
    np.testing.assert_equal(first, second)


def test_a_callback_that_looks_after_every_batch_leaves_no_trace() -> None:
    class Look(Callback):
        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            self.model.gradients(X, Y)
            self.model.error_signals(X, Y)
            self.model.activations(X)

    results = []
    for callbacks in ([], [Look()]):
        with config.seeded(1):
            model = network()
            history = model.fit(X, Y, 2, epochs=3, verbose=0, callbacks=callbacks)
        results.append([history.history, model.get_weights()])
    np.testing.assert_equal(*results)


def test_frozen_layers_have_no_gradients_but_pass_signals() -> None:
    model = network()
    model.get_layer("first").trainable = False
    model.get_layer("inner").trainable = False
    assert list(model.gradients(X, Y)) == ["norm/gamma", "norm/beta", "out/kernel", "out/bias"]
    assert model.error_signals(X, Y)["first"].any()


def test_activations_need_no_compile() -> None:
    model = Sequential([Dense(2), Activation("relu")])
    assert list(model.activations(X)) == ["dense", "activation"]
    with pytest.raises(RuntimeError, match="not compiled"):
        model.gradients(X, Y)
