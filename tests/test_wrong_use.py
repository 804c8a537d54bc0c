"""Wrong use all over the package: what is said. One line for each mistake.

A message must hold the argument, what came, and what was expected or how to mend it. The mistakes
in `compile` and `fit`, after which a model must be as it was, are in tests/models.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from course import (
    Input,
    Model,
    Sequential,
    activations,
    config,
    constraints,
    datasets,
    initializers,
    layers,
    losses,
    metrics,
    models,
    optimizers,
    regularizers,
    utils,
)
from course.constraints import MaxNorm, MinMaxNorm, UnitNorm
from course.layers import Conv2D, Dense, Embedding, Flatten, Reshape, SimpleRNN
from course.optimizers import SGD, schedules

X = np.arange(12.0).reshape(6, 2) / 12
Y = np.array([0, 1, 2, 0, 1, 2])
ONE_HOT = np.eye(3)[Y]
IMAGES = np.zeros((4, 8, 8, 1))
RAGGED = [[1.0], [2.0, 3.0]]
SPARSE, CATEGORICAL = "sparse_categorical_crossentropy", "categorical_crossentropy"

Mistake = tuple[Callable[[], Any], type[Exception], list[str]]


def chain(*parts: Any, shape: tuple[int, ...] = (2,)) -> Sequential:
    """Return a model of these layers."""
    return Sequential([Input(shape), *parts])


def compiled(*parts: Any, loss: Any = "mse", shape: Any = (2,), **arguments: Any) -> Sequential:
    """Return a compiled model of these layers."""
    model = chain(*parts, shape=shape)
    model.compile("sgd", loss, **arguments)
    return model


def image_model(shape: tuple[int, ...] = (8, 8, 1)) -> Sequential:
    """Return a compiled classifier of images."""
    return compiled(Conv2D(2, 3), Flatten(), Dense(3, "softmax"), shape=shape, loss=SPARSE)


def called_on(*widths: int) -> None:
    """Call one layer on inputs of several widths."""
    layer = Dense(3)
    for width in widths:
        layer(Input((width,)))


LAYERS: list[Mistake] = [
    (lambda: Dense(None), TypeError, ["units must be a whole number, got None"]),
    (lambda: Dense(3.0), TypeError, ["units must be a whole number, got 3.0"]),
    (lambda: Dense(3, name=3), TypeError, ["name must be a string", "got 3"]),
    (lambda: Dense(3, name="a/b"), TypeError, ["name must be a string without '/'", "'a/b'"]),
    (lambda: Dense(3, input_shape=2), TypeError, ["input_shape", "tuple such as (2,)", "got 2"]),
    (lambda: Dense(3, kernel_initializer=np.ones(3)), TypeError, ["initializer", "array([1."]),
    (lambda: Dense(3, kernel_regularizer=0.01), TypeError, ["regularizer", "got 0.01"]),
    (lambda: Dense(3, kernel_constraint=2), TypeError, ["constraint", "'max_norm'", "got 2"]),
    (lambda: Dense(3)(None), TypeError, ["'dense' is missing (None)"]),
    (lambda: Dense(3)("abc"), TypeError, ["'dense' must hold real numbers", "<U3", "np.unique"]),
    (lambda: Dense(3)(X.astype(str)), TypeError, ["must hold real numbers", "<U32"]),
    (lambda: Dense(3)(X.astype(object)), TypeError, ["object", ".astype(float)"]),
    (lambda: Dense(3)(X + 1j), TypeError, ["real numbers", "complex128", ".real"]),
    (lambda: Dense(3)(RAGGED), ValueError, ["'dense' is no rectangular array"]),
    (lambda: Dense(3)(X[0]), ValueError, ["inputs of shape (batch, features)", "(None,)"]),
    (lambda: Dense(3)(Dense(2)), TypeError, ["must hold real numbers", "object"]),
    (lambda: Dense(3)([X, X]), ValueError, ["takes one input, got 2", "Concatenate()"]),
    (lambda: Dense(3)([Input((2,)), Input((2,))]), ValueError, ["takes one input, got 2"]),
    (lambda: layers.Multiply()([Input((2,)), X]), TypeError, ["symbolic tensors and arrays"]),
    (lambda: called_on(2, 5), ValueError, ["built for 2 features", "has 5", "another layer"]),
    (lambda: Dense(2, kernel_constraint=MaxNorm(axis=5))(X), ValueError, ["axis=5", "(2, 2)"]),
    (lambda: Dense(2, kernel_constraint=lambda w: w[:1])(X),
     ValueError, ["constraint of 'kernel'", "shape (2, 2)", "(1, 2)"]),
    (lambda: Dense(2, kernel_constraint=lambda w: None)(X),
     ValueError, ["constraint of 'kernel'", "shape (2, 2)", "()"]),
    (lambda: Dense(2, kernel_initializer=lambda shape: np.ones(3))(X),
     ValueError, ["initializer must return", "(2, 2)", "(3,)"]),
    (lambda: Dense(1).set_weights([np.ones((2, 1))]),
     ValueError, ["set_weights", "expects 0 arrays", "not built yet"]),
    (lambda: chain(Dense(1)).set_weights(None), TypeError, ["list of arrays", "got None"]),
    (lambda: chain(Dense(1)).set_weights([]), ValueError, ["expects 2 arrays", "got 0"]),
    (lambda: chain(Dense(1)).set_weights([np.ones((1, 2)), np.ones(1)]),
     ValueError, ["(2, 1)", "(1, 2)"]),
    (lambda: chain(Dense(1)).set_weights([["a"], [1]]), TypeError, ["weights[0]", "<U1"]),
    (lambda: chain(Dense(1)).layers[0].kernel.assign(np.ones(3)),
     ValueError, ["'kernel' has shape (2, 1)", "(3,)"]),
    (lambda: layers.Dropout(None), TypeError, ["rate must be a number, got None"]),
    (lambda: layers.Dropout(50), ValueError, ["rate", "at most 1, got 50"]),
    (lambda: layers.Dropout(np.nan), ValueError, ["rate", "got nan"]),
    (lambda: layers.Dropout(0.5, noise_shape=3), TypeError, ["noise_shape", "tuple", "got 3"]),
    (lambda: layers.Dropout(0.5, seed="a"), TypeError, ["seed must be a whole number", "'a'"]),
    (lambda: layers.GaussianNoise(-1), ValueError, ["stddev must be at least 0", "got -1"]),
    (lambda: layers.BatchNormalization(momentum="high"), TypeError, ["momentum", "'high'"]),
    (lambda: layers.LayerNormalization(axis=5)(X), ValueError, ["axis=5", "(None, 2)"]),
    (lambda: layers.Add()([X, np.ones((6, 3))]), ValueError, ["one shape", "(None, 3)"]),
    (lambda: layers.Add()(X), ValueError, ["merges a list", "Add()([a, b])"]),
    (lambda: layers.Subtract()([X] * 3), ValueError, ["exactly two inputs, got 3", "Add()"]),
    (lambda: layers.Concatenate()([Input((2, 3)), Input((3, 3))]),
     ValueError, ["differ along axis -1 only", "(None, 3, 3)"]),
    (lambda: layers.Concatenate(axis=5)([Input((2, 3))] * 2), ValueError, ["axis=5", "(None, 2"]),
    (lambda: Flatten("channels_first"), ValueError, ["data_format", "np.moveaxis(x, 1, -1)"]),
    (lambda: Reshape(4), TypeError, ["target_shape must be a tuple", "got 4"]),
    (lambda: Reshape((-1, -1)), ValueError, ["target_shape", "one may be left open", "(-1, -1)"]),
    (lambda: Reshape((3,))(X), ValueError, ["(None, 2)", "target_shape=(3,)", "needs 3"]),
    (lambda: Conv2D(0, 3), ValueError, ["filters must be at least 1, got 0"]),
    (lambda: Conv2D(4, (3, 3, 3)), ValueError, ["kernel_size", "pair", "(3, 3, 3)"]),
    (lambda: Conv2D(4, 3, padding="sme"), ValueError, ["padding", "'sme'", "mean 'same'"]),
    (lambda: Conv2D(4, 3, data_format="channels_first"), ValueError, ["np.moveaxis(x, 1, -1)"]),
    (lambda: Conv2D(4, 3, dilation_rate=2), ValueError, ["dilation_rate=2", "must be 1"]),
    (lambda: Conv2D(4, 3)(Input((28, 28))),
     ValueError, ["(None, 28, 28)", "x[..., np.newaxis]", "Input((28, 28, 1))"]),
    (lambda: Conv2D(4, 3)(Input((784,))), ValueError, ["(None, 784)", "Reshape((height, width"]),
    (lambda: Conv2D(4, 3)([IMAGES, IMAGES]), ValueError, ["takes one input, got 2", "Merge"]),
    (lambda: Conv2D(4, 9)(Input((8, 8, 1))), ValueError, ["windows of (9, 9)", "only 8 high"]),
    (lambda: layers.MaxPooling2D("2"), TypeError, ["pool_size must be a whole number, got '2'"]),
    (lambda: layers.UpSampling2D(2, interpolation="cubic"), ValueError, ["'nearest'", "'cubic'"]),
    (lambda: SimpleRNN(4)(Input((3,))), ValueError, ["(batch, time, features)", "x[..., None]"]),
    (lambda: SimpleRNN(4, dropout=2), ValueError, ["dropout", "at most 1, got 2"]),
    (lambda: Embedding(10, 3)([[11]]), ValueError, ["[0, 10)", "got 11", "larger input_dim"]),
    (lambda: Embedding(10, 3)([[1.5]]), ValueError, ["whole numbers", "got 1.5"]),
    (lambda: Embedding(10, 3)([["word"]]), TypeError, ["must hold real numbers", "np.unique"]),
    (lambda: layers.ReLU(negative_slope=-1), ValueError, ["negative_slope", "got -1"]),
    (lambda: layers.Softmax(axis=7)(X), ValueError, ["axis=7", "(None, 2)"]),
    (lambda: layers.Activation(layers.ReLU), TypeError, ["activation must be a name", "ReLU"]),
    (Input, TypeError, ["Input(shape=...)", "(2,)", "got None"]),
    (lambda: Input(28, 28), TypeError, ["Input(shape=...)", "got 28"]),
    (lambda: Input((-1,)), ValueError, ["shape must be at least 1, got -1"]),
    (lambda: Input((2,), dtype="string"), ValueError, ["dtype", "real numbers", "'string'"]),
    (lambda: Input((2,), batch_shape=(None, 2)), ValueError, ["either batch_shape, or shape"]),
]  # fmt: skip

FUNCTIONS: list[Mistake] = [
    (lambda: activations.get("rleu"), ValueError, ["activation 'rleu'", "mean 'relu'"]),
    (lambda: activations.get(3), TypeError, ["activation must be a name", "got 3"]),
    (lambda: activations.relu("abc"), TypeError, ["x must be a number or an array", "'abc'"]),
    (lambda: activations.leaky_relu(X, negative_slope="a"), TypeError, ["negative_slope", "'a'"]),
    (lambda: initializers.get("he_norml"), ValueError, ["mean 'he_normal'"]),
    (lambda: initializers.get(None), TypeError, ["initializer must be a name", "got None"]),
    (lambda: initializers.HeNormal(seed="a"), TypeError, ["seed must be a whole number", "'a'"]),
    (lambda: initializers.HeNormal()((-1, 2)), ValueError, ["shape must be at least 0, got -1"]),
    (lambda: initializers.RandomNormal(stddev=-1), ValueError, ["stddev", "got -1"]),
    (lambda: initializers.RandomUniform(1, 0), ValueError, ["maxval must be at least 1, got 0"]),
    (lambda: initializers.Constant([1, 2]), TypeError, ["value must be a number, got [1, 2]"]),
    (lambda: initializers.Orthogonal()((3,)), ValueError, ["two axes or more", "(3,)"]),
    (lambda: initializers.VarianceScaling(mode="fan"), ValueError, ["mode", "'fan_in'", "'fan'"]),
    (lambda: initializers.VarianceScaling(scale=-1), ValueError, ["scale must be above 0, got -1"]),
    (lambda: regularizers.L2(-0.01), ValueError, ["l2 must be at least 0, got -0.01"]),
    (lambda: regularizers.L2("a"), TypeError, ["l2 must be a number, got 'a'"]),
    (lambda: regularizers.L1(np.nan), ValueError, ["l1", "got nan"]),
    (lambda: regularizers.L1L2(l1=-1), ValueError, ["l1 must be at least 0, got -1"]),
    (lambda: regularizers.get("l3"), ValueError, ["regularizer 'l3'", "Known: L1"]),
    (lambda: MaxNorm(-1), ValueError, ["max_value must be at least 0, got -1"]),
    (lambda: MaxNorm(axis="a"), TypeError, ["axis must be a whole number, got 'a'"]),
    (lambda: MinMaxNorm(3, 1), ValueError, ["max_value must be at least 3, got 1"]),
    (lambda: MinMaxNorm(rate=2), ValueError, ["rate", "at most 1, got 2"]),
    (lambda: UnitNorm(axis=9)(X), ValueError, ["axis=9", "weight of shape (6, 2)"]),
    (lambda: constraints.get("nonegg"), ValueError, ["constraint 'nonegg'", "Did you mean"]),
    (lambda: losses.get("mee"), ValueError, ["loss 'mee'", "mean 'mse'"]),
    (lambda: losses.get(metrics.Accuracy), TypeError, ["loss must be a name", "Accuracy"]),
    (lambda: losses.Huber(delta=0), ValueError, ["delta must be above 0, got 0"]),
    (lambda: losses.MeanSquaredError(reduction="avg"), ValueError, ["reduction", "'avg'"]),
    (lambda: losses.MeanSquaredError()(None, X), TypeError, ["y_true is missing (None)"]),
    (lambda: losses.mean_squared_error([], []), ValueError, ["y_pred is empty", "(0,)"]),
    (lambda: losses.mean_squared_error([1.0], ["a"]), TypeError, ["y_pred must hold real numbers"]),
    (lambda: losses.MeanSquaredError()(X, X[:3]), ValueError, ["(6, 2)", "(3, 2)"]),
    (lambda: losses.MeanSquaredError()(X + 1j, X), TypeError, ["y_true", "complex", "y_true.real"]),
    (lambda: losses.mean_squared_error(["a"], [1.0]), TypeError, ["y_true", "'a'", "np.unique"]),
    (lambda: losses.MeanSquaredError()(X, X, sample_weight="a"),
     TypeError, ["sample_weight must hold real numbers", "<U1"]),
    (lambda: losses.MeanSquaredError()(X, X, sample_weight=[1, 2]),
     ValueError, ["sample_weight", "(6,)", "got shape (2,)"]),
    (lambda: losses.binary_crossentropy([0, 2], [0.5, 0.5]), ValueError, ["2 at row 1", "0 and 1"]),
    (lambda: losses.categorical_crossentropy(Y, ONE_HOT),
     ValueError, ["(6,)", "to_categorical(y_true, 3)", SPARSE]),
    (lambda: losses.sparse_categorical_crossentropy(ONE_HOT, ONE_HOT),
     ValueError, ["(6, 3)", "np.argmax", CATEGORICAL]),
    (lambda: metrics.get("acuracy"), ValueError, ["metric 'acuracy'", "mean 'accuracy'"]),
    (lambda: metrics.Accuracy()(None, X), TypeError, ["y_true is missing (None)"]),
    (lambda: metrics.Accuracy()(Y, ONE_HOT), ValueError, ["(6,)", "(6, 3)", "'sparse_'"]),
    (lambda: metrics.MeanSquaredError()("a", X), TypeError, ["y_true must hold real", "<U1"]),
    (lambda: metrics.Precision()(["yes", "no"], [0.2, 0.8]), TypeError, ["y_true", "np.unique"]),
    (lambda: metrics.SparseCategoricalAccuracy()(ONE_HOT, ONE_HOT),
     ValueError, ["one label a row", "np.argmax"]),
    (lambda: metrics.AUC()([0, 1], [3.0, 4.0]), ValueError, ["between 0 and 1", "sigmoid"]),
    (lambda: metrics.AUC(curve="X"), ValueError, ["curve", "'ROC'", "'X'"]),
    (lambda: metrics.F1Score(average="mean"), ValueError, ["average", "'macro'", "'mean'"]),
    (lambda: metrics.Precision(thresholds=2), ValueError, ["thresholds", "at most 1, got 2"]),
    (lambda: metrics.TopKCategoricalAccuracy(k=0), ValueError, ["k must be at least 1, got 0"]),
    (lambda: metrics.MeanMetricWrapper(3), TypeError, ["fn must be a function", "got 3"]),
    (lambda: metrics.Mean(direction="up"), ValueError, ["direction", "'max'", "'up'"]),
    (lambda: metrics.confusion_matrix([0, 1], [0]), ValueError, ["y_true has 2", "y_pred has 1"]),
    (lambda: metrics.confusion_matrix([0, 1], ["a", "b"]), TypeError, ["y_pred", "<U1"]),
    (lambda: metrics.confusion_matrix([0, 1], [0.2, 0.7]), ValueError, ["give y_pred > 0.5"]),
]  # fmt: skip

OPTIMIZERS: list[Mistake] = [
    (lambda: SGD("0.01"), TypeError, ["learning_rate must be a number", "'0.01'"]),
    (lambda: SGD(None), TypeError, ["learning_rate must be a number", "None"]),
    (lambda: SGD(np.inf), ValueError, ["learning_rate", "inf"]),
    (lambda: SGD(lambda step: 0.1), TypeError, ["without arguments", "LearningRateSchedule"]),
    (lambda: SGD(lambda: "a").learning_rate, TypeError, ["learning_rate", "got 'a'"]),
    (lambda: SGD(0.1, "nesterov"), TypeError, ["momentum must be a number, got 'nesterov'"]),
    (lambda: SGD(momentum=np.nan), ValueError, ["momentum", "got nan"]),
    (lambda: SGD(clipnorm=True), TypeError, ["clipnorm must be a number, got True"]),
    (lambda: SGD(use_ema=True), ValueError, ["use_ema=True is not supported", "Leave it out"]),
    (lambda: optimizers.AdamW(weight_decay=None), TypeError, ["weight_decay", "None"]),
    (lambda: optimizers.Adadelta(rho=1.5), ValueError, ["rho", "below 1, got 1.5"]),
    (lambda: optimizers.Lion(beta_1=0), ValueError, ["beta_1 must be above 0", "got 0"]),
    (lambda: optimizers.get({"class_name": "Sgd2"}), ValueError, ["'Sgd2'", "mean 'SGD'"]),
    (lambda: schedules.ExponentialDecay(-0.1, 10, 0.9),
     ValueError, ["initial_learning_rate", "got -0.1"]),
    (lambda: schedules.ExponentialDecay(0.1, 0, 0.9), ValueError, ["decay_steps", "got 0"]),
    (lambda: schedules.CosineDecay(0.1, 10, alpha=2), ValueError, ["alpha", "at most 1, got 2"]),
    (lambda: schedules.OneCycle(0.1, 0), ValueError, ["total_steps must be at least 2, got 0"]),
    (lambda: schedules.PiecewiseConstantDecay(3, [0.1]),
     TypeError, ["boundaries must be a list", "got 3"]),
    (lambda: schedules.PiecewiseConstantDecay([1, 2], [0.1, 0.2]),
     ValueError, ["one element more", "2 values and 2 boundaries"]),
    (lambda: schedules.PiecewiseConstantDecay([2, 1], [0.1, 0.2, 0.3]),
     ValueError, ["boundaries must rise", "[2, 1]"]),
]  # fmt: skip

MODELS: list[Mistake] = [
    (lambda: Sequential(None), TypeError, ["a list of layers, got None"]),
    (lambda: Sequential([Dense(1)], 5), TypeError, ["name must be a string", "got 5"]),
    (lambda: Sequential([None]), TypeError, ["Sequential takes layers", "got None"]),
    (lambda: Sequential([Input]), TypeError, ["the function Input (call it)"]),
    (lambda: chain(Dense(1)).add(Dense), TypeError, ["a class: call it"]),
    (lambda: chain([Dense(1)]), TypeError, ["Sequential takes layers", "[<Dense 'dense'>]"]),
    (lambda: Sequential([Dense(1)]).build(2), TypeError, ["(None, 2)", "got 2"]),
    (lambda: Sequential([Dense(1)]).build((2,)), TypeError, ["(None, 2)", "got (2,)"]),
    (lambda: Sequential([Dense(1)]).count_params(), ValueError, ["not built yet", "Input(shape="]),
    (lambda: Sequential().pop(), ValueError, ["no layer to take off"]),
    (lambda: Model(None, None), TypeError, ["inputs must be symbolic", "got None"]),
    (lambda: Model(chain(Dense(1)), Dense(1)), TypeError, ["inputs must be symbolic"]),
    (lambda: chain(Dense(1)).get_layer("dens"), ValueError, ["'dens'", "Did you mean 'dense'?"]),
    (lambda: chain(Dense(1)).get_layer(3), TypeError, ["is a string, got 3", "index="]),
    (lambda: chain(Dense(1)).get_layer(index="a"), TypeError, ["index", "'a'"]),
    (lambda: chain(Dense(1)).predict(X.T), ValueError, ["6 features came, 2", "x.T"]),
    (lambda: chain(Dense(1)).predict(X[:0]), ValueError, ["x is empty", "(0, 2)"]),
    (lambda: chain(Dense(1)).predict(RAGGED), ValueError, ["x is no rectangular array"]),
    (lambda: chain(Dense(1)).predict("abc"), TypeError, ["x must hold numbers", "<U3"]),
    (lambda: chain(Dense(1)).predict({1, 2}), TypeError, ["x must hold numbers", "object"]),
    (lambda: chain(Dense(1)).predict(3), ValueError, ["x has shape ()", "(batch, 2)"]),
    (lambda: Sequential([Conv2D(2, 3)]).predict(IMAGES[..., 0]),
     ValueError, ["(None, 8, 8)", "x[..., np.newaxis]", "Input((8, 8, 1))"]),
    (lambda: image_model((8, 8, 3)).predict(IMAGES[..., 0]),
     ValueError, ["(4, 8, 8)", "(batch, 8, 8, 3)", "x[..., np.newaxis]"]),
    (lambda: image_model((8, 8, 3)).predict(np.zeros((4, 3, 8, 8))),
     ValueError, ["(4, 3, 8, 8)", "Channels come last", "np.moveaxis(x, 1, -1)"]),
    (lambda: image_model().predict(IMAGES.reshape(4, 64)),
     ValueError, ["(4, 64)", "x.reshape(-1, 8, 8, 1)"]),
    (lambda: image_model().predict(IMAGES[0]), ValueError, ["(8, 8, 1)", "for one sample"]),
    (lambda: chain(Dense(1), shape=(64,)).predict(IMAGES), ValueError, ["x.reshape(-1, 64)"]),
    (lambda: models.load_model("none.keras"), FileNotFoundError, ["no file 'none.keras'"]),
    (lambda: models.load_model(3), TypeError, ["filepath", "got 3"]),
    (lambda: models.clone_model(3), TypeError, ["takes a model, got 3"]),
    (lambda: chain(Dense(1)).save("model"), ValueError, ["filepath='model'", ".keras"]),
    (lambda: chain(Dense(1)).save_weights("w.txt"), ValueError, ["'w.txt'", ".weights.h5"]),
]  # fmt: skip

DATA: list[Mistake] = [
    (lambda: datasets.circles(0), ValueError, ["n must be at least 2, got 0"]),
    (lambda: datasets.circles(True), TypeError, ["n must be a whole number, got True"]),
    (lambda: datasets.circles(noise=-1), ValueError, ["noise must be at least 0, got -1"]),
    (lambda: datasets.circles(noise=np.nan), ValueError, ["noise", "got nan"]),
    (lambda: datasets.circles(factor=1), ValueError, ["factor", "below 1, got 1"]),
    (lambda: datasets.circles(seed="a"), TypeError, ["seed must be a whole number", "'a'"]),
    (lambda: datasets.spirals(turns=0), ValueError, ["turns must be above 0, got 0"]),
    (lambda: datasets.gaussians(3, classes=5), ValueError, ["n must be at least 5, got 3"]),
    (lambda: datasets.split(X, Y[:2]), ValueError, ["one length", "6 and 2"]),
    (lambda: datasets.split(X, None), TypeError, ["x and y must be arrays", "(6, 2) and ()"]),
    (lambda: datasets.split(X, Y, test=1.0), ValueError, ["test", "below 1, got 1.0"]),
    (lambda: datasets.split(X, Y, test=6), ValueError, ["test=6", "6 rows empty"]),
    (lambda: datasets.split(X, Y, stratify=Y), TypeError, ["stratify must be True or False"]),
    (lambda: datasets.split(X, X, stratify=True), ValueError, ["stratify", "(n,)", "(6, 2)"]),
    (lambda: datasets.load_advertising("none.csv"), FileNotFoundError, ["no file 'none.csv'"]),
    (lambda: datasets.load_advertising(3), TypeError, ["path must be the name of a file, got 3"]),
    (lambda: datasets.load_advertising(columns=[]), ValueError, ["columns", "'TV'", "[]"]),
    (lambda: datasets.load_advertising(columns=["radio"]), ValueError, ["'radio'", "TV, sales"]),
    (lambda: utils.to_categorical([0, 3], 2), ValueError, ["Label 3", "num_classes=2"]),
    (lambda: utils.to_categorical([[0], [1, 2]]), ValueError, ["x is no rectangular array"]),
    (lambda: utils.to_categorical(["cat"]), TypeError, ["x must hold real numbers", "np.unique"]),
    (lambda: utils.to_categorical(None), TypeError, ["x is missing (None)"]),
    (lambda: utils.set_random_seed("a"), TypeError, ["seed must be a whole number", "'a'"]),
    (lambda: utils.set_random_seed(-1), ValueError, ["seed must be zero or more, got -1"]),
    (lambda: config.set_floatx(32), ValueError, ["floatx", "'float32'", "got 32"]),
    (lambda: config.set_floatx(np.float16), ValueError, ["'float32' or 'float64'", "'float16'"]),
    (lambda: config.set_epsilon("a"), ValueError, ["epsilon must lie between 0 and 1, got 'a'"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("call", "error", "words"), LAYERS + FUNCTIONS + OPTIMIZERS + MODELS + DATA, ids=lambda v: None
)
def test_a_mistake_is_named(
    call: Callable[[], Any], error: type[Exception], words: list[str]
) -> None:
    with pytest.raises(error) as caught:
        call()
    assert type(caught.value) is error
    for word in words:
        assert word in str(caught.value)


def generator() -> Any:
    yield X, Y


def softmax(**arguments: Any) -> Sequential:
    """Return a compiled classifier of three classes with a state that any step would change."""
    return compiled(layers.BatchNormalization(), Dense(3, "softmax"), **arguments)


# Targets, losses and metrics that do not fit together; all that is given to fit.
TARGETS: list[tuple[dict[str, Any], Any, Any, type[Exception], list[str]]] = [
    ({"loss": SPARSE}, X, Y[:, None, None], ValueError, ["(6, 1, 1)", "(6,)", "y.reshape(-1,)"]),
    ({"loss": "mse"}, X, Y[:, None, None], ValueError, ["(6, 1, 1)", "outputs of shape (6, 3)"]),
    ({"loss": SPARSE}, X, Y[None], ValueError, ["same number of samples", "y has 1"]),
    ({"loss": SPARSE}, X, ONE_HOT.T, ValueError, ["x has 6, y has 3"]),
    ({"loss": SPARSE}, X.T, Y, ValueError, ["x has shape (2, 6)", "pass x.T"]),
    ({"loss": SPARSE}, X, 3, ValueError, ["y has 1"]),
    ({"loss": SPARSE}, X, Y.astype("M8[D]"), TypeError, ["y must hold numbers", "datetime64"]),
    ({"loss": SPARSE}, X, Y + 1j, TypeError, ["y must hold numbers", "complex", "y.real"]),
    ({"loss": SPARSE}, X, pd.Series(list("abcabc")), TypeError, ["strings such as 'a'"]),
    ({"loss": SPARSE}, pd.DataFrame({"a": list("abcdef"), "b": range(6)}), Y,
     TypeError, ["x must hold numbers", "object"]),
    ({"loss": SPARSE}, pd.DataFrame(X).where(X > 0.1), Y, ValueError, ["x holds nan at row 0"]),
    ({"loss": SPARSE}, [(X, Y)], None, ValueError, ["x is no rectangular array"]),
    ({"loss": SPARSE}, generator, None, TypeError, ["x must hold numbers", "generator, call it"]),
    ({"loss": SPARSE}, generator(), Y, TypeError, ["y cannot be given where x is a generator"]),
    ({"loss": SPARSE}, iter([]), None, ValueError, ["x, a list_iterator, is empty"]),
    ({"loss": SPARSE, "metrics": ["mse"]}, X, Y, ValueError, ["metric 'mse'", "'sparse_' metric"]),
    ({"loss": SPARSE, "metrics": ["r2_score"]}, X, Y, ValueError, ["metric 'r2_score'"]),
    ({"loss": SPARSE, "metrics": ["categorical_accuracy"]}, X, Y,
     ValueError, ["metric 'categorical_accuracy'", "'sparse_' metric"]),
    ({"loss": SPARSE, "weighted_metrics": ["binary_accuracy"]}, X, Y,
     ValueError, ["metric 'binary_accuracy'"]),
    ({"loss": CATEGORICAL, "metrics": ["sparse_categorical_accuracy"]}, X, ONE_HOT,
     ValueError, ["metric 'sparse_categorical_accuracy'", "without 'sparse_'"]),
    ({"loss": SPARSE, "metrics": [lambda y: 1.0]}, X, Y,
     TypeError, ["metric '<lambda>'", "2 were given"]),
]  # fmt: skip


@pytest.mark.parametrize(("how", "x", "y", "error", "words"), TARGETS, ids=lambda v: None)
def test_what_does_not_fit_together_is_refused_before_a_step(
    how: dict[str, Any], x: Any, y: Any, error: type[Exception], words: list[str]
) -> None:
    model = softmax(**how)
    before = model.get_weights()
    with pytest.raises(error) as caught:
        model.fit(x, y, verbose=0)
    assert type(caught.value) is error
    for word in words:
        assert word in str(caught.value)
    for now, then in zip(model.get_weights(), before, strict=True):
        np.testing.assert_array_equal(now, then)
    assert model.optimizer.iterations == 0


REFUSED: list[tuple[Any, Any]] = [
    (X.T, Y),
    (X[:, :1], Y[:2]),
    (X[:0], Y),
    (X * np.nan, Y),
    (X.astype(str), Y),
    (X, ONE_HOT),
    (X, Y + 1),
]


@pytest.mark.parametrize(("x", "y"), REFUSED)
@pytest.mark.parametrize("nested", [False, True])
def test_refused_data_do_not_decide_the_shape_of_a_model(x: Any, y: Any, nested: bool) -> None:
    parts = [layers.BatchNormalization(), Dense(4)]
    model = Sequential([*([Sequential(parts)] if nested else parts), Dense(3, "softmax")])
    model.compile("sgd", SPARSE)
    random_state = config.generator().bit_generator.state
    with pytest.raises((TypeError, ValueError)):
        model.fit(x, y, verbose=0)
    assert not model.built
    assert model.weights == []
    assert config.generator().bit_generator.state == random_state
    model.fit(X, Y, verbose=0)
    assert model.input_shape == (None, 2)


def test_a_layer_that_was_built_before_stays_built() -> None:
    trained = Dense(3, "softmax")
    trained(X)
    before = trained.get_weights()
    model = Sequential([layers.BatchNormalization(), trained])
    model.compile("sgd", SPARSE)
    with pytest.raises(ValueError, match="built for 2 features"):
        model.fit(X.T, Y[:2], verbose=0)
    for now, then in zip(trained.get_weights(), before, strict=True):
        np.testing.assert_array_equal(now, then)
    assert not model.layers[0].built


def test_images_without_channels_can_be_given_again_with_them() -> None:
    model = Sequential([Conv2D(2, 3), Flatten(), Dense(3, "softmax")])
    with pytest.raises(ValueError, match="Add a channel axis"):
        model.predict(IMAGES[..., 0])
    assert model.predict(IMAGES).shape == (4, 3)


def test_a_build_that_fails_leaves_no_weights_behind() -> None:
    class Scaled(Dense):
        """It has a weight from the start, which a failed build must not take away."""

        def __init__(self, units: int, **kwargs: Any) -> None:
            super().__init__(units, **kwargs)
            self.scale = self.add_weight("scale", ())

    layer = Scaled(2, bias_initializer=lambda shape: np.ones(5))
    for _ in range(2):
        with pytest.raises(ValueError, match=r"shape \(2,\), got \(5,\)"):
            layer(X)
        assert [v.name for v in layer.weights] == ["scale"]
        assert not layer.built


def test_a_refused_compile_leaves_the_last_one() -> None:
    model = compiled(Dense(3, "softmax"), loss=SPARSE)
    optimizer = model.optimizer
    for how in ({"loss": "msee"}, {"loss": "mse", "metrics": ["acuracy"]}, {"optimizer": "adm"}):
        with pytest.raises(ValueError, match="Did you mean"):
            model.compile(**{"loss": "mse"} | how)
        assert model.optimizer is optimizer
    model.fit(X, Y, verbose=0)


def test_a_missing_flatten_is_named() -> None:
    model = compiled(Conv2D(2, 3), Dense(3, "softmax"), shape=(8, 8, 1), loss=SPARSE)
    with pytest.raises(ValueError, match=r"outputs of shape \(4, 6, 6, 3\).*put a Flatten before"):
        model.fit(IMAGES, Y[:4], verbose=0)


def read_only(a: np.ndarray) -> np.ndarray:
    a = a.copy()
    a.flags.writeable = False
    return a


def strided(a: np.ndarray) -> np.ndarray:
    return np.repeat(a, 2, axis=0)[::2]


# Right, if odd: each must give what plain float32 arrays give. The numbers are halves and quarters,
# which float16 holds, too.
ODD: dict[str, Callable[[np.ndarray], Any]] = {
    "float16": lambda a: a.astype(np.float16),
    "float64": lambda a: a.astype(np.float64),
    "long double": lambda a: a.astype(np.longdouble),
    "big-endian": lambda a: a.astype(a.dtype.newbyteorder(">")),
    "read-only": read_only,
    "Fortran order": np.asfortranarray,
    "every other row": strided,
    "backwards twice": lambda a: a[::-1].copy()[::-1],
    "nested lists": lambda a: a.tolist(),
    "tuple of rows": lambda a: tuple(map(tuple, a.tolist())) if a.ndim > 1 else tuple(a.tolist()),
    "pandas": lambda a: pd.DataFrame(a) if a.ndim > 1 else pd.Series(a),
    "pandas, nullable": lambda a: (pd.DataFrame(a) if a.ndim > 1 else pd.Series(a)).astype(
        "Float64" if a.dtype.kind == "f" else "Int64"
    ),
    "pandas, another index": lambda a: (
        pd.DataFrame(a, index=range(9, 9 + len(a)))
        if a.ndim > 1
        else pd.Series(a, index=range(9, 9 + len(a)))
    ),
    "subclass without masked entries": np.ma.masked_array,
    "in a list of one": lambda a: [a] if a.ndim > 1 else a,
}
FEATURES = (np.arange(14) % 5 / 4).reshape(7, 2).astype(np.float32)
LABELS = np.array([0, 1, 0, 1, 1, 0, 1])


def results(x: Any, y: Any, batch_size: int = 3, units: int = 1) -> list[Any]:
    """Train a small network twice; return its losses, scores and predictions."""
    with config.seeded(0):
        loss, last = ("bce", "sigmoid") if units == 1 else (SPARSE, "softmax")
        model = Sequential([Input((2,)), Dense(4, "tanh"), Dense(units, last)])
        model.compile("adam", loss, metrics=["accuracy"])
        history = model.fit(x, y, batch_size, epochs=2, verbose=0)
    return [
        history.history["loss"],
        history.history["accuracy"],
        model.evaluate(x, y, verbose=0),
        model.predict(x, verbose=0),
        model.train_on_batch(x, y),
    ]


def assert_same(one: list[Any], other: list[Any]) -> None:
    for a, b in zip(one, other, strict=True):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("units", [1, 2])
@pytest.mark.parametrize("form", ODD)
def test_odd_arrays_give_the_same_numbers(form: str, units: int) -> None:
    plain = results(FEATURES, LABELS, units=units)
    assert_same(results(ODD[form](FEATURES), ODD[form](LABELS), units=units), plain)


@pytest.mark.parametrize(
    "y",
    [
        LABELS.astype(bool),
        LABELS.astype(np.uint8),
        LABELS.astype(np.float16),
        LABELS[:, None],
        (LABELS[:, None] == 1),
        list(map(bool, LABELS)),
        pd.Series(LABELS == 1),
        pd.Series(LABELS == 1).astype("boolean"),
    ],
    ids=lambda y: f"{type(y).__name__} {getattr(y, 'dtype', '')}",
)
@pytest.mark.parametrize("units", [1, 2])
def test_odd_labels_give_the_same_numbers(y: Any, units: int) -> None:
    assert_same(results(FEATURES, y, units=units), results(FEATURES, LABELS, units=units))


@pytest.mark.parametrize("batch_size", [7, 8, 1000, np.int64(1000)])
def test_a_batch_as_large_as_the_data_or_larger_is_one_batch(batch_size: int) -> None:
    assert_same(results(FEATURES, LABELS, batch_size), results(FEATURES, LABELS, 7))


def test_one_sample_is_enough() -> None:
    losses_, accuracies, _, prediction, _ = results(FEATURES[:1], LABELS[:1])
    assert np.isfinite(losses_).all()
    assert np.isfinite(accuracies).all()
    assert prediction.shape == (1, 1)


def test_an_image_without_a_channel_axis_has_one_channel() -> None:
    model = image_model()
    images = np.random.default_rng(0).random(IMAGES.shape)
    np.testing.assert_array_equal(model.predict(images[..., 0]), model.predict(images))


def test_a_layer_takes_nested_lists() -> None:
    layer = Dense(3)
    np.testing.assert_array_equal(layer([[1, 2], [3, 4]]), layer(np.array([[1.0, 2], [3, 4]])))


@pytest.mark.parametrize("form", ["read-only", "Fortran order", "big-endian", "float64"])
def test_odd_weights_can_be_set(form: str) -> None:
    model = chain(Dense(3))
    weights = [np.arange(6.0).reshape(2, 3), np.ones(3)]
    model.set_weights([ODD[form](w) for w in weights])
    for now, wanted in zip(model.get_weights(), weights, strict=True):
        np.testing.assert_array_equal(now, wanted)
        assert now.dtype == np.float32
        assert now.dtype.isnative
