"""When the learning rate is reduced."""

from __future__ import annotations

import json
from math import nan
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course import Input, Sequential, older
from course.callbacks import LearningRateScheduler, ReduceLROnPlateau
from course.layers import Dense
from course.optimizers import SGD
from course.optimizers.schedules import ExponentialDecay
from driven import drive

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "callbacks.json").read_text())
X, Y = np.arange(6.0)[:, None], np.arange(6.0)

# Worked by hand, from the rate 1: value | rate of this epoch | then: wait | cool-down left
TABLES = {
    "after patience epochs without an improvement": (
        {"patience": 2, "factor": 0.5},
        """
        5.0 | 1.0   | 0 | 0
        6.0 | 1.0   | 1 | 0
        6.0 | 1.0   | 0 | 0
        6.0 | 0.5   | 1 | 0
        4.0 | 0.5   | 0 | 0
        4.0 | 0.5   | 1 | 0
        4.0 | 0.5   | 0 | 0
        3.0 | 0.25  | 0 | 0
        """,
    ),
    "patience 0 behaves as 1": (
        {"patience": 0, "factor": 0.5},
        """
        5.0 | 1.0   | 0 | 0
        5.0 | 1.0   | 0 | 0
        5.0 | 0.5   | 0 | 0
        5.0 | 0.25  | 0 | 0
        """,
    ),
    "no waiting while it cools down, but in the last epoch of it": (
        {"patience": 1, "factor": 0.5, "cooldown": 3},
        """
        5.0 | 1.0   | 0 | 0
        5.0 | 1.0   | 0 | 3
        5.0 | 0.5   | 0 | 2
        5.0 | 0.5   | 0 | 1
        5.0 | 0.5   | 0 | 3
        4.0 | 0.25  | 0 | 2
        5.0 | 0.25  | 0 | 1
        """,
    ),
    "never below min_lr": (
        {"patience": 1, "factor": 0.1, "min_lr": 0.05},
        """
        5.0 | 1.0   | 0 | 0
        5.0 | 1.0   | 0 | 0
        5.0 | 0.1   | 0 | 0
        5.0 | 0.05  | 1 | 0
        5.0 | 0.05  | 2 | 0
        """,
    ),
    "mode max, and min_delta has to be exceeded": (
        {"patience": 1, "factor": 0.5, "mode": "max", "min_delta": 0.25},
        """
        1.00 | 1.0  | 0 | 0
        1.25 | 1.0  | 0 | 0
        1.50 | 0.5  | 0 | 0
        1.50 | 0.5  | 0 | 0
        """,
    ),
    "NaN is no improvement": (
        {"patience": 2, "factor": 0.5},
        """
        nan | 1.0   | 1 | 0
        5.0 | 1.0   | 0 | 0
        nan | 1.0   | 1 | 0
        nan | 1.0   | 0 | 0
        4.0 | 0.5   | 0 | 0
        """,
    ),
    "epochs without validation are passed over": (
        {"patience": 2, "factor": 0.5},
        """
        5.0 | 1.0   | 0 | 0
        -   | 1.0   | 0 | 0
        5.0 | 1.0   | 1 | 0
        -   | 1.0   | 1 | 0
        5.0 | 1.0   | 0 | 0
        """,
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_decisions_worked_by_hand(name: str) -> None:
    options, table = TABLES[name]
    rows = [[cell.strip() for cell in line.split("|")] for line in table.split("\n") if "|" in line]
    values = [None if row[0] == "-" else float(row[0]) for row in rows]
    _, epochs = drive(ReduceLROnPlateau("loss", **options), values)
    decisions = [[e["rate"], e["wait"], e["cooldown_counter"]] for e in epochs]
    assert decisions == [
        [pytest.approx(float(rate)), int(wait), int(left)] for _, rate, wait, left in rows
    ]
    assert [e["logs"]["learning_rate"] for e in epochs] == [e["rate"] for e in epochs]


@pytest.mark.parametrize("run", GOLDEN["reduce_lr_on_plateau"])
def test_decisions_of_keras(run: dict[str, Any]) -> None:
    _, epochs = drive(ReduceLROnPlateau(**run["config"]), run["values"])
    assert [e["rate"] for e in epochs] == pytest.approx(run["rates"], rel=1e-6)


def model(rate: Any = 0.0) -> Sequential:
    network = Sequential([Input((1,)), Dense(1, kernel_initializer="zeros")])
    network.compile(SGD(rate), "mse")
    return network


def test_the_rates_are_in_the_history_and_each_fit_begins_anew(capsys: Any) -> None:
    network = model(1e-9)  # the loss stays the same to a part in a million
    reduce = ReduceLROnPlateau("loss", factor=0.5, patience=2, min_delta=1e-3, verbose=1)
    rates = [1e-9, 1e-9, 1e-9, 5e-10]
    history = network.fit(X, Y, epochs=4, verbose=0, callbacks=[reduce])
    assert history.history["learning_rate"] == pytest.approx(rates)
    assert capsys.readouterr().out == "Epoch 3: learning rate reduced from 1e-09 to 5e-10\n"
    history = network.fit(X, Y, epochs=4, verbose=0, callbacks=[reduce])
    assert history.history["learning_rate"] == pytest.approx([5e-10] * 3 + [2.5e-10])


@pytest.mark.parametrize(
    "callback", [ReduceLROnPlateau("loss"), LearningRateScheduler(lambda epoch: 0.1)]
)
def test_a_rate_has_one_master(callback: Any) -> None:
    network = model(ExponentialDecay(0.1, 10, 0.5))
    with pytest.raises(ValueError, match=r"is a schedule, ExponentialDecay\. Leave one of them"):
        network.fit(X, Y, verbose=0, callbacks=[callback])
    assert network.optimizer.iterations == 0


def test_the_older_name_of_min_delta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older, "_warned", set())
    with pytest.warns(FutureWarning, match="epsilon= is the older spelling; write min_delta="):
        assert ReduceLROnPlateau("loss", epsilon=0.25).min_delta == 0.25


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"factor": 1.0}, ValueError, r"factor must be above 0 and below 1, got 1\.0"),
        ({"factor": 0}, ValueError, "factor must be above 0 and below 1, got 0"),
        ({"factor": "half"}, TypeError, "factor must be a number, got 'half'"),
        ({"patience": -1}, ValueError, "patience must be at least 0"),
        ({"cooldown": -1}, ValueError, "cooldown must be at least 0"),
        ({"min_lr": -0.1}, ValueError, r"min_lr must be at least 0, got -0\.1"),
        ({"min_delta": nan}, ValueError, "min_delta must be finite, got nan"),
        ({"min_rl": 0.1}, TypeError, "has no argument 'min_rl'. Did you mean 'min_lr'?"),
    ],
)
def test_arguments_that_are_refused(options: dict, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        ReduceLROnPlateau(**options)
