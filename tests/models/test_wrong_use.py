"""Wrong use: what is said, and that nothing was changed. One line for each mistake.

A message must hold the argument, what came, and what was expected or how to mend it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from course import Input, Layer, Model, Sequential, config, optimizers
from course.callbacks import Callback
from course.layers import (
    Activation,
    Add,
    BatchNormalization,
    Concatenate,
    Dense,
    Dropout,
    InputLayer,
)
from course.losses import CategoricalCrossentropy, MeanSquaredError
from course.optimizers import SGD, Adam, RMSprop
from course.optimizers.schedules import ExponentialDecay

X = np.arange(12.0).reshape(6, 2) / 12
Y = np.array([0, 1, 2, 0, 1, 2])
ONE_HOT = np.eye(3)[Y]


def with_entry(row: int, column: int, value: float) -> np.ndarray:
    """Return X with one entry replaced."""
    x = X.copy()
    x[row, column] = value
    return x


def trained(loss: Any = "sparse_categorical_crossentropy") -> Sequential:
    """Return a model of two features and three classes that has made a step."""
    model = Sequential([Input((2,)), Dense(4), BatchNormalization(), Dense(3, "softmax")])
    model.compile(Adam(0.01), loss, metrics=["accuracy"])
    target = Y if model.objective.heads[0].loss.name.startswith("sparse") else ONE_HOT
    model.fit(X, target, verbose=0)
    return model


SPARSE, CATEGORICAL = "sparse_categorical_crossentropy", "categorical_crossentropy"
FIT: list[tuple[str, dict[str, Any], type[Exception], list[str]]] = [
    (SPARSE, {"x": X[:, :1]},
     ValueError, ["x", "(6, 1)", "(batch, 2)", "1 features came", "2 were"]),
    (SPARSE, {"x": X[0]}, ValueError, ["x has shape (2,)", "(batch, 2)", "x[None, :]"]),
    (SPARSE, {"x": X[:, :, None]}, ValueError, ["x has shape (6, 2, 1)", "(batch, 2)"]),
    (SPARSE, {"x": X[:4]}, ValueError, ["x has 4", "y has 6", "same number of samples"]),
    (SPARSE, {"x": X[:0], "y": Y[:0]}, ValueError, ["x is empty", "(0, 2)", "at least one"]),
    (SPARSE, {"x": None}, TypeError, ["x is missing"]),
    (SPARSE, {"y": None}, TypeError, ["y is missing", "need targets"]),
    (SPARSE, {"x": X.astype(str)}, TypeError, ["x must hold numbers", "<U", "astype(float)"]),
    (SPARSE, {"x": X.astype(object)}, TypeError, ["x must hold numbers", "object"]),
    (SPARSE, {"x": X + 1j}, TypeError, ["x must hold real numbers", "complex"]),
    (SPARSE, {"x": [[1.0], [2.0, 3.0]]}, ValueError, ["x is no rectangular array"]),
    (SPARSE, {"x": np.ma.masked_less(X, 0.3)}, TypeError, ["x has masked entries", "x.filled"]),
    (SPARSE, {"x": with_entry(3, 1, np.nan)}, ValueError, ["x holds nan at row 3, column 1"]),
    (SPARSE, {"x": with_entry(2, 0, np.inf)}, ValueError, ["x holds inf at row 2, column 0"]),
    (SPARSE, {"x": with_entry(2, 0, 1e300)}, ValueError, ["x holds inf at row 2, column 0"]),
    (SPARSE, {"x": [X, X]}, ValueError, ["x has shape (2, 6, 2)", "(batch, 2)"]),
    (SPARSE, {"x": {"image": X}}, ValueError, ["x has the keys ['image']", "['input_layer']"]),
    (SPARSE, {"y": Y + 1}, ValueError, ["y holds the label 3 at row 2", "0 to 2"]),
    (SPARSE, {"y": Y - 1}, ValueError, ["y holds the label -1 at row 0", "0 to 2"]),
    (SPARSE, {"y": Y + 0.5}, ValueError, ["y holds the label 0.5 at row 0", "whole numbers"]),
    (SPARSE, {"y": ONE_HOT}, ValueError, ["y has shape (6, 3)", "np.argmax", CATEGORICAL]),
    (SPARSE, {"y": Y.astype(str)}, TypeError, ["y must hold numbers", "'0'", "np.unique"]),
    (SPARSE, {"y": Y.astype(object)}, TypeError, ["y must hold numbers", "object"]),
    (SPARSE, {"y": [[0], [1, 2], [0], [1], [2], [0]]}, ValueError, ["y is no rectangular array"]),
    (CATEGORICAL, {"y": Y}, ValueError, ["y has shape (6,)", "to_categorical", "sparse_"]),
    (CATEGORICAL, {"y": ONE_HOT[:, :2]}, ValueError, ["y has shape (6, 2)", "(6, 3)"]),
    (CATEGORICAL, {"y": -ONE_HOT},
     ValueError, ["y holds -1 at row 0, column 0", "between 0 and 1"]),
    (CATEGORICAL, {"y": ONE_HOT / 2}, ValueError, ["y sums to 0.5 at row 0", "sum to 1"]),
    (CATEGORICAL, {"y": ONE_HOT * np.nan}, ValueError, ["y holds nan at row 0"]),
    ("mse", {"y": Y}, ValueError, ["y has shape (6,)", "outputs of shape (6, 3)"]),
    (SPARSE, {"batch_size": 0}, ValueError, ["batch_size must be at least 1, got 0"]),
    (SPARSE, {"batch_size": 2.5}, TypeError, ["batch_size must be a whole number, got 2.5"]),
    (SPARSE, {"epochs": -1}, ValueError, ["epochs must be at least 0, got -1"]),
    (SPARSE, {"epochs": "3"}, TypeError, ["epochs must be a whole number, got '3'"]),
    (SPARSE, {"initial_epoch": -1}, ValueError, ["initial_epoch must be at least 0, got -1"]),
    (SPARSE, {"validation_freq": 0}, ValueError, ["validation_freq must be at least 1, got 0"]),
    (SPARSE, {"validation_batch_size": 0, "validation_data": (X, Y)}, ValueError,
     ["validation_batch_size must be at least 1, got 0"]),
    (SPARSE, {"verbose": "loud"}, TypeError, ["verbose must be a whole number, got 'loud'"]),
    (SPARSE, {"verbose": -1}, ValueError, ["verbose must be at least 0, got -1"]),
    (SPARSE, {"validation_split": 1.0}, ValueError, ["validation_split", "below 1, got 1.0"]),
    (SPARSE, {"validation_split": -0.1}, ValueError, ["validation_split", "at least 0", "-0.1"]),
    (SPARSE, {"validation_split": 0.95},
     ValueError, ["validation_split=0.95", "leaves 0 to train"]),
    (SPARSE, {"validation_split": "half"}, TypeError, ["validation_split must be a number"]),
    (SPARSE, {"validation_data": X}, ValueError, ["validation_data must be (x, y)", "ndarray"]),
    (SPARSE, {"validation_data": (X, Y[:3])},
     ValueError, ["validation_x has 6", "validation_y has 3"]),
    (SPARSE, {"validation_data": (X[:, :1], Y)}, ValueError, ["validation_x", "(6, 1)", "2 were"]),
    (SPARSE, {"validation_data": (X, Y + 9)}, ValueError, ["validation_y holds the label 9"]),
    (SPARSE, {"sample_weight": np.ones(5)}, ValueError, ["sample_weight has 5", "y has 6"]),
    (SPARSE, {"sample_weight": -np.ones(6)}, ValueError, ["sample_weight", "at least 0, got -1.0"]),
    (SPARSE, {"sample_weight": [np.nan] * 6}, ValueError, ["sample_weight holds nan at row 0"]),
    (SPARSE, {"sample_weight": ["a"] * 6}, TypeError, ["sample_weight must hold numbers"]),
    (SPARSE, {"sample_weight": np.ones((6, 4))}, ValueError, ["sample_weight", "(6, 4)"]),
    (SPARSE, {"class_weight": [1, 2, 3]}, TypeError, ["class_weight must be a dict", "[1, 2, 3]"]),
    (SPARSE, {"class_weight": {0: -1}}, ValueError, ["class_weight[0] must be at least 0, got -1"]),
    (SPARSE, {"class_weight": {"cat": 2}},
     TypeError, ["class_weight", "'cat'", "numbers of classes"]),
    (SPARSE, {"callbacks": [print]}, TypeError, ["callbacks", "Callback", "print"]),
    (SPARSE, {"callbacks": Callback}, TypeError, ["callbacks", "a class: call it"]),
    (SPARSE, {"callbacks": 3}, TypeError, ["callbacks", "got 3"]),
]  # fmt: skip


@pytest.mark.parametrize(("loss", "given", "error", "words"), FIT, ids=lambda v: None)
def test_a_refused_fit_says_why_and_leaves_everything_as_it_was(
    loss: str, given: dict[str, Any], error: type[Exception], words: list[str]
) -> None:
    model = trained(loss)
    before, steps = model.get_weights(), model.optimizer.iterations
    random_state = config.generator().bit_generator.state
    slots = {name: slot.copy() for name, slot in model.parameters.slots.items()}
    arguments = {"x": X, "y": ONE_HOT if loss != SPARSE else Y, "epochs": 2, "verbose": 0} | given
    with pytest.raises(error) as caught:
        model.fit(**arguments)
    assert type(caught.value) is error
    for word in words:
        assert word in str(caught.value)
    for now, then in zip(model.get_weights(), before, strict=True):
        np.testing.assert_array_equal(now, then)
    np.testing.assert_equal(model.parameters.slots, slots)
    assert model.optimizer.iterations == steps
    assert config.generator().bit_generator.state == random_state


def chain(*layers: Any) -> Sequential:
    """Return a model that takes two features."""
    return Sequential([Input((2,)), *layers])


def compiled(**arguments: Any) -> Sequential:
    """Return a model of three softmax outputs, compiled as asked."""
    model = chain(Dense(3, "softmax"))
    model.compile(**arguments)
    return model


def one_unit(loss: Any) -> Sequential:
    """Return a compiled model of one sigmoid output."""
    model = chain(Dense(1, "sigmoid"))
    model.compile("sgd", loss)
    return model


def two_inputs() -> Model:
    """Return a compiled model of two inputs and two outputs."""
    a, b = Input((2,), name="a"), Input((1,), name="b")
    model = Model([a, b], [Dense(1, name="p")(a), Dense(1, name="q")(b)])
    model.compile("sgd", "mse")
    return model


TWO_X, TWO_Y = [X, X[:, 0]], [X[:, 0], X[:, 1]]
OTHER: list[tuple[Callable[[], Any], type[Exception], list[str]]] = [
    # layers
    (lambda: Dense(0), ValueError, ["units must be at least 1, got 0"]),
    (lambda: Dense(-3), ValueError, ["units must be at least 1, got -3"]),
    (lambda: Dense(2.5), TypeError, ["units must be a whole number, got 2.5"]),
    (lambda: Dense("8"), TypeError, ["units must be a whole number, got '8'"]),
    (lambda: Dense(True), TypeError, ["units must be a whole number, got True"]),
    (lambda: Dense(3, "rleu"), ValueError, ["activation 'rleu'", "Did you mean 'relu'?"]),
    (lambda: Dense(3, np.tanh), TypeError, ["derivative", "activations.Custom"]),
    (lambda: Dense(3, 7), TypeError, ["activation must be a name", "got 7"]),
    (lambda: Dense(3, kernel_initializer="he_norml"), ValueError, ["Did you mean 'he_normal'?"]),
    (lambda: Dense(3, kernel_regularizer="l1l3"),
     ValueError, ["regularizer 'l1l3'", "Did you mean"]),
    (lambda: Dense(3, kernel_regularizer=abs), TypeError, ["regularizer abs", "gradient"]),
    (lambda: Dense(3, kernel_constraint="max_nrom"), ValueError, ["Did you mean 'max_norm'?"]),
    (lambda: Dense(3, activaton="relu"), TypeError, ["Dense has no argument 'activaton'"]),
    (lambda: Dense(3, nam="a"), TypeError, ["Dense has no argument 'nam'", "'name'"]),
    (lambda: Dense(3, input_dim=0), ValueError, ["input_dim must be at least 1, got 0"]),
    (lambda: Dropout(1.5), ValueError, ["rate must be at least 0 and at most 1, got 1.5"]),
    (lambda: Dropout(-0.1), ValueError, ["rate must be at least 0 and at most 1, got -0.1"]),
    (lambda: Dropout("half"), TypeError, ["rate must be a number, got 'half'"]),
    (lambda: Dropout(0.5, seed=1.5), TypeError, ["seed must be a whole number", "1.5"]),
    (lambda: Dropout(0.5, (None, 3))(X), ValueError, ["noise_shape=(None, 3)", "(None, 2)"]),
    (lambda: Dropout(0.5, (None,))(X), ValueError, ["noise_shape=(None,)", "(None, 2)"]),
    (lambda: BatchNormalization(axis=0), ValueError, ["axis must not be 0"]),
    (lambda: BatchNormalization(axis=3)(X), ValueError, ["axis=3", "(None, 2)"]),
    (lambda: BatchNormalization(momentum=2), ValueError, ["momentum", "at most 1, got 2"]),
    (lambda: BatchNormalization(epsilon=0), ValueError, ["epsilon must be above 0, got 0"]),
    (lambda: Concatenate(axis=0), ValueError, ["axis must not be 0"]),
    (lambda: Concatenate(axis=1.0), TypeError, ["axis must be a whole number, got 1.0"]),
    (lambda: Add()(Input((2,))), ValueError, ["merges a list of tensors", "(None, 2)"]),
    (lambda: Activation("softmx"), ValueError, ["'softmx'", "Did you mean 'softmax'?"]),
    (lambda: Input(2), TypeError, ["Input(shape=...) takes a tuple such as (2,)", "got 2"]),
    (lambda: Input((0,)), ValueError, ["shape must be at least 1, got 0"]),
    (lambda: InputLayer(("a",)), TypeError, ["shape must be a whole number, got 'a'"]),
    (lambda: Dense(2)(Input((None,))), ValueError, ["known number of features", "(None, None)"]),
    (lambda: Dense(2)(np.ones(3)), ValueError, ["(batch, features)", "(None,)"]),
    (lambda: Layer(units=3), TypeError, ["Layer has no argument 'units'"]),
    # models
    (lambda: Sequential(Dense(1)), TypeError, ["a list of layers", "Dense"]),
    (lambda: chain(Dense), TypeError, ["Sequential takes layers", "a class: call it"]),
    (lambda: chain("dense"), TypeError, ["Sequential takes layers", "'dense'"]),
    (lambda: chain(Dense(1)(Input((2,)))), TypeError, ["Sequential takes layers", "Tensor"]),
    (lambda: chain(Input((2,))), ValueError, ["Input stands first", "only one"]),
    (lambda: chain(*[Dense(2)] * 2), ValueError, ["'dense' is in the Sequential already"]),
    (lambda: chain(Dense(1, name="a"), Dense(1, name="a")), ValueError, ["named 'a'", "own name"]),
    (lambda: Model(X, X), TypeError, ["inputs must be symbolic tensors", "Input(shape=(2,))"]),
    (lambda: Model(Input((2,)), Dense(1)),
     TypeError, ["outputs must be symbolic tensors", "Dense"]),
    (lambda: Model([], []), TypeError, ["inputs must be symbolic tensors", "[]"]),
    (lambda: Model(Input((2,), name="a"), Dense(1)(Input((2,), name="b"))),
     ValueError, ["missing an input", "'b'"]),
    (lambda: Model(*[[Input((2,))] * 2] * 2), ValueError, ["inputs holds a tensor twice"]),
    (lambda: chain(Dense(1)).get_layer("dnse"), ValueError, ["no layer 'dnse'", "'dense'"]),
    (lambda: chain(Dense(1)).get_layer(index=4), ValueError, ["index=4", "1 layers"]),
    (lambda: chain(Dense(1)).get_layer(), ValueError, ["either the name or the index"]),
    (lambda: chain(Dense(1)).get_layer("dense", 0), ValueError, ["either the name or the index"]),
    (lambda: chain(Dense(1)).set_weights([X]), ValueError, ["set_weights", "(2, 1)", "(6, 2)"]),
    (lambda: chain(Dense(1)).predict(X[:, :1]), ValueError, ["1 features came, 2 were expected"]),
    (lambda: chain(Dense(1)).predict(X, batch_size=0), ValueError, ["batch_size", "got 0"]),
    (lambda: chain(Dense(1))(X[:, :1]), ValueError, ["takes inputs of shape", "(None, 1)"]),
    # compile
    (lambda: chain(Dense(1)).fit(X, Y), RuntimeError, ["not compiled", "model.compile("]),
    (lambda: chain(Dense(1)).evaluate(X, Y), RuntimeError, ["not compiled"]),
    (lambda: Sequential([Dense(1)]).fit(X, Y), RuntimeError, ["not compiled"]),
    (lambda: compiled(loss=None).fit(X, Y), ValueError, ["without a loss", "model.compile"]),
    (lambda: compiled(loss="msee"), ValueError, ["loss 'msee'", "Did you mean 'mse'?"]),
    (lambda: compiled(loss=np.mean), TypeError, ["loss", "derivative", "losses.Custom"]),
    (lambda: compiled(loss="mse", optimizer="adm"), ValueError, ["optimizer 'adm'", "'Adam'"]),
    (lambda: compiled(loss="mse", optimizer=3), TypeError, ["optimizer must be a name", "got 3"]),
    (lambda: compiled(loss="mse", metrics=["acuracy"]),
     ValueError, ["metric 'acuracy'", "'accuracy'"]),
    (lambda: compiled(loss={"out": "mse"}), ValueError, ["loss names ['out']", "['dense']"]),
    (lambda: compiled(loss="mse", loss_weights="big"), TypeError, ["loss_weights", "'big'"]),
    (lambda: compiled(loss=MeanSquaredError(reduction=None)).fit(X, ONE_HOT), ValueError,
     ["reduction=None", "sum_over_batch_size"]),
    (lambda: compiled(loss="bce").fit(X, Y), ValueError, ["y has shape (6,)", "(6, 3)"]),
    (lambda: compiled(loss=CategoricalCrossentropy(label_smoothing=2)),
     ValueError, ["label_smoothing"]),
    (lambda: one_unit(SPARSE).fit(X, Y),
     ValueError, ["one output for each class", "(6, 1)", "bin"]),
    (lambda: one_unit(CATEGORICAL).fit(X, Y), ValueError, ["one output for each class", "(6, 1)"]),
    (lambda: one_unit("bce").fit(X, Y), ValueError, ["y holds 2 at row 2", "between 0 and 1"]),
    (lambda: one_unit("hinge").fit(X, Y), ValueError, ["y holds 2 at row 2", "-1 and 1"]),
    # several inputs and outputs
    (lambda: two_inputs().fit(X, TWO_Y),
     ValueError, ["x must be a list of 2 arrays", "['a', 'b']"]),
    (lambda: two_inputs().fit(TWO_X, Y),
     ValueError, ["y must be a list of 2 arrays", "['p', 'q']"]),
    (lambda: two_inputs().fit([X, X[:3, 0]], TWO_Y), ValueError, ["x[1] has 3", "x has 6"]),
    (lambda: two_inputs().fit({"a": X}, TWO_Y), ValueError, ["x has the keys ['a']", "'b'"]),
    (lambda: two_inputs().fit(TWO_X, TWO_Y, class_weight={0: 1}),
     ValueError, ["class_weight", "one output"]),
    (lambda: two_inputs().compile("sgd", ["mse"] * 3),
     ValueError, ["loss has 3 entries", "2 outputs"]),
    # optimizers
    (lambda: SGD(-0.1), ValueError, ["learning_rate must be at least 0, got -0.1"]),
    (lambda: SGD("fast"), TypeError, ["learning_rate must be a number, a schedule", "'fast'"]),
    (lambda: SGD(float("nan")), ValueError, ["learning_rate", "nan"]),
    (lambda: SGD(True), TypeError, ["learning_rate must be a number, got True"]),
    (lambda: SGD(ExponentialDecay), TypeError, ["learning_rate must be a number, a schedule"]),
    (lambda: SGD(np.ones(2)), TypeError, ["learning_rate must be a number"]),
    (lambda: SGD(momentum=1.5), ValueError, ["momentum", "at most 1, got 1.5"]),
    (lambda: SGD(momentm=0.9), TypeError, ["SGD has no argument 'momentm'"]),
    (lambda: SGD(clipnorm=1, clipvalue=1),
     ValueError, ["at most one", "clipnorm=1 and clipvalue=1"]),
    (lambda: SGD(clipnorm=0), ValueError, ["clipnorm must be above 0, got 0"]),
    (lambda: SGD(global_clipnorm=-1), ValueError, ["global_clipnorm must be above 0, got -1"]),
    (lambda: SGD(weight_decay=-1), ValueError, ["weight_decay must be at least 0, got -1"]),
    (lambda: RMSprop(rho=1), ValueError, ["rho", "below 1, got 1"]),
    (lambda: Adam(beta_1=1.0), ValueError, ["beta_1", "below 1, got 1.0"]),
    (lambda: Adam(epsilon=0), ValueError, ["epsilon must be above 0, got 0"]),
    (lambda: optimizers.get("SDG"), ValueError, ["Unknown optimizer 'SDG'", "Did you mean 'SGD'?"]),
]  # fmt: skip


@pytest.mark.filterwarnings("ignore:.*older spelling:FutureWarning")
@pytest.mark.parametrize(("call", "error", "words"), OTHER, ids=lambda v: None)
def test_a_mistake_is_named(
    call: Callable[[], Any], error: type[Exception], words: list[str]
) -> None:
    with pytest.raises(error) as caught:
        call()
    assert type(caught.value) is error
    for word in words:
        assert word in str(caught.value)
