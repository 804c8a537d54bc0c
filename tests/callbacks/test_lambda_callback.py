"""Functions as hooks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course import Input, Sequential
from course.callbacks import Callback, LambdaCallback
from course.layers import Dense

X, Y = np.arange(6.0)[:, None], np.arange(6.0)
HOOKS = [name for name in vars(Callback) if name.startswith("on_")]


def model() -> Sequential:
    network = Sequential([Input((1,)), Dense(1)])
    network.compile("sgd", "mse")
    return network


def test_every_hook_can_be_given() -> None:
    called: list[str] = []
    functions = {name: lambda *a, name=name: called.append(name) for name in HOOKS}
    callback = LambdaCallback(**functions)
    network = model()
    network.fit(X, Y, verbose=0, callbacks=[callback], validation_split=0.5)
    network.predict(X, callbacks=[callback])
    # A function for the newer name of a batch hook replaces what calls the older one.
    assert set(called) == set(HOOKS) - {"on_batch_begin", "on_batch_end"}


@pytest.mark.parametrize("name", ["on_batch_begin", "on_batch_end"])
def test_older_names(name: str) -> None:
    batches: list[int] = []
    callback = LambdaCallback(**{name: lambda batch, logs: batches.append(batch)})
    model().fit(X, Y, 2, verbose=0, callbacks=[callback])
    assert batches == [0, 1, 2]


def test_none_is_no_hook() -> None:
    epochs: list[int] = []
    callback = LambdaCallback(on_epoch_end=None, on_epoch_begin=lambda e, logs: epochs.append(e))
    model().fit(X, Y, epochs=2, verbose=0, callbacks=callback)
    assert epochs == [0, 1]


def test_arguments_that_are_refused() -> None:
    with pytest.raises(
        TypeError,
        match=r"^LambdaCallback has no argument 'on_epoch_ende'\. Did you mean 'on_epoch_",
    ):
        LambdaCallback(on_epoch_ende=print)
    with pytest.raises(TypeError, match="on_epoch_end must be a function, got 3"):
        LambdaCallback(on_epoch_end=3)
    arguments: Any = [print]
    with pytest.raises(TypeError, match="positional"):
        LambdaCallback(*arguments)
