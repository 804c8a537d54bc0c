"""A call that is refused says why, and leaves everything as it was.

One line for each mistake: what is called on a model that has learned, in a folder with its file.
Whatever it is, afterwards the model (weights, optimizer, record), the random generators, the
settings and all files must be as before.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from course import (
    Input,
    Model,
    Sequential,
    activations,
    config,
    datasets,
    initializers,
    layers,
    losses,
    metrics,
    models,
    optimizers,
    regularizers,
    saving,
    utils,
)
from course import tuners as kt
from course.callbacks import (
    Callback,
    CSVLogger,
    EarlyStopping,
    GradientMonitor,
    LambdaCallback,
    LearningRateScheduler,
    ModelCheckpoint,
    ReduceLROnPlateau,
    TerminateOnNaN,
    TimeBudget,
    WeightHistory,
)
from course.layers import BatchNormalization, Dense, Embedding, Reshape, SimpleRNN
from course.optimizers import SGD, Adam, schedules
from course.wrappers import SKLearnClassifier, SKLearnRegressor
from unchanged import unchanged

X = np.arange(12.0).reshape(6, 2) / 12
Y = np.array([0, 1, 2, 0, 1, 2])
ONE_HOT = np.eye(3)[Y]
MASKED = np.ma.masked_equal(Y, 1)
SPARSE = "sparse_categorical_crossentropy"

HP = kt.HyperParameters
Call = Callable[[Sequential], Any]
Refused = tuple[Call, type[Exception], list[str]]


def trained() -> Sequential:
    """Return a classifier of three classes that has made a step."""
    model = Sequential([Input((2,)), Dense(4), BatchNormalization(), Dense(3, "softmax")])
    model.compile(Adam(0.01, weight_decay=0.1), SPARSE, metrics=["accuracy"])
    model.fit(X, Y, verbose=0)
    return model


def fit(**given: Any) -> Call:
    """Fit with one thing changed."""
    return lambda model: model.fit(**{"x": X, "y": Y, "verbose": 0} | given)


def watched(*callbacks: Any, **given: Any) -> Call:
    """Fit with callbacks."""
    return fit(callbacks=list(callbacks), **given)


def build(hp: kt.HyperParameters) -> Sequential:
    """Return a compiled model with something to search."""
    model = Sequential([Input((2,)), Dense(hp.Int("units", 1, 3)), Dense(3, "softmax")])
    model.compile("sgd", SPARSE)
    return model


def build_for(X: Any, y: Any) -> Sequential:
    """Return a compiled model with new weights."""
    model = Sequential([Input(X.shape[1:]), Dense(y.shape[1])])
    model.compile("sgd", "mse")
    return model


def tuner(**given: Any) -> kt.RandomSearch:
    """Return a random search with one thing changed."""
    arguments = {"hypermodel": build, "objective": "val_loss", "max_trials": 2, "seed": 0}
    return kt.RandomSearch(**arguments | given)


SEQUENCES = Sequential([Input((4, 1)), SimpleRNN(3, return_sequences=True), layers.Softmax()])
SEQUENCES.compile("sgd", SPARSE)


class Faulty(Callback):
    """A callback whose training cannot begin."""

    def on_train_begin(self, logs: Any = None) -> None:
        raise ValueError("not today")


class Odd(schedules.LearningRateSchedule):
    """A schedule of one's own that gives something else than a rate."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __call__(self, step: int) -> Any:
        return self.value


class Forgetful(layers.Layer):
    """A layer that does not return its cache."""

    def forward(self, x: Any, training: bool = False) -> Any:
        return x


class Narrow(layers.Layer):
    """A layer that does not say that its output has another shape."""

    def forward(self, x: Any, training: bool = False) -> Any:
        return x[:, :1], None


class Uninitialised(layers.Layer):
    """A layer that forgets its base class."""

    def __init__(self) -> None:
        pass


class Penalty(regularizers.Regularizer):
    """A regularizer whose gradient has no shape."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __call__(self, w: Any) -> Any:
        return self.value

    def gradient(self, w: Any) -> Any:
        return 0.0


DATA: list[Refused] = [
    (fit(y=MASKED), TypeError, ["y has masked entries", ".filled(value)"]),
    (fit(sample_weight=np.ma.masked_equal(np.ones(6), 1)), TypeError, ["sample_weight has masked"]),
    (fit(validation_data=(X, MASKED)), TypeError, ["validation_y has masked entries"]),
    (fit(y=(label for label in Y)), TypeError, ["y must hold numbers", "generator", "list(y)"]),
    (fit(y=lambda: Y), TypeError, ["y must hold numbers", "call it"]),
    (fit(x=sparse.csr_array(X)), TypeError, ["x must hold numbers", "sparse", ".toarray()"]),
    (fit(y=sparse.csr_array(ONE_HOT)), TypeError, ["y must hold numbers", ".toarray()"]),
    (fit(x=X.view([("a", float), ("b", float)])), TypeError, ["x must hold real numbers", "'a'"]),
    (fit(x=pd.DataFrame(X).assign(day=pd.Timestamp(0))), TypeError, ["x must hold numbers"]),
    (fit(y=pd.Series([0, 1, None, 0, 1, 2], dtype="Int64")), ValueError, ["y holds nan at row 2"]),
    (fit(y=pd.Categorical(list("abcabc"))), TypeError, ["y must hold numbers", "'a'"]),
    (fit(x={"a": X, 3: X}), ValueError, ["x has the keys ['a', 3]"]),
    (fit(x=10**400), TypeError, ["x must hold numbers", "object"]),
    (fit(x=cycle([(X, Y)]), y=None), ValueError, ["never ends", "steps_per_epoch"]),
    (fit(x=[]), ValueError, ["x has shape (0,)", "(batch, 2)"]),
    (fit(x=np.empty((6, 0))), ValueError, ["0 features came, 2 were expected"]),
    (fit(shuffle="False"), TypeError, ["shuffle must be True or False", "'False'"]),
    (fit(steps_per_epoch=0), ValueError, ["steps_per_epoch must be at least 1, got 0"]),
    (fit(validation_steps=-1, validation_data=(X, Y)), ValueError, ["validation_steps", "got -1"]),
    (fit(validation_split=10**400), ValueError, ["validation_split must be finite"]),
    (fit(batch_size=np.nan), TypeError, ["batch_size must be a whole number, got nan"]),
    (fit(class_weight={0: np.inf}), ValueError, ["class_weight[0]", "finite", "inf"]),
    (fit(class_weight={1: 1, 2: 1, 3: 1}), ValueError, ["the class 3", "(None, 3)", "0 to 2"]),
    (fit(validation_split="half", validation_data=(X, Y)), TypeError, ["validation_split"]),
    (fit(class_weight="balanced"), TypeError, ["class_weight must be a dict", "'balanced'"]),
    (lambda m: SEQUENCES.fit(np.zeros((6, 4, 1)), np.zeros((6, 4)), class_weight={0: 1}),
     ValueError, ["class_weight needs one class a sample", "(None, 4, 3)", "sample_weight"]),
    (fit(sample_weight=5), ValueError, ["sample_weight has 1", "y has 6"]),
    (lambda m: m.evaluate(X, Y[:3]), ValueError, ["x has 6, y has 3"]),
    (lambda m: m.evaluate(X, Y + 1), ValueError, ["y holds the label 3 at row 2"]),
    (lambda m: m.evaluate(X), TypeError, ["y is missing"]),
    (lambda m: m.evaluate(X, Y, batch_size=0), ValueError, ["batch_size must be at least 1"]),
    (lambda m: m.evaluate(X, Y, steps="all"), TypeError, ["steps must be a whole number", "'all'"]),
    (lambda m: m.evaluate(X, Y, verbose="loud"), TypeError, ["verbose", "'loud'"]),
    (lambda m: m.evaluate(X, Y, return_dict="no"), TypeError, ["return_dict", "'no'"]),
    (lambda m: m.evaluate(X, Y, callbacks=[3]), TypeError, ["callbacks", "got 3"]),
    (lambda m: m.predict(X, verbose="loud"), TypeError, ["verbose", "'loud'"]),
    (lambda m: m.predict(X, steps=-1), ValueError, ["steps must be at least 1, got -1"]),
    (lambda m: m.predict(None), TypeError, ["x is missing (None)"]),
    (lambda m: m.predict(X - np.inf), ValueError, ["x holds -inf at row 0"]),
    (lambda m: m.predict(X.astype("M8[s]")), TypeError, ["x must hold real numbers", "datetime64"]),
    (lambda m: m.train_on_batch(X, Y[:2]), ValueError, ["x has 6, y has 2"]),
    (lambda m: m.train_on_batch(X, Y, class_weight=[1]), TypeError, ["class_weight must be a"]),
    (lambda m: m.test_on_batch(X[:, 0], Y), ValueError, ["x has shape (6,)", "(batch, 2)"]),
    (lambda m: m.gradients(X, ONE_HOT), ValueError, ["y has shape (6, 3)", "np.argmax"]),
    (lambda m: m.error_signals(X[0], Y), ValueError, ["for one sample, pass x[None, :]"]),
    (lambda m: m.activations(X.T), ValueError, ["x.T"]),
    (lambda m: m(X.astype(str)), TypeError, ["The input of 'sequential", "np.unique"]),
    (lambda m: m(np.ma.masked_less(X, 0.5)), TypeError, ["has masked entries"]),
    (lambda m: m(X, training="no"), TypeError, ["training must be True or False", "'no'"]),
]  # fmt: skip

MODEL: list[Refused] = [
    (lambda m: m.compile("adm", "mse"), ValueError, ["optimizer 'adm'", "mean 'Adam'"]),
    (lambda m: m.compile("adam", "mse", metrics=["mae", 3]), TypeError, ["metric must be a"]),
    (lambda m: m.compile("adam", "mse", metric=["mae"]), TypeError, ["compile has no argument"]),
    (lambda m: m.compile("adam", {"dense": "mse"}), ValueError, ["loss names ['dense']"]),
    (lambda m: m.compile("adam", {3: "mse", "a": "mse"}), ValueError, ["loss names [3, 'a']"]),
    (lambda m: m.compile("adam", "mse", loss_weights=[np.nan]), ValueError, ["loss_weights"]),
    (lambda m: m.compile("adam", ["mse", "mae"]), TypeError, ["loss must be a name"]),
    (lambda m: m.set_weights(m.get_weights()[:-1]), ValueError, ["expects 8 arrays", "got 7"]),
    (lambda m: m.set_weights([*m.get_weights()[:-1], "abc"]), TypeError, ["weights[7]", "<U3"]),
    (lambda m: m.set_weights([w.T for w in m.get_weights()]), ValueError, ["(2, 4)", "(4, 2)"]),
    (lambda m: m.set_weights([w + 1j for w in m.get_weights()]), TypeError, ["weights[0]"]),
    (lambda m: m.set_weights([w + np.float64(1e99) for w in m.get_weights()]), ValueError, []),
    (lambda m: m.layers[0].kernel.assign([["a"] * 4] * 2), TypeError, ["'kernel'", "<U1"]),
    (lambda m: m.layers[0].kernel.assign(np.full((2, 4), 1j)), TypeError, ["'kernel'", ".real"]),
    (lambda m: m.layers[0].set_weights({}), ValueError, ["expects 2 arrays", "got 0"]),
    (lambda m: m.layers[0].kernel.assign(X), ValueError, ["'kernel' has shape (2, 4)", "(6, 2)"]),
    (lambda m: setattr(m, "trainable", "no"), TypeError, ["trainable must be True", "'no'"]),
    (lambda m: setattr(m.layers[0], "trainable", None), TypeError, ["trainable", "None"]),
    (lambda m: setattr(m.optimizer, "learning_rate", "fast"), TypeError, ["'fast'"]),
    (lambda m: setattr(m.optimizer, "learning_rate", -1), ValueError, ["learning_rate", "got -1"]),
    (lambda m: m.optimizer.exclude_from_weight_decay(var_names=3), TypeError, ["got 3"]),
    (lambda m: m.optimizer.exclude_from_weight_decay(var_names=[3]), TypeError, ["var_names", "3"]),
    (lambda m: m.optimizer.exclude_from_weight_decay(var_names=["("]), ValueError, ["expression"]),
    (lambda m: m.optimizer.exclude_from_weight_decay(["bias"]), TypeError, ["var_list", "'bias'"]),
    (lambda m: m.optimizer.exclude_from_weight_decay(3), TypeError, ["var_list", "got 3"]),
    (lambda m: m.add(Dense(2.5)), TypeError, ["units must be a whole number"]),
    (lambda m: m.add(Reshape((7,))), ValueError, ["target_shape=(7,)", "needs 7"]),
    (lambda m: m.add(SimpleRNN(2)), ValueError, ["(batch, time, features)"]),
    (lambda m: m.add(m.layers[0]), ValueError, ["is in the Sequential already"]),
    (lambda m: Sequential([Dense(1)]).build((None, 2.5)), TypeError, ["whole number, got 2.5"]),
    (lambda m: m.get_layer(index=True), TypeError, ["index must be a whole number, got True"]),
    (lambda m: Model(m.input, X), TypeError, ["outputs must be symbolic tensors"]),
    (lambda m: models.clone_model([m]), TypeError, ["clone_model takes a model"]),
    (lambda m: Model.from_config({}), ValueError, ["must have a list 'layers'"]),
    (lambda m: Sequential.from_config(None), ValueError, ["must be a dict, got None"]),
]  # fmt: skip

FILES: list[Refused] = [
    (lambda m: m.save("model.txt"), ValueError, ["filepath='model.txt'", ".keras"]),
    (lambda m: m.save(3), TypeError, ["filepath must be the name of a file, got 3"]),
    (lambda m: m.save("none/model.keras"), FileNotFoundError, ["no folder", "none"]),
    (lambda m: m.save("model.keras", overwrite=False), FileExistsError, ["'model.keras' is there"]),
    (lambda m: m.save("model.keras", overwrite="no"), TypeError, ["overwrite", "'no'"]),
    (lambda m: m.save("new.keras", include_optimizer="no"), TypeError, ["include_optimizer"]),
    (lambda m: m.save_weights("model.keras"), ValueError, ["'model.keras'", ".weights.h5"]),
    (lambda m: Sequential([Dense(1)]).save_weights("w.weights.h5"), ValueError, ["not built"]),
    (lambda m: m.load_weights("none.keras"), FileNotFoundError, ["no file 'none.keras'"]),
    (lambda m: m.load_weights("text.keras"), ValueError, ["'text.keras' cannot be loaded"]),
    (lambda m: m.load_weights("other.keras"), ValueError, ["'other.keras'", "the file holds"]),
    (lambda m: models.load_model("."), ValueError, ["it is a folder"]),
    (lambda m: models.load_model("text.keras"), ValueError, ["neither a .keras nor an .h5 file"]),
    (lambda m: models.load_model("model.keras", custom_objects=[3]),
     (TypeError, ValueError), ["custom_objects must be a dict", "[3]"]),
    (lambda m: models.model_from_json("{"), ValueError, ["no JSON"]),
    (lambda m: models.model_from_json("[]"), ValueError, ["[]"]),
    (lambda m: saving.save_model(3, "new.keras"), TypeError, ["takes a model, got 3"]),
    (watched(ModelCheckpoint("new/folder/a.keras"), Faulty()), ValueError, ["not today"]),
    (watched(CSVLogger("new/log.csv"), EarlyStopping()), ValueError, ["needs validation"]),
    (watched(CSVLogger("model.keras"), Faulty()), ValueError, ["not today"]),
    (watched(ModelCheckpoint("text.keras/a.keras", monitor="loss")), OSError, ["filepath="]),
    (watched(CSVLogger("model.keras", append=True)), ValueError, ["filename=", "no table"]),
    (watched(CSVLogger(".")), OSError, ["filename='.'", "directory"]),
    (lambda m: datasets.load_advertising("text.keras"), ValueError, ["text.keras", "columns"]),
    (lambda m: tuner(overwrite="no"), TypeError, ["overwrite must be True or False", "'no'"]),
    (lambda m: tuner(directory=3), TypeError, ["directory must be a path, got 3"]),
    (lambda m: tuner(project_name=3), TypeError, ["project_name must be a string, got 3"]),
    (lambda m: tuner(objective=3), TypeError, ["objective must be a name", "got 3"]),
    (lambda m: tuner(max_trials=0), ValueError, ["max_trials must be at least 1, got 0"]),
    (lambda m: tuner(seed="a"), TypeError, ["seed must be a whole number", "'a'"]),
    (lambda m: tuner(hypermodel=m), TypeError, ["hypermodel is a model", "build(hp)"]),
    (lambda m: tuner(hypermodel=None), ValueError, ["hypermodel is missing"]),
    (lambda m: tuner(hypermodel=3), TypeError, ["hypermodel must be a function build(hp)", "3"]),
    (lambda m: tuner(hyperparameters={"units": 3}), TypeError, ["hyperparameters must be Hyper"]),
    (lambda m: tuner(executions_per_trial=0), ValueError, ["executions_per_trial", "got 0"]),
    (lambda m: tuner(max_model_size=-1), ValueError, ["max_model_size", "got -1"]),
    (lambda m: tuner(max_retries_per_trial=-1), ValueError, ["max_retries_per_trial", "-1"]),
    (lambda m: tuner(max_consecutive_failed_trials=0), ValueError, ["max_consecutive", "got 0"]),
    (lambda m: tuner(allow_new_entries="no"), TypeError, ["allow_new_entries", "'no'"]),
    (lambda m: tuner(distribution_strategy="mirrored"), ValueError, ["distribution_strategy"]),
    (lambda m: tuner(trials=3), TypeError, ["'trials'"]),
    (lambda m: tuner().search(X, Y, executor=2), TypeError, ["executor must be", "got 2"]),
    (lambda m: tuner().search(X, Y, executor=ThreadPoolExecutor), TypeError, ["executor must be"]),
    (lambda m: tuner().search(X, Y, verbose=7), ValueError, ["verbose must be 0, 1, 2", "7"]),
    (lambda m: tuner(objective="own").search(X, Y), ValueError, ["'own'", "direction='max'"]),
    (lambda m: tuner().get_best_models(0), ValueError, ["at least 1, got 0"]),
    (lambda m: tuner().get_best_hyperparameters("a"), TypeError, ["whole number, got 'a'"]),
    (lambda m: tuner().hypermodel.build([HP()]), TypeError, ["first element"]),
    (lambda m: kt.GridSearch(build, "val_loss", max_trials=2.5), TypeError, ["max_trials", "2.5"]),
    (lambda m: kt.Hyperband(build, "val_loss", factor=1), ValueError, ["factor", "got 1"]),
    (lambda m: kt.Hyperband(build, "val_loss", max_epochs=0), ValueError, ["max_epochs", "got 0"]),
    (lambda m: kt.BayesianOptimization(build, "val_loss", alpha=0), ValueError, ["alpha", "got 0"]),
    (lambda m: kt.BayesianOptimization(build, "val_loss", acquisition="pi"),
     ValueError, ["acquisition", "'ei'", "'pi'"]),
    (lambda m: kt.MultiObjective(3), TypeError, ["objectives must be a list", "got 3"]),
    (lambda m: kt.MultiObjective([]), TypeError, ["objectives must be a list", "got []"]),
    (lambda m: kt.Objective("val_loss", "down"), ValueError, ["direction", "'min'", "'down'"]),
    (lambda m: kt.HyperModel(tunable="no"), TypeError, ["tunable must be True or False", "'no'"]),
]  # fmt: skip

CALLBACKS: list[Refused] = [
    (watched(Faulty()), ValueError, ["not today"]),
    (watched(TerminateOnNaN), TypeError, ["a class: call it"]),
    (watched(EarlyStopping("loss"), "early"), TypeError, ["callbacks must be", "'early'"]),
    (watched(EarlyStopping("los")), ValueError, ["monitor='los'", "Did you mean 'loss'?"]),
    (watched(EarlyStopping("val_accuracy")), ValueError, ["needs validation"]),
    (watched(ModelCheckpoint("{val_loss}.keras")), ValueError, ["val_loss", "needs validation"]),
    (watched(ModelCheckpoint("{acc:.2f}.keras")), ValueError, ["'acc'", "'accuracy'"]),
    (watched(ReduceLROnPlateau("nothing")), ValueError, ["monitor='nothing'"]),
    (watched(WeightHistory("dnse")), ValueError, ["weights='dnse'", "dense"]),
    (watched(GradientMonitor(["dense", "x"])), ValueError, ["weights='x' names no weight"]),
    (lambda m: EarlyStopping(patience=-1), ValueError, ["patience must be at least 0, got -1"]),
    (lambda m: EarlyStopping(patience=np.nan), TypeError, ["patience", "got nan"]),
    (lambda m: EarlyStopping(min_delta="a"), TypeError, ["min_delta must be a number", "'a'"]),
    (lambda m: EarlyStopping(baseline=np.inf), ValueError, ["baseline must be finite, got inf"]),
    (lambda m: EarlyStopping(mode="down"), ValueError, ["mode", "'auto'", "'down'"]),
    (lambda m: EarlyStopping(restore_best_weights="yes"), TypeError, ["restore_best", "'yes'"]),
    (lambda m: EarlyStopping(verbose="loud"), TypeError, ["verbose", "'loud'"]),
    (lambda m: EarlyStopping(3), TypeError, ["monitor must be a key of the logs", "got 3"]),
    (lambda m: EarlyStopping(start_from_epoch=1.5), TypeError, ["start_from_epoch", "1.5"]),
    (lambda m: ReduceLROnPlateau(factor=1), ValueError, ["factor", "below 1, got 1"]),
    (lambda m: ReduceLROnPlateau(cooldown=-1), ValueError, ["cooldown", "got -1"]),
    (lambda m: ReduceLROnPlateau(min_lr=np.nan), ValueError, ["min_lr", "got nan"]),
    (lambda m: ReduceLROnPlateau(facto=0.1), TypeError, ["no argument 'facto'", "'factor'"]),
    (lambda m: ModelCheckpoint("model"), ValueError, ["filepath must end in '.keras'", "'model'"]),
    (lambda m: ModelCheckpoint(3), TypeError, ["filepath must be a path, got 3"]),
    (lambda m: ModelCheckpoint("{epoch.keras"), ValueError, ["filepath='{epoch.keras'", "filled"]),
    (lambda m: ModelCheckpoint("{epoch:d}{loss:d}.keras"), ValueError, ["cannot be filled in"]),
    (lambda m: ModelCheckpoint("a.keras", save_freq=0), ValueError, ["save_freq", "got 0"]),
    (lambda m: ModelCheckpoint("a.keras", save_freq="batch"), ValueError, ["save_freq", "'batch'"]),
    (lambda m: ModelCheckpoint("a.keras", save_best_only="no"), TypeError, ["save_best_only"]),
    (lambda m: ModelCheckpoint("a.keras", save_weights_only=True), ValueError, [".weights.h5"]),
    (lambda m: ModelCheckpoint("a.keras", initial_value_threshold="a"), TypeError, ["threshold"]),
    (lambda m: CSVLogger(None), TypeError, ["filename must be a path, got None"]),
    (lambda m: CSVLogger("a.csv", separator=", "), ValueError, ["separator", "', '"]),
    (lambda m: CSVLogger("a.csv", append="no"), TypeError, ["append must be True or False"]),
    (lambda m: LearningRateScheduler(0.1), TypeError, ["schedule must be a function", "got 0.1"]),
    (lambda m: LearningRateScheduler(lambda: 0.1), TypeError, ["(epoch, learning_rate)", "()"]),
    (lambda m: LearningRateScheduler(abs, verbose="a"), TypeError, ["verbose", "'a'"]),
    (lambda m: LambdaCallback(on_epoch_edn=print), TypeError, ["'on_epoch_edn'", "'on_epoch_end'"]),
    (lambda m: LambdaCallback(on_epoch_end=3), TypeError, ["on_epoch_end must be a function"]),
    (lambda m: TimeBudget(), ValueError, ["either seconds or minutes"]),
    (lambda m: TimeBudget(1, 1), ValueError, ["seconds=1 and minutes=1"]),
    (lambda m: TimeBudget(np.inf), ValueError, ["seconds must be finite and above 0, got inf"]),
    (lambda m: TimeBudget(minutes="1"), TypeError, ["minutes must be a number, got '1'"]),
    (lambda m: TerminateOnNaN("yes"), TypeError, ["raise_error must be True or False", "'yes'"]),
    (lambda m: WeightHistory(3), TypeError, ["weights must be names", "got 3"]),
    (lambda m: WeightHistory(m.weights), TypeError, ["weights must be names", "Variable"]),
    (lambda m: WeightHistory(freq="step"), ValueError, ["freq", "'epoch'", "'step'"]),
    (lambda m: WeightHistory(max_copies=1), ValueError, ["max_copies must be at least 2, got 1"]),
    (lambda m: GradientMonitor({"dense": 3}, by="unit"), ValueError, ["by", "'layer'", "'unit'"]),
    (lambda m: GradientMonitor([3]), TypeError, ["weights must be names", "[3]"]),
]  # fmt: skip

PARTS: list[Refused] = [
    (lambda m: Dense(3, "relu", "he_normal"), TypeError, ["use_bias must be True", "'he_normal'"]),
    (lambda m: Dense(3, trainable="False"), TypeError, ["trainable must be True", "'False'"]),
    (lambda m: Dense(3, kernel_initializer=lambda shape: np.full(shape, "a"))(X),
     TypeError, ["What Custom makes", "<U1"]),
    (lambda m: Dense(3, kernel_initializer=lambda shape: np.full(shape, 1j))(X),
     TypeError, ["What Custom makes", "complex"]),
    (lambda m: Forgetful()(X), TypeError, ["forward of 'forgetful'", "return y, cache", "ndarray"]),
    (lambda m: Narrow()(X), ValueError, ["forward of 'narrow'", "(6, 1)", "(None, 2)"]),
    (lambda m: Uninitialised()(X), RuntimeError, ["Uninitialised", "super().__init__()"]),
    (lambda m: m.add(Uninitialised()), RuntimeError, ["Uninitialised", "super().__init__()"]),
    (lambda m: Dense(3, kernel_regularizer=Penalty(None))(X),
     TypeError, ["regularizer of 'kernel'", "number", "None"]),
    (lambda m: Dense(3, kernel_regularizer=Penalty(0.0))(X),
     ValueError, ["gradient of the regularizer of 'kernel'", "(2, 3)", "()"]),
    (lambda m: Dense(3, kernel_initializer=initializers.Constant(1e39))(X),
     ValueError, ["What Constant makes holds numbers that are too large for float32"]),
    (lambda m: Dense(10**30)(X), ValueError, ["no memory", "'kernel'", "'dense'", "(2, 1000"]),
    (lambda m: Embedding(10**15, 2)(X), MemoryError, ["no memory", "'embeddings'", "(1000"]),
    (lambda m: initializers.RandomUniform(-1e308, 1e308), ValueError, ["maxval - minval", "inf"]),
    (lambda m: initializers.HeNormal()((2, 2.5)), TypeError, ["shape", "got 2.5"]),
    (lambda m: initializers.Identity()((2, 2, 2)), ValueError, ["(rows, columns)", "(2, 2, 2)"]),
    (lambda m: Embedding(3, 2)([[3]]), ValueError, ["[0, 3)", "got 3 at [0, 0]"]),
    (lambda m: Embedding(3, 2)([[np.nan]]), ValueError, ["[0, 3)", "got nan"]),
    (lambda m: Embedding(3, 2, mask_zero="no"), TypeError, ["mask_zero", "'no'"]),
    (lambda m: layers.BatchNormalization(center="no"), TypeError, ["center", "'no'"]),
    (lambda m: layers.LayerNormalization(axis=()), ValueError, ["axis", "()"]),
    (lambda m: layers.GlobalAveragePooling2D(keepdims="no"), TypeError, ["keepdims", "'no'"]),
    (lambda m: SimpleRNN(3, return_sequences="last"), TypeError, ["return_sequences", "'last'"]),
    (lambda m: SimpleRNN(3, stateful=True), ValueError, ["stateful=True is not supported"]),
    (lambda m: layers.Conv2D(2, 3, strides=0), ValueError, ["strides must be at least 1, got 0"]),
    (lambda m: layers.UpSampling2D((2, 2, 2)), ValueError, ["size", "pair", "(2, 2, 2)"]),
    (lambda m: layers.Concatenate()([X, X[:3]]), ValueError, ["one batch size", "[6, 3]"]),
    (lambda m: layers.Add()([X, None]), TypeError, ["is missing (None)"]),
    (lambda m: Sequential([Input((2,)), Dense(3), Reshape((7,))]), ValueError, ["needs 7"]),
    (lambda m: Sequential([Input((2,)), Dense(3, bias_constraint=lambda w: 3)]),
     ValueError, ["constraint of 'bias'", "shape (3,)"]),
    (lambda m: activations.relu(None), TypeError, ["x must be a number or an array", "None"]),
    (lambda m: activations.relu(X + 1j), TypeError, ["x must be a number or an array"]),
    (lambda m: activations.relu(["1", "2"]), TypeError, ["x must be a number", "'1'"]),
    (lambda m: activations.tanh(np.ma.masked_less(X, 0.5)), TypeError, ["x must be a number"]),
    (lambda m: activations.GELU("tanh"), TypeError, ["approximate must be True", "'tanh'"]),
    (lambda m: losses.BinaryCrossentropy("no"), TypeError, ["from_logits must be True", "'no'"]),
    (lambda m: losses.MeanSquaredError(name=3), TypeError, ["name must be a string, got 3"]),
    (lambda m: losses.MeanSquaredError(np.ones(2)), ValueError, ["reduction must be one of"]),
    (lambda m: losses.CategoricalCrossentropy(label_smoothing=-1), ValueError, ["label_smoothing"]),
    (lambda m: losses.mean_squared_error(MASKED, Y), TypeError, ["y_true has masked entries"]),
    (lambda m: losses.mean_squared_error(Y, MASKED), TypeError, ["y_pred has masked entries"]),
    (lambda m: losses.MeanSquaredError()(Y, Y, MASKED), TypeError, ["sample_weight has masked"]),
    (lambda m: losses.huber([1.0], [2.0], delta=np.inf), ValueError, ["delta must be finite"]),
    (lambda m: losses.kl_divergence([[0.5, 0.6]], [[0.5, 0.5]]), ValueError, ["sums to 1.1"]),
    (lambda m: losses.Custom(lambda y, p: p, lambda y, p: p)([[1.0, 2]], [[1.0, 2]]),
     ValueError, ["one value for each sample", "(1, 2)"]),
    (lambda m: metrics.Accuracy(name=3), TypeError, ["name must be a string, got 3"]),
    (lambda m: metrics.Accuracy()(MASKED, Y), TypeError, ["y_true has masked entries"]),
    (lambda m: metrics.AUC()([0, 1], ["a", "b"]), TypeError, ["y_pred must hold real numbers"]),
    (lambda m: metrics.R2Score()(["a"], [1.0]), TypeError, ["y_true must hold real numbers"]),
    (lambda m: metrics.Mean()("a"), TypeError, ["values must hold real numbers", "<U1"]),
    (lambda m: metrics.SparseTopKCategoricalAccuracy(1)([2], [[0.1, 0.9]]),
     ValueError, ["label 2 in row 0", "2 columns", "0 to 1"]),
    (lambda m: metrics.SparseCategoricalCrossentropy()([0, 2], [[0.1, 0.9]] * 2),
     ValueError, ["label 2 in row 1", "0 to 1"]),
    (lambda m: metrics.SparseCategoricalCrossentropy()([0, 1], ["a", "b"]),
     TypeError, ["y_pred must hold real numbers"]),
    (lambda m: metrics.Precision(class_id=3)([0, 1], [[0.1, 0.9]] * 2),
     ValueError, ["class_id is 3", "2 columns"]),
    (lambda m: metrics.confusion_matrix([0, np.inf], [0, 1]), ValueError, ["y_true", "0, 1, 2"]),
    (lambda m: metrics.confusion_matrix([0, 5], [0, 1], 3), ValueError, ["num_classes is 3", "5"]),
    (lambda m: metrics.MeanMetricWrapper(len, direction="up"), ValueError, ["direction", "'up'"]),
    (lambda m: SGD(nesterov="yes"), TypeError, ["nesterov must be True or False", "'yes'"]),
    (lambda m: SGD(name=3), TypeError, ["name must be a string, got 3"]),
    (lambda m: SGD(10**400), ValueError, ["learning_rate must be finite and at least 0"]),
    (lambda m: Adam(amsgrad="no"), TypeError, ["amsgrad must be True or False", "'no'"]),
    (lambda m: Adam(clipvalue=np.nan), ValueError, ["clipvalue", "got nan"]),
    (lambda m: optimizers.Nadam(beta_2="a"), TypeError, ["beta_2 must be a number", "'a'"]),
    (lambda m: optimizers.Adagrad(initial_accumulator_value=-1), ValueError, ["got -1"]),
    (lambda m: SGD(Odd("0.1")).learning_rate, TypeError, ["What Odd returned", "'0.1'"]),
    (lambda m: SGD(Odd(None)).learning_rate, TypeError, ["What Odd returned", "None"]),
    (lambda m: SGD(Odd(-1)).learning_rate, ValueError, ["What Odd returned", "at least 0, got -1"]),
    (lambda m: schedules.ExponentialDecay(0.1, 10, 0.5, staircase="no"), TypeError, ["staircase"]),
    (lambda m: schedules.ExponentialDecay(0.1, 10, 0), ValueError, ["decay_rate", "got 0"]),
    (lambda m: schedules.PolynomialDecay(0.1, 10, cycle="no"), TypeError, ["cycle", "'no'"]),
    (lambda m: schedules.PolynomialDecay(0.1, 10, power=0), ValueError, ["power", "got 0"]),
    (lambda m: schedules.CosineDecay(0.1, 10, warmup_steps=5), ValueError, ["warmup_target"]),
    (lambda m: schedules.CosineDecayRestarts(0.1, 10, t_mul=0.5), ValueError, ["t_mul", "0.5"]),
    (lambda m: schedules.OneCycle(0.1, 10, warmup_fraction=1), ValueError, ["warmup_fraction"]),
    (lambda m: schedules.OneCycle(0.1, 10).curve(-1), ValueError, ["steps", "at least 0, got -1"]),
    (lambda m: schedules.OneCycle(0.1, 10).curve("abc"), TypeError, ["steps", "'abc'"]),
    (lambda m: schedules.OneCycle(0.1, 10).curve(["a"]), TypeError, ["steps must hold real"]),
    (lambda m: schedules.get("CosineDecay"), TypeError, ["schedule must be an instance"]),
]  # fmt: skip

SPACE: list[Refused] = [
    (lambda m: HP().Int("a", 5, 1), ValueError, ["min_value=5 is above max_value=1"]),
    (lambda m: HP().Int("a", 1.5, 3), TypeError, ["min_value", "1.5"]),
    (lambda m: HP().Int("a", 1, 3, step=0), ValueError, ["step", "above 0"]),
    (lambda m: HP().Int("a", 1, 3, default=7), ValueError, ["default=7", "[1, 3]"]),
    (lambda m: HP().Int(3, 1, 3), TypeError, ["must be a text, got 3"]),
    (lambda m: HP().Int("", 1, 3), TypeError, ["must be a text, got ''"]),
    (lambda m: HP().Int("tuner/a", 1, 3), ValueError, ["'tuner/'"]),
    (lambda m: HP().Float("a", 0, 1, sampling="log"), ValueError, ["above 0, got 0"]),
    (lambda m: HP().Float("a", 0, np.inf), ValueError, ["max_value", "inf"]),
    (lambda m: HP().Float("a", np.nan, 1), ValueError, ["min_value", "nan"]),
    (lambda m: HP().Float("a", 0, 1, sampling="lin"), ValueError, ["'linear'"]),
    (lambda m: HP().Float("a", 1, 9, 0.5, "log"), ValueError, ["step", "above 1"]),
    (lambda m: HP().Choice("a", []), ValueError, ["values is empty"]),
    (lambda m: HP().Choice("a", "abc"), TypeError, ["values must be a list", "'abc'"]),
    (lambda m: HP().Choice("a", [1, "b"]), TypeError, ["values must be of one type"]),
    (lambda m: HP().Choice("a", [1, 1]), ValueError, ["given twice"]),
    (lambda m: HP().Choice("a", [[1], [2]]), TypeError, ["values must be numbers"]),
    (lambda m: HP().Choice("a", [1, 2], default=3), ValueError, ["default=3"]),
    (lambda m: HP().Choice("a", ["b"], ordered=True), ValueError, ["ordered=True"]),
    (lambda m: HP().Choice("a", [1, 2], ordered="no"), TypeError, ["ordered", "'no'"]),
    (lambda m: HP().Boolean("a", default=1), TypeError, ["default must be True"]),
    (lambda m: HP().Fixed("a", [1]), TypeError, ["value must be a number", "[1]"]),
    (lambda m: HP().get("a"), KeyError, ["no hyperparameter 'a'"]),
    (lambda m: HP().get(3), TypeError, ["must be a text, got 3"]),
    (lambda m: HP().name_scope(3).__enter__(), TypeError, ["must be a text, got 3"]),
    (lambda m: HP().conditional_scope("a", [1]).__enter__(), ValueError, ["'a'"]),
    (lambda m: datasets.circles(noise=-1, seed=None), ValueError, ["noise", "got -1"]),
    (lambda m: datasets.moons(noise="a", seed=None), TypeError, ["noise must be a number", "'a'"]),
    (lambda m: datasets.gaussians(classes=1, seed=None), ValueError, ["classes", "got 1"]),
    (lambda m: datasets.sine(n=1, seed=None), ValueError, ["n must be at least 2, got 1"]),
    (lambda m: datasets.spirals(turns=np.inf, seed=None), ValueError, ["turns", "inf"]),
    (lambda m: datasets.split(X, ONE_HOT, seed=None, stratify=True), ValueError, ["(6, 3)"]),
    (lambda m: datasets.split(X, MASKED, seed=None), TypeError, ["y has masked entries"]),
    (lambda m: datasets.split([[1], [2, 3]], [0, 1]), ValueError, ["x is no rectangular array"]),
    (lambda m: datasets.split(X, Y, test="half"), TypeError, ["test must be a number", "'half'"]),
    (lambda m: datasets.load_digits(scale="no"), TypeError, ["scale must be True", "'no'"]),
    (lambda m: utils.to_categorical([0, np.inf]), TypeError, ["whole-number labels, got inf"]),
    (lambda m: utils.to_categorical([0, -1]), ValueError, ["Label -1"]),
    (lambda m: utils.to_categorical(MASKED), TypeError, ["x has masked entries"]),
    (lambda m: utils.to_categorical(Y, num_classes=0), ValueError, ["num_classes", "got 0"]),
    (lambda m: utils.check_gradients(3, X), TypeError, ["layer must be a Layer, got 3"]),
    (lambda m: utils.check_gradients(Dense(1), X, step=0), ValueError, ["step must be above 0"]),
    (lambda m: utils.check_gradients(Dense(1), X, tolerance="a"), TypeError, ["tolerance", "'a'"]),
    (lambda m: config.set_floatx("float16"), ValueError, ["floatx", "'float16'"]),
    (lambda m: config.set_epsilon(0), ValueError, ["epsilon", "got 0"]),
    (lambda m: config.set_random_seed(1.5), TypeError, ["seed must be a whole number", "1.5"]),
    (lambda m: SKLearnClassifier(3).fit(X, Y), TypeError, ["model must be a compiled Model", "3"]),
    (lambda m: SKLearnClassifier(m).fit(X, np.zeros(6)), ValueError, ["one class only"]),
    (lambda m: SKLearnClassifier(m).fit(X, Y, sample_weight=-np.ones(6)),
     ValueError, ["sample_weight must be one weight"]),
    (lambda m: SKLearnClassifier(lambda: 3).fit(X, Y), TypeError, ["return a compiled Model"]),
    (lambda m: SKLearnClassifier(m, fit_kwargs=3).fit(X, Y), TypeError, ["fit_kwargs", "got 3"]),
    (lambda m: SKLearnClassifier(m, model_kwargs=[]).fit(X, Y), TypeError, ["model_kwargs", "[]"]),
    (lambda m: SKLearnClassifier(m, warm_start="no").fit(X, Y), TypeError, ["warm_start", "'no'"]),
    (lambda m: SKLearnClassifier(m).fit(X, Y, epoch=3), TypeError, ["'epoch'", "mean 'epochs'"]),
    (lambda m: SKLearnRegressor(build_for).fit(X, X, epochs=-1), ValueError, ["epochs", "got -1"]),
    (lambda m: SKLearnClassifier(m).fit(X, Y, epochs=-1), ValueError, ["epochs", "got -1"]),
    (lambda m: SKLearnClassifier(build).set_params(fit__epoch=3), ValueError, ["'epochs'"]),
    (lambda m: SKLearnRegressor(m).fit(X, ["a"] * 6), TypeError, ["strings such as 'a'"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder with two models, and a file that is none."""
    folder = tmp_path_factory.mktemp("models")
    trained().save(folder / "model.keras")
    Sequential([Input((2,)), Dense(5)]).save(folder / "other.keras")
    (folder / "text.keras").write_text("no model")
    return folder


@pytest.fixture(scope="module")
def model() -> Sequential:
    """Return the model of all tests, each of which leaves it as it was."""
    return trained()


@pytest.mark.parametrize(
    ("call", "error", "words"), DATA + MODEL + FILES + CALLBACKS + PARTS + SPACE, ids=lambda v: None
)
def test_a_refused_call_says_why_and_changes_nothing(
    call: Call,
    error: type[Exception],
    words: list[str],
    folder: Path,
    model: Sequential,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(folder)
    with unchanged(model, folder), pytest.raises(error) as caught:
        call(model)
    for word in words:
        assert word in str(caught.value)


def test_a_refused_fit_leaves_an_estimator_as_it_was() -> None:
    estimator = SKLearnClassifier(trained()).fit(X, list("abcabc"))
    before = estimator.predict_proba(X)
    for x, y in ((X[:, :1], Y), (X, np.zeros(6)), (X * np.nan, Y), (np.ones((6, 3)), Y)):
        with pytest.raises(ValueError, match=r"\w"):
            estimator.fit(x, y)
        np.testing.assert_array_equal(estimator.predict_proba(X), before)
        assert estimator.classes_.tolist() == ["a", "b", "c"]
