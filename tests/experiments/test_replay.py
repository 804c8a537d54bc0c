"""Replayed decisions: by hand, and against a real training with the same callback."""

from __future__ import annotations

import numpy as np
import pytest

from course import config
from course.callbacks import EarlyStopping, ModelCheckpoint
from course.experiments.replay import replay, saves
from course.layers import Dense, Input
from course.models import Sequential
from course.optimizers import SGD

LOG = {"loss": [0.8, 0.6, 0.5], "val_loss": [0.9, 0.7, 0.75]}


def test_steps_by_hand() -> None:
    end = replay(EarlyStopping(patience=2), {"val_loss": [0.9, 0.7, 0.8, 0.7, 0.1]})
    assert [tuple(step) for step in end.steps] == [
        (1, 0.9, 1, 0, False), (2, 0.7, 2, 0, False), (3, 0.7, 2, 1, False), (4, 0.7, 2, 2, True),
    ]  # fmt: skip
    assert (end.epochs, end.stopped, end.kept) == (4, True, 4)


def test_the_best_epoch_is_kept_whether_or_not_it_stopped() -> None:
    for patience, epochs in ((2, 4), (9, 4)):
        stopper = EarlyStopping(patience=patience, restore_best_weights=True)
        end = replay(stopper, {"val_loss": [0.9, 0.7, 0.8, 0.75]})
        assert (end.epochs, end.kept, end.stopped) == (epochs, 2, patience == 2)


def test_without_any_number_there_is_no_best() -> None:
    stopper = EarlyStopping(patience=9, restore_best_weights=True)
    end = replay(stopper, {"val_loss": [np.nan, np.nan]})
    assert end.kept == 2
    assert end.steps[-1].best is end.steps[-1].best_epoch is None


def test_no_epochs_and_missing_keys_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one epoch"):
        replay(EarlyStopping(), {"val_loss": []})
    with pytest.raises(ValueError, match="val_loss"):
        replay(EarlyStopping(), {"loss": [1.0]})


def test_a_real_training_stops_and_restores_where_the_replay_does() -> None:
    rng = np.random.default_rng(0)
    x, y = rng.normal(size=(40, 3)), rng.normal(size=(40, 1))

    def fit(*callbacks: EarlyStopping) -> Sequential:
        with config.seeded(0):
            model = Sequential([Input(shape=(3,)), Dense(8, "tanh"), Dense(1)])
            model.compile(SGD(0.3), "mse")
            model.fit(
                x, y, epochs=40, batch_size=5, verbose=0, validation_split=0.5,
                callbacks=callbacks,
            )  # fmt: skip
        return model

    curve = fit().history.history["val_loss"]
    for patience in (0, 3, 100):
        options = {"patience": patience, "restore_best_weights": True}
        told = replay(EarlyStopping(**options), {"val_loss": curve})
        real = fit(stopper := EarlyStopping(**options))
        assert len(real.history.history["val_loss"]) == told.epochs
        assert stopper.best_epoch + 1 == told.kept
        now = real.evaluate(x[20:], y[20:], verbose=0)
        assert now == pytest.approx(curve[told.kept - 1], rel=1e-5)


@pytest.mark.parametrize(
    ("path", "options", "expected"),
    [
        ("m.keras", {}, ["m.keras"] * 3),
        ("{epoch:02d}-{val_loss:.2f}.keras", {"save_best_only": True},
         ["01-0.90.keras", "02-0.70.keras"]),
        ("{epoch}.keras", {"save_best_only": True, "initial_value_threshold": 0.8}, ["2.keras"]),
        ("{epoch}.weights.h5", {"save_weights_only": True},
         ["1.weights.h5", "2.weights.h5", "3.weights.h5"]),
        ("{epoch}-{batch}.keras", {"save_freq": 5}, ["2-1.keras", "3-2.keras"]),
        ("{epoch}-{batch}.keras", {"save_freq": 2, "save_best_only": True, "monitor": "loss"},
         ["1-2.keras", "2-2.keras", "3-2.keras"]),
    ],
)  # fmt: skip
def test_saves(path: str, options: dict, expected: list[str]) -> None:
    assert saves(path, LOG, batches=4, **options) == expected


def test_saves_are_those_of_a_real_checkpoint(tmp_path) -> None:
    x = np.arange(8.0).reshape(8, 1)
    model = Sequential([Input(shape=(1,)), Dense(1)])
    model.compile(SGD(0.001), "mse")
    path = str(tmp_path / "{epoch}-{loss:.3f}.keras")
    model.fit(
        x, x, batch_size=2, epochs=3, verbose=0,
        callbacks=[ModelCheckpoint(path, "loss", save_best_only=True)],
    )  # fmt: skip
    told = saves("{epoch}-{loss:.3f}.keras", model.history.history, save_best_only=True,
                 monitor="loss")  # fmt: skip
    assert sorted(told) == sorted(file.name for file in tmp_path.iterdir())
