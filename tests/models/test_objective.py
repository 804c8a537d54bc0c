"""The losses of all outputs together; and cross-entropy taken from the logits."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course import Input, Model, Sequential, metrics
from course.layers import Activation, Dense
from course.losses import BinaryCrossentropy, CategoricalCrossentropy, MeanSquaredError

RNG = np.random.default_rng(0)
X = RNG.normal(size=(12, 3)).astype("float32")
LABELS = np.arange(12) % 3
CASES = {
    "binary_crossentropy": (1, "sigmoid", LABELS % 2),
    "several binary": (3, "sigmoid", np.eye(3)[LABELS]),
    "categorical_crossentropy": (3, "softmax", np.eye(3)[LABELS]),
    "sparse_categorical_crossentropy": (3, "softmax", LABELS),
}


def model(units: int, activation: str, loss: Any, fused: bool, weights: Any = None) -> Model:
    """Return a model whose loss is taken from the logits, or not, because it is read twice."""
    x = Input((3,))
    out = Dense(units, activation)(Dense(4, "tanh")(x))
    network = Model(x, out if fused else [out, out])
    loss = "binary_crossentropy" if loss == "several binary" else loss
    network.compile("sgd", loss if fused else [loss, None], metrics=["accuracy"])
    if weights is not None:
        network.set_weights(weights)
    return network


@pytest.mark.parametrize("name", CASES)
@pytest.mark.usefixtures("float64")
def test_the_fused_path_is_the_plain_one(name: str) -> None:
    units, activation, y = CASES[name]
    plain = model(units, activation, name, fused=False)
    fused = model(units, activation, name, fused=True, weights=plain.get_weights())
    assert [head.is_fused for head in plain.objective.heads] == [False, False]
    assert [head.is_fused for head in fused.objective.heads] == [True]
    weight = RNG.uniform(0.5, 2, len(X))
    a = fused.gradients(X, y, weight)
    b = plain.gradients(X, [y, np.zeros((12, units))], [weight, weight])
    for ours, theirs in zip(a.values(), b.values(), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-12)
    one = fused.evaluate(X, y, return_dict=True)
    two = plain.evaluate(X, [y, np.zeros((12, units))], return_dict=True)
    assert one["loss"] == pytest.approx(two["loss"], rel=1e-9)
    assert one["accuracy"] == next(v for k, v in two.items() if k.endswith("accuracy"))
    np.testing.assert_array_equal(fused.predict(X), plain.predict(X)[0])


def at_logit(z: float, activation: str, loss: Any) -> Sequential:
    """Return a model of one input whose logit is z·x; for softmax the other logit is 0."""
    units = 1 if activation == "sigmoid" else 2
    network = Sequential([Input((1,)), Dense(units, activation, use_bias=False)])
    network.compile("sgd", loss)
    network.set_weights([[[z] if units == 1 else [z, 0.0]]])
    return network


@pytest.mark.parametrize("z", [20.0, 40.0, 1000.0])
@pytest.mark.parametrize(
    ("activation", "loss", "y"),
    [
        ("sigmoid", "binary_crossentropy", [[0.0]]),
        ("softmax", "categorical_crossentropy", [[0.0, 1.0]]),
        ("softmax", "sparse_categorical_crossentropy", [1]),
    ],
)
def test_a_confident_mistake_has_its_full_loss_and_gradient(
    z: float, activation: str, loss: str, y: Any
) -> None:
    x = np.ones((1, 1))
    for sign, exact_gradient in ((1, [1.0, -1.0]), (-1, [-np.exp(-z), np.exp(-z)])):
        network = at_logit(sign * z, activation, loss)
        # y is wrong at +z and right at −z
        gradient = network.gradients(x, y)["dense/kernel"][0]
        value = network.evaluate(x, y)
        if sign == 1:
            assert value == pytest.approx(z + np.log1p(np.exp(-z)), rel=1e-6)
            np.testing.assert_allclose(gradient, exact_gradient[: len(gradient)], rtol=1e-6)
        else:
            assert value == pytest.approx(np.log1p(np.exp(-z)), rel=1e-5, abs=1e-8)
            assert (np.abs(gradient) <= np.exp(-z) * 1.01 + 1e-12).all()


def test_the_plain_form_saturates_which_is_why_there_is_the_other() -> None:
    x = Input((1,))
    out = Dense(1, "sigmoid", use_bias=False, activity_regularizer="l2")(x)
    network = Model(x, out)
    network.compile("sgd", "binary_crossentropy")
    assert not network.objective.heads[0].is_fused
    network.set_weights([[[40.0]]])
    gradient = network.gradients([[1.0]], [[0.0]])["dense/kernel"]
    assert abs(gradient[0, 0]) < 1e-6


def test_when_logits_are_used() -> None:
    x = Input((2,))

    def fused(outputs: Any, loss: Any) -> list[bool]:
        network = Model(x, outputs)
        network.compile("sgd", loss)
        return [head.is_fused for head in network.objective.heads]

    p = Dense(2, "softmax")(x)
    assert fused(p, "categorical_crossentropy") == [True]
    assert fused(Activation("softmax")(Dense(2)(x)), "categorical_crossentropy") == [True]
    assert fused(p, CategoricalCrossentropy(label_smoothing=0.1)) == [True]
    assert fused([p, Dense(1, "sigmoid")(p)], ["mse", "bce"]) == [False, True]
    assert fused([p, p], ["categorical_crossentropy"] * 2) == [False, False]
    assert fused(p, "mse") == [False]
    assert fused(Dense(2)(x), CategoricalCrossentropy(from_logits=True)) == [False]
    assert fused(Dense(2, "sigmoid")(x), "bce") == [True]
    assert fused(Dense(2, "tanh")(x), "mse") == [False]
    penalised = Dense(2, "softmax", activity_regularizer="l1")(x)
    assert fused(penalised, "categorical_crossentropy") == [False]


def two_outputs(**compiled: Any) -> Model:
    """Return a model with the outputs x and 2x, called ``one`` and ``two``."""
    x = Input((1,))
    one, two = (Dense(1, use_bias=False, name=name) for name in ("one", "two"))
    network = Model(x, [one(x), two(x)])
    network.compile("sgd", **compiled)
    network.set_weights([[[1.0]], [[2.0]]])
    return network


Y2 = [np.zeros(2), np.zeros(2)]
X2 = np.array([1.0, 3.0])  # squares: mean 5; of 2x: mean 20


def test_losses_of_several_outputs_are_weighted_and_reported_apart() -> None:
    for loss_weights in ([1.0, 0.5], {"two": 0.5}):
        results = two_outputs(loss="mse", loss_weights=loss_weights).evaluate(
            X2, Y2, return_dict=True
        )
        assert results == {"loss": 15, "one_loss": 5, "two_loss": 20}
    network = two_outputs(loss={"two": MeanSquaredError()}, metrics={"one": ["mae"]})
    results = network.evaluate(X2, {"one": Y2[0], "two": Y2[1]}, return_dict=True)
    assert results["loss"] == 20
    assert results["one_mae"] == 2


def test_metrics_of_several_outputs() -> None:
    for given in (["mae"], [["mae"], ["mae"]], {"one": "mae", "two": ["mae"]}):
        results = two_outputs(loss="mse", metrics=given).evaluate(X2, Y2, return_dict=True)
        assert (results["one_mae"], results["two_mae"]) == (2, 4)


def test_one_metric_object_for_two_outputs_counts_each_by_itself() -> None:
    metric = metrics.MeanAbsoluteError()
    results = two_outputs(loss="mse", metrics=[metric]).evaluate(X2, Y2, return_dict=True)
    assert results["one_mean_absolute_error"] == 2
    assert results["two_mean_absolute_error"] == 4


def test_metrics_of_one_name_are_told_apart() -> None:
    network = Sequential([Input((1,)), Dense(1, use_bias=False)])
    network.compile(
        "sgd",
        "mse",
        metrics=["mae", metrics.MeanMetricWrapper(lambda y, p: 0 * p[:, 0], name="loss")],
        weighted_metrics=["mae"],
    )
    network.set_weights([[[1.0]]])
    results = network.evaluate(X2, Y2[0], sample_weight=[1, 0], return_dict=True)
    assert results == {"loss": 0.5, "mae": 2, "loss_1": 0, "weighted_mae": 1}
    names = ["loss", "mae", "loss_1", "weighted_mae"]
    assert network.metrics_names == names


def test_the_same_output_twice_has_two_names() -> None:
    x = Input((1,))
    y = Dense(1, name="out", kernel_initializer="ones")(x)
    network = Model(x, [y, y])
    network.compile("sgd", ["mse", "mae"])
    results = network.evaluate(X2, {"out": Y2[0], "out_1": Y2[1]}, return_dict=True)
    assert results == {"loss": 7, "out_loss": 5, "out_1_loss": 2}


@pytest.mark.parametrize("reduction", ["sum", "mean_with_sample_weight", "sum_over_batch_size"])
@pytest.mark.usefixtures("float64")
def test_other_reductions_train_by_their_own_gradient(reduction: str) -> None:
    network = Sequential([Input((1,)), Dense(1, use_bias=False)])
    network.compile("sgd", MeanSquaredError(reduction=reduction))
    network.set_weights([[[1.0]]])
    weight = np.array([1.0, 3.0])
    # Σ w·2·x²: 2·1 + 6·9 = 56
    divisor = {"sum": 1, "mean_with_sample_weight": 4, "sum_over_batch_size": 2}[reduction]
    gradient = network.gradients(X2, Y2[0], weight)["dense/kernel"]
    assert gradient[0, 0] == pytest.approx(56 / divisor)


def test_smoothing_survives_the_way_to_the_logits() -> None:
    network = at_logit(0.5, "sigmoid", BinaryCrossentropy(label_smoothing=0.2))
    p = 1 / (1 + np.exp(-0.5))
    assert network.evaluate([[1.0]], [[1.0]]) == pytest.approx(
        -(0.9 * np.log(p) + 0.1 * np.log(1 - p)), rel=1e-6
    )
