"""The record: its keys, the loss with and without penalties, what others add to it."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np
import pytest

from course import Input, Sequential
from course.callbacks import Callback
from course.layers import Dense

X, Y = np.arange(6.0)[:, None], np.arange(6.0)


def model(**dense: Any) -> Sequential:
    """Return a compiled model whose kernel is 2 and whose bias is 0."""
    network = Sequential([Input((1,)), Dense(1, **dense)])
    network.compile("sgd", "mse", metrics=["mae"])
    network.set_weights([[[2.0]], [0.0]])
    return network


def test_keys_and_lengths() -> None:
    history = model().fit(X, Y, epochs=3, verbose=0, validation_split=0.5)
    assert list(history.history) == ["loss", "mae", "val_loss", "val_mae"]
    assert all(len(values) == 3 for values in history.history.values())
    assert history.epoch == [0, 1, 2]
    assert len(history.seconds) == 3
    assert all(0 <= s < 10 for s in history.seconds)
    assert repr(history) == "History(epochs=3, keys=['loss', 'mae', 'val_loss', 'val_mae'])"


def test_penalties_are_in_the_losses_and_not_in_the_data_losses() -> None:
    network = model(kernel_regularizer="l2", activity_regularizer="l1")
    network.optimizer.learning_rate = 0.0
    history = network.fit(X, Y, 4, epochs=2, verbose=0, validation_data=(X[:2], Y[:2]))
    # kernel 2: error x, penalties 0.01·4 on the weight and 0.01·Σ|2x|/n on the outputs
    data, validation = 55 / 6, 1 / 2
    assert history.data_loss == pytest.approx([data] * 2)
    assert history.history["loss"] == pytest.approx([data + 0.04 + 0.01 * 30 / 6] * 2)
    assert history.val_data_loss == pytest.approx([validation] * 2)
    assert history.history["val_loss"] == pytest.approx([validation + 0.04 + 0.01 * 2 / 2] * 2)
    network.layers[0].trainable = False  # then the weight's penalty is no part of the loss
    history = network.fit(X, Y, 4, verbose=0)
    assert history.history["loss"] == pytest.approx([data + 0.01 * 30 / 6])


def test_what_another_callback_adds_to_the_logs_is_recorded() -> None:
    class Rate(Callback):
        def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
            logs["learning_rate"] = self.model.optimizer.learning_rate

    history = model().fit(X, Y, epochs=2, verbose=0, callbacks=[Rate()])
    assert history.history["learning_rate"] == [0.01, 0.01]


def test_each_fit_begins_a_record_which_the_model_keeps() -> None:
    network = model()
    first = network.fit(X, Y, epochs=2, verbose=0)
    second = network.fit(X, Y, epochs=5, initial_epoch=3, verbose=0)
    assert network.history is second
    assert (first.epoch, second.epoch) == ([0, 1], [3, 4])


def test_a_frame_has_a_row_for_each_epoch() -> None:
    frame = model().fit(X, Y, epochs=4, initial_epoch=2, verbose=0).to_frame()
    assert list(frame.columns) == ["loss", "mae"]
    assert list(frame.index) == [2, 3]
    assert frame.index.name == "epoch"


def test_without_pandas_the_frame_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    history = model().fit(X, Y, verbose=0)
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ModuleNotFoundError, match="pandas"):
        history.to_frame()
