"""Copies of weights while a model trains."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course import Input, Model, Sequential
from course.callbacks import Callback, WeightHistory, weight_history
from course.layers import BatchNormalization, Dense

X, Y = np.arange(8.0).reshape(4, 2) / 8, np.arange(4.0)


def model() -> Sequential:
    network = Sequential([Input((2,)), Dense(3, name="first"), Dense(1, name="last")])
    network.compile("sgd", "mse")
    return network


class Keep(Callback):
    """The weights after each batch and epoch, as get_weights gives them."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[Any] = []
        self.epochs: list[Any] = []

    def on_train_begin(self, logs: Any = None) -> None:
        self.batches.append(self.model.get_weights())
        self.epochs.append(self.model.get_weights())

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        self.batches.append(self.model.get_weights())

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        self.epochs.append(self.model.get_weights())


@pytest.mark.parametrize("freq", ["epoch", "batch"])
def test_copies_are_the_weights_of_their_time(freq: str) -> None:
    keep, history = Keep(), WeightHistory(freq=freq)
    model().fit(X, Y, 2, epochs=3, verbose=0, callbacks=[keep, history])
    expected = keep.epochs if freq == "epoch" else keep.batches
    assert history.times == list(range(4 if freq == "epoch" else 7))
    assert list(history.values) == ["first/kernel", "first/bias", "last/kernel", "last/bias"]
    for i, values in enumerate(history.values.values()):
        np.testing.assert_array_equal(values, [weights[i] for weights in expected])
    flat = [np.concatenate([w.ravel() for w in weights]) for weights in expected]
    np.testing.assert_array_equal(history.path(), flat)


@pytest.mark.parametrize(
    ("weights", "names"),
    [
        ("first", ["first/kernel", "first/bias"]),
        ("last/kernel", ["last/kernel"]),
        (["last/bias", "first/bias"], ["last/bias", "first/bias"]),
        (("last", "last/bias"), ["last/kernel", "last/bias"]),
    ],
)
def test_a_selection_by_name(weights: Any, names: list[str]) -> None:
    history = WeightHistory(weights)
    model().fit(X, Y, verbose=0, callbacks=[history])
    assert list(history.values) == names
    assert history.path(names[0]).shape == (2, history.values[names[0]][0].size)
    listed = ", ".join(map(repr, names))
    with pytest.raises(KeyError, match=rf"'else' was not kept; there is {listed}\."):
        history.path("else")


def test_the_path_of_two_weights() -> None:
    network = Sequential([Input((1,)), Dense(1, kernel_initializer="zeros", name="line")])
    network.compile("sgd", "mse")
    history = WeightHistory(freq="batch")
    network.fit(X[:, :1], Y, epochs=2, verbose=0, callbacks=history)
    assert history.path().shape == (3, 2)
    np.testing.assert_array_equal(history.path()[0], [0, 0])
    np.testing.assert_array_equal(history.path("line/bias", "line/kernel"), history.path()[:, ::-1])


def test_nested_models_and_statistics() -> None:
    a = Input((2,))
    inner = Model(a, BatchNormalization(name="norm")(a), name="inner")
    network = Sequential([Input((2,)), inner, Dense(1)])
    network.compile("sgd", "mse")
    history = WeightHistory("inner/norm/moving_mean")
    network.fit(X, Y, epochs=2, verbose=0, callbacks=[history])
    assert history.path("inner/norm/moving_mean").shape == (3, 2)
    assert (np.diff(history.path(), axis=0) != 0).all()


@pytest.mark.parametrize(
    ("most", "epochs", "times"),
    [
        (4, 2, [0, 1, 2]),
        (4, 3, [0, 2]),
        (4, 6, [0, 4]),
        (4, 12, [0, 8]),
        (5, 20, [0, 8, 16]),
        (2, 9, [0]),
    ],
)
def test_memory_is_bounded_and_what_is_left_is_spread_evenly(
    most: int, epochs: int, times: list[int]
) -> None:
    keep, history = Keep(), WeightHistory("last/bias", max_copies=most)
    model().fit(X, Y, epochs=epochs, verbose=0, callbacks=[keep, history])
    assert history.times == times
    np.testing.assert_array_equal(
        history.values["last/bias"], [keep.epochs[time][3] for time in times]
    )


def test_large_weights_leave_room_for_fewer_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    copy = 4 * (6 + 3)  # bytes of `first`
    for memory, times in ((6 * copy - 1, [0, 2, 4]), (1, [0])):  # five copies; two, the fewest
        monkeypatch.setattr(weight_history, "MEMORY", memory)
        history = WeightHistory("first")
        model().fit(X, Y, epochs=5, verbose=0, callbacks=[history])
        assert history.times == times


def test_each_fit_begins_anew() -> None:
    network, history = model(), WeightHistory()
    network.fit(X, Y, epochs=3, verbose=0, callbacks=[history])
    last = history.path()[-1]
    network.fit(X, Y, epochs=2, verbose=0, callbacks=[history])
    np.testing.assert_array_equal(history.path()[0], last)
    assert history.times == [0, 1, 2]
    assert (WeightHistory().path().shape, WeightHistory().times) == ((0, 0), [])


def test_wrong_use() -> None:
    network = model()
    with pytest.raises(
        ValueError, match=r"weights='firs/kernel' names no weight\. Did you mean 'first/kernel'\?"
    ):
        network.fit(X, Y, verbose=0, callbacks=[WeightHistory("firs/kernel")])
    assert network.optimizer.iterations == 0
    with pytest.raises(ValueError, match="freq must be one of 'epoch', 'batch', got 'bach'"):
        WeightHistory(freq="bach")
    with pytest.raises(ValueError, match="max_copies must be at least 2, got 1"):
        WeightHistory(max_copies=1)
