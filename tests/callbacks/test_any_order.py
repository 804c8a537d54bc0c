"""Callbacks in any order: the same training, and each has seen the same."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course import Input, Sequential, config
from course.callbacks import (
    Callback,
    CSVLogger,
    EarlyStopping,
    GradientMonitor,
    LearningRateScheduler,
    ModelCheckpoint,
    ReduceLROnPlateau,
    TerminateOnNaN,
    TimeBudget,
    WeightHistory,
)
from course.layers import Dense, Dropout
from course.models import load_model

RNG = np.random.default_rng(1)
X = RNG.normal(size=(24, 3))
Y = X[:, 0] + 2 * RNG.normal(size=24)
WATCHED = ("best", "best_epoch", "stopped_epoch", "wait", "cooldown_counter", "times")


def callbacks(folder: Path) -> dict[str, Callback]:
    """All that the package has, without those that only show something."""
    return {
        "stop": EarlyStopping("val_loss", patience=3, restore_best_weights=True),
        "reduce": ReduceLROnPlateau("val_loss", factor=0.5, patience=1),
        "reduce by loss": ReduceLROnPlateau("loss", factor=0.25, patience=2, min_delta=0.1),
        "schedule": LearningRateScheduler(lambda epoch, rate: rate / 2 if epoch == 3 else rate),
        "best": ModelCheckpoint(folder / "best.keras", save_best_only=True),
        "log": CSVLogger(folder / "log.csv"),
        "nan": TerminateOnNaN(),
        "time": TimeBudget(minutes=60),
        "weights": WeightHistory(freq="batch"),
        "gradients": GradientMonitor(),
    }


def train(order: list[str]) -> dict[str, Any]:
    """Train with callbacks in an order; return all that must not depend on it."""
    with TemporaryDirectory() as name, config.seeded(2):
        folder = Path(name)
        model = Sequential([Input((3,)), Dense(8, "tanh"), Dropout(0.2), Dense(1)])
        model.compile("rmsprop", "mse", metrics=["mae"])
        model.optimizer.learning_rate = 0.125
        made = callbacks(folder)
        history = model.fit(
            X, Y, 8, 20, 0, callbacks=[made[key] for key in order], validation_split=0.3
        )
        logged = list(csv.DictReader((folder / "log.csv").read_text().splitlines()))
        return {
            "epochs": history.epoch,
            "history": history.history,
            "weights": model.get_weights(),
            "rate": model.optimizer.learning_rate,
            "best": load_model(folder / "best.keras").get_weights(),
            "log": [{k: row[k] for k in ("epoch", "loss", "val_mae")} for row in logged],
            "path": made["weights"].path(),
            "gradients": (made["gradients"].gradients, made["gradients"].updates),
            "states": {
                key: {a: vars(c)[a] for a in WATCHED if a in vars(c)} for key, c in made.items()
            },
        }


@pytest.fixture(autouse=True)
def _unhurried_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.fsync", lambda descriptor: None)


USUAL = list(callbacks(Path()))


@cache
def usual_training() -> dict[str, Any]:
    return train(USUAL)


@given(st.permutations(USUAL))
@settings(
    max_examples=4,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_order_changes_nothing(order: list[str]) -> None:
    usual = usual_training()
    assert usual["states"]["stop"]["stopped_epoch"] > 3
    assert len(set(usual["history"]["learning_rate"])) > 2
    np.testing.assert_equal(train(order), usual)


def test_the_rate_in_the_logs_is_the_one_that_was_trained_with() -> None:
    rates: list[float] = []

    class Spy(Callback):
        def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
            rates.append(self.model.optimizer.learning_rate)

    model = Sequential([Input((3,)), Dense(1)])
    model.compile("sgd", "mse")
    never_better = dict(monitor="loss", patience=1, min_delta=1e6)
    several = [
        ReduceLROnPlateau(factor=0.5, **never_better),
        ReduceLROnPlateau(factor=0.25, **never_better),
        LearningRateScheduler(lambda epoch, rate: rate),
    ]
    history = model.fit(X, Y, 24, 4, 0, callbacks=[Spy(), *several]).history
    assert history["learning_rate"] == rates
    assert len(set(rates)) > 2
