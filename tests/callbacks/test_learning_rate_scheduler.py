"""A rate for each epoch."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course import Input, Sequential
from course.callbacks import LearningRateScheduler
from course.layers import Dense
from course.optimizers import SGD
from course.optimizers.schedules import ExponentialDecay

X, Y = np.arange(6.0)[:, None], np.arange(6.0)


def rates(schedule: Any, **options: Any) -> list[float]:
    """Return the rates of three epochs that begin with 0.5."""
    network = Sequential([Input((1,)), Dense(1)])
    network.compile(SGD(0.5), "mse")
    callback = LearningRateScheduler(schedule, **options)
    history = network.fit(X, Y, epochs=3, verbose=0, callbacks=[callback])
    assert network.optimizer.learning_rate == history.history["learning_rate"][-1]
    return history.history["learning_rate"]


class Halve:
    def __call__(self, epoch: int, lr: float) -> float:
        return lr / 2


def with_room(epoch: int, lr: float = 1.0) -> float:
    return lr / 5


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        (lambda epoch: 0.1 / (1 + epoch), [0.1, 0.05, 0.1 / 3]),
        (lambda epoch, lr: lr * 0.1, [0.05, 0.005, 0.0005]),
        (Halve(), [0.25, 0.125, 0.0625]),
        (with_room, [0.1, 0.02, 0.004]),
        (lambda *known: len(known) / 10, [0.2, 0.2, 0.2]),
        (lambda epoch: np.float32(0.25), [0.25, 0.25, 0.25]),
        (lambda epoch: np.array(0.25), [0.25, 0.25, 0.25]),
        (lambda epoch: 0, [0.0, 0.0, 0.0]),
        (ExponentialDecay(0.4, 1, 0.5), [0.4, 0.2, 0.1]),
        ({0: 0.1, 1: 0.2, 2: 0.3}.get, [0.1, 0.2, 0.3]),
    ],
)
def test_rates(schedule: Any, expected: list[float]) -> None:
    assert rates(schedule) == pytest.approx(expected, rel=1e-6)


def test_the_rate_holds_from_the_first_batch() -> None:
    network = Sequential([Input((1,)), Dense(1, use_bias=False, kernel_initializer="zeros")])
    network.compile(SGD(0.5), "mse")
    network.fit(X, Y, verbose=0, callbacks=[LearningRateScheduler(lambda epoch: 0.0)])
    assert network.get_weights()[0] == 0


def test_messages(capsys: Any) -> None:
    rates(lambda epoch: 0.5)
    assert capsys.readouterr().out == ""
    rates(lambda epoch: 0.1**epoch, verbose=1)
    assert capsys.readouterr().out == (
        "Epoch 1: learning rate 1\nEpoch 2: learning rate 0.1\nEpoch 3: learning rate 0.01\n"
    )


@pytest.mark.parametrize(
    ("schedule", "message"),
    [
        (0.1, r"schedule must be a function such as lambda epoch: .*, got 0\.1"),
        (lambda: 0.1, r"must take \(epoch\) or \(epoch, learning_rate\), but .* are \(\)"),
        (lambda a, b, c: 0.1, r"but its arguments are \(a, b, c\)"),
    ],
)
def test_what_is_no_schedule(schedule: Any, message: str) -> None:
    with pytest.raises(TypeError, match=message):
        LearningRateScheduler(schedule)


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (None, TypeError, "What schedule returned for epoch 0 must be a number, got None"),
        (-1.0, ValueError, r"must be at least 0, got -1\.0"),
        (float("nan"), ValueError, "at least 0, got nan"),
        (np.ones(2), TypeError, "must be a number, got array"),
    ],
)
def test_what_a_schedule_may_not_return(value: Any, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        rates(lambda epoch: value)


def test_a_mistake_in_the_schedule_is_not_hidden() -> None:
    with pytest.raises(TypeError, match="unsupported operand"):
        rates(lambda epoch, lr: lr + "1")


def test_a_function_in_c_that_does_not_tell_its_arguments_is_given_the_epoch() -> None:
    with pytest.raises(TypeError, match="'int' object is not iterable"):
        rates(max)


def test_the_hooks_can_be_called_without_logs() -> None:
    callback = LearningRateScheduler(lambda epoch: 0.5)
    callback.set_model(Sequential([Input((1,)), Dense(1)]))
    callback.model.compile(SGD(0.1), "mse")
    callback.on_epoch_begin(0)
    callback.on_epoch_end(0)
    assert callback.model.optimizer.learning_rate == 0.5
