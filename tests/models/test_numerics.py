"""Training at any depth, from any start: no warning of NumPy, and divergence is said once.

Warnings are errors in these tests, so that one which escaped would fail them.
"""

from __future__ import annotations

import re
import warnings
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course import Input, Sequential, config, constraints, losses, metrics, regularizers
from course.callbacks import (
    CSVLogger,
    EarlyStopping,
    GradientMonitor,
    ModelCheckpoint,
    ReduceLROnPlateau,
    WeightHistory,
)
from course.initializers import RandomNormal
from course.layers import BatchNormalization, Dense, Dropout, LayerNormalization
from course.losses import CategoricalCrossentropy
from course.optimizers import SGD, Adam, schedules
from course.optimizers import TABLE as OPTIMIZERS

RNG = np.random.default_rng(0)
X = RNG.normal(size=(7, 3))
Y = np.array([0, 1, 0, 1, 1, 0, 1])
SAID = re.compile(
    r"loss became (NaN|infinite) at epoch (\d+), batch (\d+); learning_rate=(\S+)\. Training goes"
)


def deep(depth: int, activation: str, stddev: float, *between: Any, loss: str = "bce") -> Any:
    """Return the layers of a network of so many hidden ones, from weights of that size."""
    start = "he_normal" if stddev == 0 else RandomNormal(stddev=stddev, seed=1)
    parts: list[Any] = [Input((3,))]
    for _ in range(depth):
        parts.append(Dense(4, activation, kernel_initializer=start))
        parts += [kind() for kind in between]
    ends = {"bce": Dense(1, "sigmoid"), "mse": Dense(1), "sparse_categorical_crossentropy":
            Dense(2, "softmax")}  # fmt: skip
    return Sequential([*parts, ends[loss]])


def trained(model: Sequential, y: np.ndarray = Y, **given: Any) -> tuple[Any, list[str]]:
    """Train; return the history, and what was said of a divergence. Nothing else may be said."""
    with warnings.catch_warnings(record=True) as caught, config.seeded(0):
        warnings.simplefilter("always")
        history = model.fit(X, y, **{"batch_size": 3, "epochs": 2, "verbose": 0} | given)
        model.evaluate(X, y)
        model.predict(X)
        model.gradients(X, y)
        model.activations(X)
        model(X, training=True)
    messages = [str(warning.message) for warning in caught]
    assert all(map(SAID.match, messages)), messages
    return history, messages


def assert_said(history: Any, messages: list[str], rate: float | None = None) -> None:
    """Check that a divergence was said once, in the epoch where it was; or that none was."""
    losses = np.array(history.history["loss"])
    if np.isfinite(losses).all():
        assert messages == []
        return
    (message,) = messages
    kind, epoch, batch, said = SAID.match(message).groups()
    assert int(epoch) == int(np.argmin(np.isfinite(losses))) + 1
    assert 1 <= int(batch) <= 3
    assert kind == "infinite" or np.isnan(losses).any()
    assert rate is None or float(said) == pytest.approx(rate)


@pytest.mark.parametrize("depth", [1, 2, 4, 8, 16, 32, 64])
@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_no_warning_escapes_at_any_depth_from_any_start(depth: int, activation: str) -> None:
    starts = [(0, "mse"), (1e-30, "bce"), (1.0, "mse"), (30.0, "bce"), (1e6, "mse"), (1e30, "bce")]
    for stddev, loss in starts:
        model = deep(depth, activation, stddev, loss=loss)
        model.compile(SGD(0.1), loss, metrics=["accuracy", "mae"])
        assert_said(*trained(model), rate=0.1)


@pytest.mark.parametrize("between", [BatchNormalization, LayerNormalization, partial(Dropout, 0.5)])
@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid"])
def test_nor_with_normalization_or_dropout_between(between: Any, activation: str) -> None:
    for depth, stddev in ((2, 1e6), (64, 1e-30), (32, 1e6)):
        model = deep(depth, activation, stddev, between)
        model.compile(Adam(0.01), "bce")
        assert_said(*trained(model), rate=0.01)


CLIPS = [{}, {"clipnorm": 1.0}, {"global_clipnorm": 1.0}, {"clipvalue": 0.5}, {"weight_decay": 0.1}]


@pytest.mark.parametrize("name", OPTIMIZERS)
@pytest.mark.parametrize("how", CLIPS, ids="".join)
def test_nor_with_any_optimizer(name: str, how: dict[str, float]) -> None:
    for rate, stddev in ((0.0, 30.0), (1e-3, 30.0), (1e30, 1e-30)):
        model = deep(16, "relu", stddev, loss="mse")
        model.compile(OPTIMIZERS[name](rate, **how), "mse")
        assert_said(*trained(model), rate=rate)


OF_NUMBERS = ["mse", "mae", "root_mean_squared_error", "log_cosh_error", "r2_score", "mape"]
OF_CLASSES = ["accuracy", "auc", "f1_score", "precision", "recall", "crossentropy"]
METRICS = {
    "bce": [*OF_CLASSES, *OF_NUMBERS, "hinge"],
    "mse": OF_NUMBERS,
    "sparse_categorical_crossentropy": [*OF_CLASSES, "sparse_top_k_categorical_accuracy"],
}


@pytest.mark.parametrize("loss", ["bce", "mse", "sparse_categorical_crossentropy"])
def test_all_who_look_on_bear_a_divergence(loss: str, tmp_path: Path) -> None:
    model = deep(16, "relu", 1e6, loss=loss)
    model.compile(SGD(1e3), loss, metrics=METRICS[loss], weighted_metrics=METRICS[loss][:1])
    callbacks = [
        GradientMonitor(by="weight", freq="batch"),
        GradientMonitor(),
        WeightHistory(),
        ReduceLROnPlateau("loss", patience=1),
        CSVLogger(tmp_path / "log.csv"),
        ModelCheckpoint(tmp_path / "{epoch}-{val_loss:.2f}.keras"),
        ModelCheckpoint(tmp_path / "best.keras", save_best_only=True),
        EarlyStopping("val_loss", patience=5, restore_best_weights=True),
    ]
    history, messages = trained(model, validation_data=(X, Y), callbacks=callbacks, epochs=4)
    assert len(history.epoch) == 4
    assert len(messages) == 1


@pytest.mark.parametrize("how", ["kernel", "activity"])
def test_a_penalty_that_is_infinite_is_said_too(how: str) -> None:
    layer = Dense(1, use_bias=False, **{f"{how}_regularizer": regularizers.L2(1.0)})
    model = Sequential([Input((1,)), layer])
    model.compile(SGD(0.0), "mse")
    model.set_weights([[[1e25]]])
    with pytest.warns(RuntimeWarning, match="loss became infinite at epoch 1, batch 1"):
        history = model.fit(np.ones(4), np.full(4, 1e25), verbose=0)
    assert history.history["loss"] == [np.inf]
    assert history.data_loss == [0.0]


def test_a_constraint_holds_weights_that_would_explode() -> None:
    parts = [
        Dense(4, "relu", kernel_initializer=RandomNormal(stddev=1e6), kernel_constraint=c)
        for c in (
            constraints.MaxNorm(1.0),
            constraints.UnitNorm(),
            constraints.MinMaxNorm(0.1, 1.0, rate=0.5),
            constraints.NonNeg(),
        )
    ]
    model = Sequential([Input((3,)), *parts, Dense(1)])
    model.compile(SGD(1e3), "mse")
    assert_said(*trained(model))


@pytest.mark.parametrize(
    "rate",
    [10.0, lambda: 12.5, schedules.ExponentialDecay(70.0, 1, 0.9)],
    ids=["number", "function", "schedule"],
)
def test_the_message_has_epoch_batch_and_the_rate_of_that_batch(rate: Any) -> None:
    model = Sequential([Input((1,)), Dense(1, use_bias=False)])
    model.compile(SGD(rate), "mse")
    model.set_weights([[[1.0]]])
    with pytest.warns(RuntimeWarning, match="loss became") as caught:
        history = model.fit(np.full(6, 10.0), np.zeros(6), 2, 30, verbose=0)
    (warning,) = caught
    assert warning.filename == __file__
    # w is multiplied by 1 − 2·rate·10² in each step, and the loss is (10·w)² in float32
    w, step, largest = 1.0, 0, float(np.finfo(np.float32).max)
    while 100 * w * w < largest:
        w *= 1 - 200 * used(rate, step)
        step += 1
    said = f"at epoch {step // 3 + 1}, batch {step % 3 + 1}; learning_rate={used(rate, step):g}."
    assert said in str(warning.message)
    assert len(history.epoch) == 30


def used(rate: Any, step: int) -> float:
    """Return the learning rate of a step."""
    if isinstance(rate, schedules.LearningRateSchedule):
        return rate(step)
    return rate() if callable(rate) else rate


def test_a_rate_that_grows_beyond_all_numbers_ends_in_infinity() -> None:
    rate = schedules.ExponentialDecay(1e-3, 1, 10.0)
    assert rate(400) == np.inf
    model = Sequential([Input((1,)), Dense(1)])
    model.compile(SGD(rate), "mse")
    model.optimizer.iterations = 305
    with pytest.warns(RuntimeWarning, match="loss became infinite at epoch 2"):
        model.fit(np.ones(4), np.ones(4), epochs=9, verbose=0)


@pytest.mark.parametrize("how", [{"clipnorm": 1.0}, {"global_clipnorm": 1.0}])
def test_gradients_whose_squares_overflow_are_clipped_to_their_length(how: dict) -> None:
    model = Sequential([Input((1,)), Dense(1, use_bias=False)])
    model.compile(SGD(0.5, **how), "mse")
    model.set_weights([[[0.0]]])
    model.train_on_batch([1.0], [-1e19])
    assert model.get_weights()[0] == pytest.approx(-0.5)


@pytest.mark.parametrize(
    ("constraint", "norm"),
    [
        (constraints.MaxNorm(2.0), 2),
        (constraints.UnitNorm(), 1),
        (constraints.MinMaxNorm(0.5, 3.0), 3),
    ],
)
def test_weights_whose_squares_overflow_are_shortened_all_the_same(
    constraint: Any, norm: float
) -> None:
    w = np.array([[3e25, 3.0], [-4e25, 4.0]], "float32")
    with config.quiet():
        short = constraint(w)
    assert short.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(short, axis=0), norm, rtol=1e-6)


def test_what_overflows_outside_of_fit_says_so_itself() -> None:
    assert losses.mean_squared_error([0.0], [1e30]) == np.inf
    assert losses.MeanSquaredError()([[0.0]], [[1e300]]) == np.inf
    assert metrics.MeanSquaredError()([0.0], [1e30]) == np.inf
    layer = Dense(1, kernel_initializer="ones", use_bias=False)
    y = layer([[1e30, 0], [1e300, 0], [3e38, 3e38]])
    np.testing.assert_array_equal(y, np.float32([[1e30], [np.inf], [np.inf]]))


@pytest.mark.parametrize("reduction", ["sum_over_batch_size", "sum", "mean_with_sample_weight"])
def test_weights_of_zero_are_no_division_by_zero(reduction: str) -> None:
    model = deep(2, "relu", 0, loss="sparse_categorical_crossentropy")
    model.compile("adam", CategoricalCrossentropy(reduction=reduction), metrics=["accuracy"])
    history, messages = trained(model, np.eye(2)[Y], sample_weight=np.zeros(7))
    assert messages == []
    assert history.history["loss"] == [0, 0]


@pytest.mark.parametrize("depth", [2, 64])
def test_no_warning_escapes_in_float64(depth: int, float64: None) -> None:
    for stddev in (1e-300, 1.0, 1e150):
        model = deep(depth, "relu", stddev)
        model.compile(SGD(0.1), "bce")
        assert_said(*trained(model))
