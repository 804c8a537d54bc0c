"""When training stops, and with which weights it ends."""

from __future__ import annotations

import json
from math import inf, nan
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import Input, Sequential
from course.callbacks import Callback, EarlyStopping
from course.layers import Dense
from driven import drive

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "callbacks.json").read_text())
X, Y = np.arange(6.0)[:, None], np.arange(6.0)

# Worked by hand. A row a column of the table: value | best so far | wait | whether it stops.
TABLES = {
    "an improvement starts the waiting anew": (
        {"patience": 2},
        """
        5.0 | 5.0  | 0 |
        6.0 | 5.0  | 1 |
        4.0 | 4.0  | 0 |
        4.5 | 4.0  | 1 |
        4.2 | 4.0  | 2 | stop
        """,
    ),
    "patience 1 stops at the first epoch that is no better": (
        {"patience": 1},
        """
        5.0 | 5.0  | 0 |
        4.0 | 4.0  | 0 |
        4.1 | 4.0  | 1 | stop
        """,
    ),
    "patience 0 behaves as 1": (
        {"patience": 0},
        """
        5.0 | 5.0  | 0 |
        4.0 | 4.0  | 0 |
        4.1 | 4.0  | 1 | stop
        """,
    ),
    "the same value is no improvement": (
        {"patience": 1},
        """
        5.0 | 5.0  | 0 |
        5.0 | 5.0  | 1 | stop
        """,
    ),
    "min_delta has to be exceeded, and small steps do not add up to the best": (
        {"patience": 3, "min_delta": 0.5},
        """
        5.00 | 5.00 | 0 |
        4.75 | 5.00 | 1 |
        4.50 | 5.00 | 2 |
        4.25 | 4.25 | 0 |
        4.00 | 4.25 | 1 |
        """,
    ),
    "the sign of min_delta does not matter": (
        {"patience": 1, "min_delta": -0.5},
        """
        5.0 | 5.0  | 0 |
        4.5 | 5.0  | 1 | stop
        """,
    ),
    "mode max": (
        {"patience": 2, "mode": "max", "min_delta": 0.125},
        """
        0.500 | 0.5  | 0 |
        0.625 | 0.5  | 1 |
        0.750 | 0.75 | 0 |
        0.700 | 0.75 | 1 |
        0.800 | 0.75 | 2 | stop
        """,
    ),
    "NaN is never the best, at the beginning or later": (
        {"patience": 3},
        """
        nan | None | 1 |
        5.0 | 5.0  | 0 |
        nan | 5.0  | 1 |
        4.0 | 4.0  | 0 |
        nan | 4.0  | 1 |
        nan | 4.0  | 2 |
        nan | 4.0  | 3 | stop
        """,
    ),
    "NaN all the time; epoch 0 never stops": (
        {"patience": 0, "mode": "max"},
        """
        nan | None | 1 |
        nan | None | 2 | stop
        """,
    ),
    "infinity can be improved on": (
        {"patience": 1},
        """
        inf | inf  | 0 |
        9.0 | 9.0  | 0 |
        inf | 9.0  | 1 | stop
        """,
    ),
    "what does not beat the baseline waits, and stops when it gets no better": (
        {"patience": 2, "baseline": 4.0},
        """
        6.0 | 6.0  | 1 |
        5.0 | 5.0  | 2 |
        4.5 | 4.5  | 3 |
        4.6 | 4.5  | 4 | stop
        """,
    ),
    "beating the baseline ends the waiting": (
        {"patience": 2, "baseline": 4.0},
        """
        6.0 | 6.0  | 1 |
        3.9 | 3.9  | 0 |
        5.0 | 3.9  | 1 |
        3.9 | 3.9  | 2 | stop
        """,
    ),
    "a baseline must be beaten by min_delta": (
        {"patience": 1, "baseline": 4.0, "min_delta": 0.5},
        """
        3.5 | 3.5  | 1 |
        3.4 | 3.5  | 2 | stop
        """,
    ),
    "epochs before start_from_epoch are not looked at": (
        {"patience": 1, "start_from_epoch": 2},
        """
        1.0 | None | 0 |
        2.0 | None | 0 |
        5.0 | 5.0  | 0 |
        6.0 | 5.0  | 1 | stop
        """,
    ),
    "epochs without validation are passed over": (
        {"patience": 2},
        """
        5.0 | 5.0  | 0 |
        -   | 5.0  | 0 |
        6.0 | 5.0  | 1 |
        -   | 5.0  | 1 |
        6.0 | 5.0  | 2 | stop
        """,
    ),
}


def number(text: str) -> float | None:
    return None if text in ("None", "-") else float(text)


@pytest.mark.parametrize("name", TABLES)
def test_decisions_worked_by_hand(name: str) -> None:
    options, table = TABLES[name]
    rows = [[cell.strip() for cell in line.split("|")] for line in table.split("\n") if "|" in line]
    _, epochs = drive(EarlyStopping("loss", **options), [number(row[0]) for row in rows])
    decisions = [[e["best"], e["wait"], e["stop"]] for e in epochs]
    assert decisions == [[number(best), int(wait), stop == "stop"] for _, best, wait, stop in rows]


@pytest.mark.parametrize("run", GOLDEN["early_stopping"])
def test_decisions_of_keras(run: dict[str, Any]) -> None:
    callback = EarlyStopping(**run["config"])
    model, epochs = drive(callback, run["values"])
    assert len(epochs) == run["epochs"]
    for name in ("best", "best_epoch", "stopped_epoch", "wait"):
        assert getattr(callback, name) == run[name], name
    assert model.epoch == run["restored"]


@given(
    st.lists(st.floats(allow_nan=True, allow_infinity=True, width=16), min_size=1, max_size=30),
    st.integers(0, 4),
    st.sampled_from(["min", "max"]),
)
def test_it_stops_where_a_look_back_says(values: list, patience: int, mode: str) -> None:
    _, epochs = drive(EarlyStopping("loss", patience=patience, mode=mode), values)
    better = {"min": lambda a, b: a < b, "max": lambda a, b: a > b}[mode]

    def is_record(i: int) -> bool:
        before = [v for v in values[:i] if v == v]
        return values[i] == values[i] and all(better(values[i], v) for v in before)

    records = [is_record(i) for i in range(len(values))]
    for i, epoch in enumerate(epochs):
        since = i - max((j for j in range(i + 1) if records[j]), default=-1)
        assert epoch["stop"] == (since >= max(patience, 1) and i > 0)


def model() -> Sequential:
    """Return a compiled model of one weight, which starts at 0."""
    network = Sequential([Input((1,)), Dense(1, use_bias=False, kernel_initializer="zeros")])
    network.compile("sgd", "mse", metrics=["mae"])
    return network


class Put(Callback):
    """Puts values into the logs, and the epoch into the weight."""

    def __init__(self, *values: float, key: str = "mark") -> None:
        super().__init__()
        self.values, self.key = values, key

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        logs[self.key] = self.values[epoch]
        self.model.set_weights([[[float(epoch)]]])


@pytest.mark.parametrize(
    ("patience", "epochs", "stopped"), [(2, 4, 3), (9, 5, 0)], ids=["stopped", "to the end"]
)
def test_the_best_weights_are_restored(patience: int, epochs: int, stopped: int) -> None:
    network = model()
    stopping = EarlyStopping("mark", patience=patience, mode="min", restore_best_weights=True)
    history = network.fit(
        X, Y, epochs=5, verbose=0, callbacks=[Put(5.0, 3.0, 4.0, 4.0, 4.0), stopping]
    )
    assert len(history.epoch) == epochs
    assert (stopping.stopped_epoch, stopping.best_epoch, stopping.best) == (stopped, 1, 3.0)
    np.testing.assert_array_equal(network.get_weights(), [[[1.0]]])
    np.testing.assert_array_equal(stopping.best_weights, [[[1.0]]])


def test_without_restoring_the_last_weights_stay() -> None:
    network, stopping = model(), EarlyStopping("mark", patience=1, mode="min")
    network.fit(X, Y, epochs=5, verbose=0, callbacks=[Put(3.0, 4.0, 5.0), stopping])
    np.testing.assert_array_equal(network.get_weights(), [[[1.0]]])
    assert stopping.best_weights is None


def test_where_all_is_nan_nothing_is_restored() -> None:
    network = model()
    stopping = EarlyStopping("mark", mode="min", patience=2, restore_best_weights=True)
    network.fit(X, Y, epochs=5, verbose=0, callbacks=[Put(nan, nan, nan), stopping])
    np.testing.assert_array_equal(network.get_weights(), [[[1.0]]])
    assert stopping.best is None


def test_each_fit_begins_anew() -> None:
    network, stopping = model(), EarlyStopping("mark", mode="min", patience=1)
    for values, best in (((1.0, 2.0), 1.0), ((8.0, 7.0, 9.0), 7.0)):
        history = network.fit(X, Y, epochs=9, verbose=0, callbacks=[Put(*values), stopping])
        assert len(history.epoch) == len(values)
        assert (stopping.best, stopping.wait) == (best, 1)
    network.fit(X, Y, epochs=1, verbose=0, callbacks=[Put(2.0), stopping])
    assert (stopping.stopped_epoch, stopping.best_epoch, stopping.best) == (0, 0, 2.0)


def test_messages(capsys: Any) -> None:
    stopping = EarlyStopping("mark", patience=1, mode="min", verbose=1, restore_best_weights=True)
    model().fit(X, Y, epochs=9, verbose=0, callbacks=[Put(1.0, 2.0), stopping])
    assert capsys.readouterr().out == (
        "Epoch 2: early stopping\nRestored the weights of the best epoch, 1\n"
    )
    quiet = EarlyStopping("mark", patience=1, mode="min", restore_best_weights=True)
    model().fit(X, Y, epochs=9, verbose=0, callbacks=[Put(1.0, 2.0), quiet])
    assert capsys.readouterr().out == ""


def test_it_works_on_a_training() -> None:
    network = model()
    network.optimizer.learning_rate = 0.0
    history = network.fit(
        X, Y, epochs=9, verbose=0, callbacks=EarlyStopping(patience=3), validation_split=0.5
    )
    assert len(history.epoch) == 4


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"patience": -1}, ValueError, "patience must be at least 0, got -1"),
        ({"patience": 1.5}, TypeError, r"patience must be a whole number, got 1\.5"),
        ({"min_delta": "small"}, TypeError, "min_delta must be a number, got 'small'"),
        ({"mode": "maximum"}, ValueError, "mode must be one of 'auto', 'min', 'max', got"),
        ({"baseline": nan}, ValueError, "baseline must be finite, got nan"),
        ({"baseline": inf}, ValueError, "baseline must be finite, got inf"),
        ({"start_from_epoch": -2}, ValueError, "start_from_epoch must be at least 0, got -2"),
        ({"monitor": 3}, TypeError, "monitor must be a key of the logs, 'val_loss', got 3"),
    ],
)
def test_arguments_that_are_refused(options: dict, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        EarlyStopping(**options)
