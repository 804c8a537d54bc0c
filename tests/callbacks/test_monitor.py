"""Which keys can be monitored, which values are better, and when a mistake is found."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course import Input, Model, Sequential
from course.callbacks import (
    Callback,
    EarlyStopping,
    LambdaCallback,
    ModelCheckpoint,
    Monitor,
    ReduceLROnPlateau,
)
from course.layers import Dense
from course.metrics import AUC
from driven import drive

X = np.arange(8.0)[:, None] / 8
Y = np.array([0, 1, 0, 1, 0, 1, 0, 1])


def model(metrics: Any = ("accuracy",)) -> Sequential:
    network = Sequential([Input((1,)), Dense(1, "sigmoid")])
    network.compile("sgd", "binary_crossentropy", metrics=list(metrics))
    return network


class Adds(Callback):
    """Adds a key to the logs of an epoch."""

    def __init__(self, key: str = "extra", value: Any = 1.0) -> None:
        super().__init__()
        self.key, self.value = key, value

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        logs[self.key] = self.value


def fit(network: Any, *callbacks: Callback, **options: Any) -> Any:
    return network.fit(X, Y, epochs=2, verbose=0, callbacks=list(callbacks), **options)


@pytest.mark.parametrize("monitor_class", [EarlyStopping, ReduceLROnPlateau, Monitor])
@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("val_loss", "monitor='val_loss' needs validation: give fit a validation_split"),
        ("val_accuracy", "The logs will have the keys 'loss', 'accuracy'"),
        ("acuracy", "'acuracy' will not be in the logs. Did you mean 'accuracy'?"),
        ("val_f1", "'val_f1' will not be in the logs.* keys 'loss', 'accuracy'"),
    ],
)
def test_a_key_that_cannot_come_is_refused_before_training(
    monitor_class: type, key: str, message: str
) -> None:
    network = model()
    before = network.get_weights()
    with pytest.raises(ValueError, match=message):
        fit(network, monitor_class(monitor=key))
    np.testing.assert_equal(network.get_weights(), before)
    assert network.optimizer.iterations == 0


def test_the_validation_that_is_missing_is_found_whoever_else_looks_on() -> None:
    network = model()
    with pytest.raises(ValueError, match="needs validation"):
        fit(network, Adds(), EarlyStopping())
    assert network.optimizer.iterations == 0


@pytest.mark.parametrize("key", ["loss", "accuracy", "val_loss", "val_accuracy"])
def test_keys_that_come_are_accepted(key: str) -> None:
    fit(model(), EarlyStopping(key), validation_split=0.5)


def test_the_keys_of_several_outputs() -> None:
    a = Input((1,))
    network = Model(a, [Dense(1, name="left")(a), Dense(1, name="right")(a)])
    network.compile("sgd", "mse", metrics={"left": ["mae"]})
    y = [Y, Y]
    seen = network.fit(X, y, verbose=0, validation_split=0.5).history
    for key in seen:
        network.fit(X, y, verbose=0, validation_split=0.5, callbacks=EarlyStopping(key))
    with pytest.raises(ValueError, match="'loss', 'left_loss', 'right_loss', 'left_mae'"):
        network.fit(X, y, verbose=0, callbacks=EarlyStopping("mae"))


def test_the_keys_that_are_promised_are_those_that_come() -> None:
    promised: list[str] = []
    look = LambdaCallback(on_train_begin=lambda logs: promised.extend(look.params["metrics"]))
    history = fit(model(["accuracy", AUC()]), look, validation_split=0.5)
    assert promised == list(history.history)


def test_a_key_that_another_callback_adds() -> None:
    stopping = EarlyStopping("extra", mode="max", patience=5)
    fit(model(), Adds(), stopping)
    assert stopping.best == 1.0
    known = EarlyStopping("learning_rate", mode="min")
    fit(model(), ReduceLROnPlateau("loss"), known)
    assert known.best == pytest.approx(0.01)


def test_a_key_that_another_callback_might_have_added_is_missed_after_an_epoch() -> None:
    network = model()
    with pytest.raises(ValueError, match=r"'exta' is not in the logs\. Did you mean 'extra'\?"):
        fit(network, Adds(), EarlyStopping("exta", mode="max"))
    assert network.optimizer.iterations == 1
    with pytest.raises(ValueError, match="has to come before EarlyStopping in the list"):
        fit(network, EarlyStopping("extra", mode="max"), Adds())


def test_a_key_of_the_training_may_come_later() -> None:
    _, epochs = drive(EarlyStopping("loss", patience=2), [None, 1.0])
    assert [epoch["best"] for epoch in epochs] == [None, 1.0]


def test_a_key_that_is_added_now_and_then_is_no_mistake() -> None:
    def add(epoch: int, logs: dict) -> None:
        if epoch == 0:
            logs["extra"] = 0.5

    stopping = EarlyStopping("extra", mode="min")
    fit(model(), LambdaCallback(on_epoch_end=add), stopping)
    assert stopping.best == 0.5


def test_callbacks_of_the_package_add_nothing_unsaid() -> None:
    network = model()
    with pytest.raises(ValueError, match="'extra' will not be in the logs"):
        fit(network, ReduceLROnPlateau("loss"), EarlyStopping("extra"))

    class Own(EarlyStopping):
        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            logs["extra"] = 1.0
            super().on_epoch_end(epoch, logs)

    fit(network, Own("loss"), EarlyStopping("extra", mode="min"))


def test_what_is_added_at_the_end_of_a_validation() -> None:
    class Own(Callback):
        def on_test_end(self, logs: Any = None) -> None:
            logs["extra"] = 2.0

    stopping = EarlyStopping("val_extra", mode="min")
    fit(model(), Own(), stopping, validation_split=0.5)
    assert stopping.best == 2.0


@pytest.mark.parametrize("value", ["low", [1.0], np.ones(2), None, True])
def test_what_is_no_number_cannot_be_monitored(value: Any) -> None:
    with pytest.raises(TypeError, match="The monitored 'extra' must be a number, got"):
        fit(model(), Adds("extra", value), EarlyStopping("extra", mode="min"))


@pytest.mark.parametrize("value", [3, np.float32(3), np.array(3.0), np.int64(3)])
def test_numbers_of_every_kind(value: Any) -> None:
    stopping = EarlyStopping("extra", mode="min")
    fit(model(), Adds("extra", value), stopping)
    assert stopping.best == 3.0
    assert type(stopping.best) is float


def error_rate(y_true: Any, y_pred: Any) -> Any:
    return np.abs(y_true - y_pred)[..., 0]


def gain(y_true: Any, y_pred: Any) -> Any:
    return y_true[..., 0]


gain.direction = "max"


@pytest.mark.parametrize(
    ("key", "direction"),
    [
        ("val_loss", "min"),
        ("loss", "min"),
        ("val_accuracy", "max"),
        ("val_f1_score", "max"),
        ("val_r2_score", "max"),
        ("val_auc", "max"),
        ("val_mae", "min"),
        ("gain", "max"),
        ("val_gain", "max"),
        ("test_accuracy", "max"),
        ("test_acc", "max"),
        ("test_loss", "min"),
        ("other_mean_squared_error", "min"),
        ("rate_of_error", "min"),
        ("big_r2_score", "max"),
    ],
)
def test_the_metric_or_the_name_tells_the_direction(key: str, direction: str) -> None:
    network = model(["accuracy", "f1_score", "r2_score", "auc", "mae", gain])
    values = (0.0, 1.0) if direction == "max" else (1.0, 0.0)
    monitor = EarlyStopping(key)
    watched = [Adds(key), monitor]
    network.fit(X, Y, verbose=0, validation_split=0.5, callbacks=watched)
    assert monitor.is_better(values[1], values[0])
    assert not monitor.is_better(*values)


@pytest.mark.parametrize("callback", [EarlyStopping("extra"), EarlyStopping("error_rate")])
def test_where_nothing_tells_the_direction_a_mode_is_asked_for(callback: Any) -> None:
    network = model([error_rate])
    with pytest.raises(ValueError, match=r"(?s)better when larger or smaller.*mode='max'"):
        fit(network, Adds(), callback)
    assert network.optimizer.iterations == 0


def test_the_mode_has_the_last_word() -> None:
    checkpoint = ModelCheckpoint("x.keras", "accuracy", mode="min", save_best_only=True)
    checkpoint.set_model(model())
    checkpoint.begin_monitoring()
    assert checkpoint.is_better(0.1, 0.2)
