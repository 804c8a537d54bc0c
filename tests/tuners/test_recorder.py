"""What a trial keeps of its training; and going on from there, bit for bit."""

from __future__ import annotations

from math import isnan
from typing import Any

import numpy as np
import pytest

from course import Input, Sequential, config
from course.layers import BatchNormalization, Dense, Dropout
from course.optimizers.schedules import ExponentialDecay
from course.tuners import FatalError, Objective
from course.tuners.recorder import Recorder, capture, restore
from course.tuners.trial import Run
from searches import X, Y


def network(optimizer: Any = "adam") -> Sequential:
    """A model with all that has a state."""
    model = Sequential(
        [
            Input((3,)),
            Dense(6, "relu"),
            BatchNormalization(),
            Dropout(0.2),
            Sequential([Input((6,)), Dense(4, "tanh"), Dropout(0.2, seed=4)]),
            Dense(1, "sigmoid"),
        ]
    )
    model.compile(optimizer, "binary_crossentropy", metrics=["accuracy"])
    return model


def recorded(objective: str, **options: Any) -> tuple[Run, Sequential]:
    """Train under a recorder."""
    run, model = Run(), network()
    with config.seeded(1):
        model.fit(
            X,
            Y,
            epochs=4,
            validation_data=(X, Y),
            verbose=0,
            callbacks=[Recorder(run, Objective(objective, "max"), **options)],
        )
    return run, model


def test_every_epoch_is_logged_and_the_best_weights_are_kept() -> None:
    run, model = recorded("val_accuracy")
    assert run.epoch == [0, 1, 2, 3]
    assert set(run.history) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    assert {len(v) for v in [*run.history.values(), run.seconds]} == {4}
    model.set_weights(run.weights)
    best = max(run.history["val_accuracy"])
    assert model.evaluate(X, Y, return_dict=True)["accuracy"] == best
    assert run.state is None


def test_where_the_objective_is_no_log_the_last_weights_are_kept() -> None:
    run, model = recorded("computed later")
    for kept, last in zip(run.weights, model.get_weights(), strict=True):
        np.testing.assert_array_equal(kept, last)


def test_a_missing_objective_ends_the_search_at_the_first_epoch() -> None:
    with pytest.raises(FatalError, match="'val_recall' is not in what the log of an epoch has"):
        recorded("val_recall", is_logged=True)


def test_what_is_not_logged_every_epoch_is_nan_between() -> None:
    run, model = Run(), network()
    recorder = Recorder(run, Objective("val_loss"))
    model.fit(
        X, Y, epochs=4, validation_data=(X, Y), validation_freq=2, verbose=0, callbacks=recorder
    )
    assert [isnan(value) for value in run.history["val_loss"]] == [True, False, True, False]


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "nadam", "rmsprop"])
@pytest.mark.parametrize("scheduled", [False, True])
def test_training_on_equals_training_without_a_break(optimizer: str, scheduled: bool) -> None:
    def ready() -> Sequential:
        model = network(optimizer)
        if scheduled:
            model.optimizer.learning_rate = ExponentialDecay(0.01, 5, 0.5)
        return model

    with config.seeded(5):
        whole = ready()
        whole.fit(X, Y, epochs=5, verbose=0)
    with config.seeded(5):
        first = ready()
        first.optimizer.learning_rate = first.optimizer.schedule or first.optimizer.learning_rate
        first.fit(X, Y, epochs=2, verbose=0)
        state = capture(first)
    run = Run()
    with config.seeded(99):
        second = ready()
        recorder = Recorder(run, Objective("loss"), start=state, keeps_state=True)
        second.fit(X, Y, epochs=5, initial_epoch=2, verbose=0, callbacks=[recorder])
    for a, b in zip(second.get_weights(), whole.get_weights(), strict=True):
        np.testing.assert_array_equal(a, b)
    assert run.epoch == [2, 3, 4]
    assert int(run.state["iterations"]) == whole.optimizer.iterations == 10


def test_a_learning_rate_that_was_changed_stays_changed() -> None:
    model, other = network(), network()
    model.fit(X, Y, verbose=0)
    model.optimizer.learning_rate = 0.125
    restore(other, capture(model))
    assert other.optimizer.learning_rate == 0.125
