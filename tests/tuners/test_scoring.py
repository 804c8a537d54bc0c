"""From what a training returns to a score."""

from __future__ import annotations

from math import inf, isnan, nan
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from course.tuners import FatalError, Objective
from course.tuners.scoring import judge

ACCURACY, LOSS = Objective("val_accuracy"), Objective("val_loss")


def history(first: int = 0, **lists: list[float]) -> SimpleNamespace:
    """What is used of a History."""
    epochs = len(next(iter(lists.values()), []))
    return SimpleNamespace(history=lists, epoch=list(range(first, first + epochs)))


@pytest.mark.parametrize("value", [3, 3.0, np.float32(3), np.int64(3)])
def test_a_number_is_the_objective(value: Any) -> None:
    assert judge(value, Objective("default", "min")) == (3.0, {"default": 3.0}, 0)


def test_a_dict_holds_the_objective() -> None:
    returned = {"val_loss": np.float32(0.5), "note": "text", "size": 3}
    assert judge(returned, LOSS) == (0.5, {"val_loss": 0.5, "size": 3.0}, 0)


def test_the_best_epoch_of_a_history_counts() -> None:
    lists = dict(loss=[1.0, 2.0, 3.0], val_loss=[0.5, 0.3, 0.4], val_accuracy=[0.7, 0.8, 0.8])
    assert judge(history(**lists), LOSS) == (
        0.3,
        {"loss": 2.0, "val_loss": 0.3, "val_accuracy": 0.8},
        1,
    )
    assert judge(history(4, **lists), ACCURACY).best_step == 5


def test_an_epoch_without_validation_is_no_epoch_of_the_objective() -> None:
    result = judge(history(loss=[5.0, 4.0, 3.0, 2.0], val_loss=[0.3, 0.4]), LOSS)
    assert result == (0.3, {"loss": 4.0, "val_loss": 0.3}, 1)


def test_the_mean_of_several() -> None:
    result = judge([{"val_loss": 1, "a": 2}, history(val_loss=[5, 4, 3]), [2.0]], LOSS)
    assert result.score == 2
    assert result.metrics == {"val_loss": 2.0}
    assert result.best_step == 0


@pytest.mark.parametrize(
    "lists",
    [
        dict(val_accuracy=[0.9, 0.1], loss=[1.0, nan]),
        dict(val_accuracy=[0.9, 0.1], loss=[1.0, 1.0], val_loss=[1.0, inf]),
        dict(val_accuracy=[0.9, nan], loss=[1.0, 1.0]),
        dict(val_accuracy=[nan, nan]),
    ],
)
def test_a_training_that_ends_in_nan_has_no_score(lists: dict) -> None:
    assert isnan(judge(history(**lists), ACCURACY).score)


def test_nan_on_the_way_is_never_the_best() -> None:
    assert judge(history(val_accuracy=[nan, 0.5, 0.7, 0.6]), ACCURACY)[::2] == (0.7, 2)


@pytest.mark.parametrize(
    ("returned", "message"),
    [
        (None, r"run_trial must return a number.*got None. Is a `return` missing"),
        ("0.5", r"got '0.5'\.$"),
        (True, "got True"),
        ([], r"got \[\]"),
        ({"loss": 1}, "'val_loss' is not in what run_trial has: loss.* Give search validation_da"),
        ({"val_mae": 1}, r"is not in what run_trial has: val_mae\.$"),
        (history(loss=[1.0]), "is not in what the History has: loss.* validation_split or cv"),
        (history(val_loss=[]), "no epoch: give search epochs of at least 1"),
    ],
)
def test_what_is_no_result_ends_the_search(returned: Any, message: str) -> None:
    with pytest.raises(FatalError, match=message):
        judge(returned, LOSS)
