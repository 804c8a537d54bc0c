"""The end at a loss that is no number."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course import Input, Sequential
from course.callbacks import TerminateOnNaN
from course.layers import Dense
from course.optimizers import SGD

X, Y = np.ones((8, 1)), np.ones(8)
pytestmark = pytest.mark.filterwarnings("ignore:loss became:RuntimeWarning")


def diverging() -> Sequential:
    """Return a model whose weight is 1e30 after a step: then the loss is beyond float32."""
    network = Sequential([Input((1,)), Dense(1, use_bias=False, kernel_initializer="zeros")])
    network.compile(SGD(5e29), "mse")
    return network


def test_training_ends_after_the_batch(capsys: Any) -> None:
    network = diverging()
    history = network.fit(X, Y, 2, epochs=5, verbose=0, callbacks=[TerminateOnNaN()])
    assert (network.optimizer.iterations, history.epoch) == (2, [0])
    assert not np.isfinite(history.history["loss"][0])
    assert capsys.readouterr().out == ""


def test_it_says_so_where_anything_is_said(capsys: Any) -> None:
    diverging().fit(X, Y, 2, epochs=5, verbose=2, callbacks=[TerminateOnNaN()])
    assert capsys.readouterr().out.startswith(
        "Epoch 1, batch 2: the loss is inf; training ends\nEpoch 1/5  loss: inf"
    )


def test_it_can_raise() -> None:
    with pytest.raises(RuntimeError, match="Epoch 1, batch 2: the loss is inf"):
        diverging().fit(X, Y, 2, verbose=0, callbacks=[TerminateOnNaN(raise_error=True)])


def test_the_hook_can_be_called_without_a_loss() -> None:
    callback = TerminateOnNaN(raise_error=True)
    callback.on_train_batch_end(0)
    callback.on_train_batch_end(0, {"mae": 1.0})
    with pytest.raises(RuntimeError, match="Epoch 1, batch 3: the loss is nan"):
        callback.on_train_batch_end(2, {"loss": np.nan})


def test_a_training_that_is_well_goes_on() -> None:
    network = diverging()
    network.optimizer.learning_rate = 0.1
    assert network.fit(X, Y, epochs=3, verbose=0, callbacks=[TerminateOnNaN()]).epoch == [0, 1, 2]
