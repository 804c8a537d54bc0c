"""Hooks: which are called, in which order, with what."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course import Input, Sequential
from course.callbacks import Callback
from course.layers import Dense

X, Y = np.arange(6.0)[:, None], np.arange(6.0)
GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "callbacks.json").read_text())
HOOKS = [name for name in vars(Callback) if name.startswith("on_")]


class Diary(Callback):
    """Writes down every call."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[str] = []
        self.logs: list[Any] = []


def _write(name: str) -> Any:
    def hook(self: Diary, *arguments: Any) -> None:
        numbers, self.logs = arguments[:-1], [*self.logs, arguments[-1]]
        self.calls.append(" ".join([name.removeprefix("on_"), *map(str, numbers)]))

    return hook


for _hook_name in HOOKS:
    setattr(Diary, _hook_name, _write(_hook_name))


def model(**options: Any) -> Sequential:
    """Return a compiled model of one weight and a bias."""
    network = Sequential([Input((1,)), Dense(1)])
    network.compile("sgd", "mse", **options)
    return network


TRAIN_BATCHES = [f"train_batch_{moment} {i}" for i in range(2) for moment in ("begin", "end")]
TESTS = ["test_begin", "test_batch_begin 0", "test_batch_end 0", "test_end"]


def test_the_order_of_a_fit_with_validation() -> None:
    diary = Diary()
    model().fit(X, Y, 2, epochs=2, verbose=0, callbacks=[diary], validation_split=1 / 3)
    assert diary.calls == [
        "train_begin",
        "epoch_begin 0",
        *TRAIN_BATCHES,
        *TESTS,
        "epoch_end 0",
        "epoch_begin 1",
        *TRAIN_BATCHES,
        *TESTS,
        "epoch_end 1",
        "train_end",
    ]


def test_the_order_of_evaluate_and_predict() -> None:
    diary, network = Diary(), model()
    network.evaluate(X, Y, batch_size=4, callbacks=[diary])
    network.predict(X, batch_size=4, callbacks=diary)
    assert diary.calls == [
        "test_begin",
        *(f"test_batch_{moment} {i}" for i in range(2) for moment in ("begin", "end")),
        "test_end",
        "predict_begin",
        *(f"predict_batch_{moment} {i}" for i in range(2) for moment in ("begin", "end")),
        "predict_end",
    ]
    outputs = diary.logs[-2]["outputs"]
    np.testing.assert_array_equal(outputs[0], network.predict(X[4:]))


def test_the_order_is_that_of_keras() -> None:
    diary, network = Diary(), model()
    network.fit(X, X, 2, epochs=2, verbose=0, callbacks=[diary], validation_split=1 / 3)
    assert diary.calls == GOLDEN["order"]["fit"]
    for name in ("evaluate", "predict"):
        diary.calls.clear()
        data = (X, X) if name == "evaluate" else (X,)
        getattr(network, name)(*data, batch_size=4, callbacks=[diary])
        assert diary.calls == GOLDEN["order"][name]


def test_every_hook_is_given_logs() -> None:
    diary = Diary()
    network = model(metrics=["mae"])
    history = network.fit(X, Y, 3, verbose=0, callbacks=[diary], validation_data=(X, Y))
    assert all(isinstance(logs, dict) for logs in diary.logs)
    by_call = dict(zip(diary.calls, diary.logs, strict=True))
    final = {key: values[-1] for key, values in history.history.items()}
    assert by_call["epoch_end 0"] == by_call["train_end"] == final
    assert by_call["train_batch_end 1"] == {"loss": final["loss"], "mae": final["mae"]}
    assert by_call["test_end"] == {"loss": final["val_loss"], "mae": final["val_mae"]}
    assert set(by_call["train_batch_end 0"]) == {"loss", "mae"}


def test_the_logs_of_a_batch_are_means_so_far() -> None:
    losses = []

    class Losses(Callback):
        def on_train_batch_end(self, batch, logs):
            losses.append(logs["loss"])

    network = model()
    network.optimizer.learning_rate = 0.0
    network.set_weights([[[0.0]], [0.0]])
    network.fit(X, Y, 2, verbose=0, callbacks=[Losses()], shuffle=False)
    np.testing.assert_allclose(losses, [(0 + 1) / 2, (0 + 1 + 4 + 9) / 4, 55 / 6])


def test_the_older_names_of_the_batch_hooks() -> None:
    class Older(Callback):
        seen: list = []

        def on_batch_begin(self, batch, logs=None):
            self.seen.append(("begin", batch, logs == {}))

        def on_batch_end(self, batch, logs=None):
            self.seen.append(("end", batch, "loss" in logs))

    model().fit(X, Y, 3, verbose=0, callbacks=[Older()])
    assert Older.seen == [(moment, i, True) for i in range(2) for moment in ("begin", "end")]


def test_batch_hooks_that_nobody_overrides_are_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[str] = []
    for name in HOOKS:
        if "batch" in name:
            monkeypatch.setattr(Callback, name, lambda self, *a, name=name: calls.append(name))

    class Epochs(Callback):
        def on_epoch_end(self, epoch, logs=None):
            calls.append("epoch")

    model().fit(X, Y, 2, epochs=2, verbose=2, callbacks=[Epochs()], validation_data=(X, Y))
    model().predict(X, callbacks=[Epochs()])
    assert calls == ["epoch", "epoch"]


def test_the_model_and_the_parameters_are_known() -> None:
    diary, network = Diary(), model()
    network.fit(X, Y, 4, epochs=7, verbose=0, callbacks=diary)
    assert diary.model is network
    assert diary.params == {
        "epochs": 7,
        "steps": 2,
        "verbose": 0,
        "metrics": ["loss"],
        "added_metrics": None,  # whatever the diary, a class of our own, may add
    }


@pytest.mark.parametrize("moment", ["begin", "end"])
def test_stopping_in_a_batch_ends_the_epoch_and_the_training(moment: str) -> None:
    class Stop(Diary):
        pass

    def stop(self: Stop, batch: int, logs: Any) -> None:
        self.model.stop_training = batch == 1

    setattr(Stop, f"on_train_batch_{moment}", stop)
    diary, network = Stop(), model()
    history = network.fit(X, Y, 1, epochs=5, verbose=0, callbacks=[diary], validation_data=(X, Y))
    assert network.optimizer.iterations == 2
    assert history.epoch == [0]
    assert diary.calls[-3:] == ["test_end", "epoch_end 0", "train_end"]


def test_stopping_after_an_epoch_and_training_on_later() -> None:
    class Stop(Callback):
        def on_epoch_end(self, epoch, logs=None):
            self.model.stop_training = epoch == 2

    network = model()
    assert network.fit(X, Y, epochs=9, verbose=0, callbacks=[Stop()]).epoch == [0, 1, 2]
    assert network.fit(X, Y, epochs=2, verbose=0).epoch == [0, 1]
