"""The end when the time is up; the clock is the test's own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course import Input, Sequential
from course.callbacks import Callback, TimeBudget, time_budget
from course.layers import Dense

X, Y = np.ones((6, 1)), np.ones(6)


class Clock(Callback):
    """Goes on by a second a batch, and by ten for each validation."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        self.now += 1

    def on_test_end(self, logs: Any = None) -> None:
        self.now += 10


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(time_budget, "monotonic", clock)
    return clock


def fit(clock: Clock, budget: TimeBudget, epochs: int = 9, **options: Any) -> tuple[int, int]:
    """Train with three batches an epoch; return how many batches and epochs there were."""
    network = Sequential([Input((1,)), Dense(1)])
    network.compile("sgd", "mse")
    history = network.fit(X, Y, 2, epochs, 0, callbacks=[clock, budget], **options)
    return network.optimizer.iterations, len(history.epoch)


@pytest.mark.parametrize(
    ("seconds", "batches", "epochs"), [(4, 4, 2), (3, 3, 1), (0.5, 1, 1), (4.2, 5, 2)]
)
def test_it_stops_after_the_batch(clock: Clock, seconds: float, batches: int, epochs: int) -> None:
    budget = TimeBudget(seconds)
    assert budget.stopped_epoch is None
    assert fit(clock, budget) == (batches, epochs)
    assert budget.stopped_epoch == epochs - 1


def test_validation_takes_time_too(clock: Clock) -> None:
    assert fit(clock, TimeBudget(5), validation_data=(X, Y)) == (3, 1)


def test_minutes_and_a_message(clock: Clock, capsys: Any) -> None:
    assert fit(clock, TimeBudget(minutes=0.1)) == (6, 2)
    assert capsys.readouterr().out == ""
    assert fit(clock, TimeBudget(minutes=0.1, verbose=1)) == (6, 2)
    assert capsys.readouterr().out == "Epoch 2: the 6 seconds are over\n"


def test_time_begins_with_each_training(clock: Clock) -> None:
    budget = TimeBudget(4)
    assert fit(clock, budget) == (4, 2)
    assert fit(clock, budget) == (4, 2)
    assert fit(clock, budget, epochs=1) == (3, 1)
    assert budget.stopped_epoch is None


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({}, ValueError, "Give either seconds or minutes, got seconds=None and minutes=None"),
        ({"seconds": 1, "minutes": 2}, ValueError, "got seconds=1 and minutes=2"),
        ({"seconds": 0}, ValueError, "seconds must be above 0, got 0"),
        ({"minutes": -1}, ValueError, "minutes must be above 0, got -1"),
        ({"seconds": "long"}, TypeError, "seconds must be a number, got 'long'"),
    ],
)
def test_arguments_that_are_refused(options: dict, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        TimeBudget(**options)
