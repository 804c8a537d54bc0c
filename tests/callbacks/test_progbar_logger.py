"""What `fit` shows."""

from __future__ import annotations

import sys
import types
from typing import Any

import numpy as np
import pytest

from course import Input, Sequential
from course.callbacks import EarlyStopping, ProgbarLogger
from course.layers import Dense

X, Y = np.ones((4, 1)), np.ones(4)


def fit(**options: Any) -> Sequential:
    """Train a model whose output is 0 at the rate 0: the loss stays 1."""
    network = Sequential([Input((1,)), Dense(1, kernel_initializer="zeros")])
    network.compile("sgd", "mse")
    network.optimizer.learning_rate = 0
    network.fit(X, Y, **options)
    return network


@pytest.mark.parametrize("verbose", ["auto", 1, 2, True])
def test_a_line_for_each_epoch_in_a_terminal(verbose: Any, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)
    fit(epochs=3, initial_epoch=1, verbose=verbose, validation_data=(X, 3 * Y))
    assert capsys.readouterr().out == (
        "Epoch 2/3  loss: 1.0000  val_loss: 9.0000\nEpoch 3/3  loss: 1.0000  val_loss: 9.0000\n"
    )


def test_several_numbers_of_one_metric(capsys: Any) -> None:
    logger = ProgbarLogger()
    logger.set_params({"epochs": 1, "verbose": 2})
    logger.on_train_begin()
    logger.on_epoch_end(0, {"loss": 1.0, "f1_score": np.array([0.5, 0.25])})
    assert capsys.readouterr().out == "Epoch 1/1  loss: 1.0000  f1_score: [0.5000 0.2500]\n"


@pytest.mark.parametrize("verbose", [0, False])
def test_silence(verbose: Any, capsys: Any) -> None:
    network = fit(verbose=verbose)
    network.evaluate(X, Y, verbose=verbose)
    network.evaluate(X, Y)
    network.predict(X)
    assert capsys.readouterr() == ("", "")


def test_evaluate_prints_where_asked(capsys: Any) -> None:
    fit(verbose=0).evaluate(X, Y, verbose=1)
    assert capsys.readouterr().out == "loss: 1.0000\n"


class Bar:
    """What tqdm has of what is used."""

    made: list = []

    def __init__(self, total: int, **options: Any) -> None:
        self.total, self.n, self.shown, self.closed = total, 0, [], False
        self.options = options
        Bar.made.append(self)

    def set_postfix_str(self, text: str, refresh: bool) -> None:
        assert refresh is False  # `update` draws it, once
        self.shown.append(text)

    def update(self, n: int) -> None:
        self.n += n

    def close(self) -> None:
        self.closed = True


def test_one_live_bar_in_a_notebook(capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "ipykernel", types.ModuleType("ipykernel"))
    monkeypatch.setitem(sys.modules, "tqdm.auto", types.SimpleNamespace(tqdm=Bar))
    Bar.made.clear()
    fit(epochs=3, initial_epoch=1, verbose=1)
    (bar,) = Bar.made
    assert (bar.total, bar.n, bar.closed) == (3, 3, True)
    assert bar.options == {"desc": "epochs", "bar_format": "{desc} {bar} {n}/3 {postfix}"}
    assert bar.shown == ["loss: 1.0000"] * 2
    fit(epochs=1, verbose=2)
    assert len(Bar.made) == 1
    assert capsys.readouterr().out == "Epoch 1/1  loss: 1.0000\n"


def test_a_bar_that_is_stopped_early_ends_in_good_order(monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "ipykernel", types.ModuleType("ipykernel"))
    monkeypatch.setitem(sys.modules, "tqdm.auto", types.SimpleNamespace(tqdm=Bar))
    Bar.made.clear()
    fit(epochs=9, verbose=1, callbacks=[EarlyStopping("loss", patience=2)])
    (bar,) = Bar.made
    assert (bar.n, bar.total, bar.closed) == (3, 3, True)  # tqdm paints an unfinished bar red
    assert bar.bar_format == "{desc} {bar} {n}/9 {postfix}"
