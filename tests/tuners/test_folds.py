"""The parts of a cross-validation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from course.tuners import FatalError
from course.tuners.folds import folded

X, Y = np.arange(20).reshape(10, 2), np.arange(10)


def test_each_row_is_validated_on_once() -> None:
    held = []
    for fold in range(3):
        args, given = folded((X, Y), {"epochs": 2}, 3, fold, seed=0)
        (xv, yv), x, y = given["validation_data"], given["x"], given["y"]
        assert args == ()
        assert given["epochs"] == 2
        assert sorted([*y, *yv]) == list(range(10))
        np.testing.assert_array_equal(x, X[y])
        np.testing.assert_array_equal(xv, X[yv])
        held.append(list(yv))
    assert sorted(row for part in held for row in part) == list(range(10))
    assert sorted(map(len, held)) == [3, 3, 4]
    assert held != [[0, 1, 2, 3], [4, 5, 6], [7, 8, 9]]


def test_the_same_seed_gives_the_same_parts() -> None:
    first, again, other = (folded((X, Y), {}, 2, 0, seed)[1]["y"].tolist() for seed in (0, 0, 1))
    assert first == again != other


def test_lists_dicts_frames_and_weights_are_cut() -> None:
    weight = np.arange(10.0)
    frame = pd.DataFrame(X)
    for x in ([X, X], {"a": X, "b": X}, frame, X.tolist()):
        _, given = folded((x,), {"y": Y, "sample_weight": weight}, 5, 1, seed=3)
        assert len(given["validation_data"]) == 3
        assert given["validation_data"][2].tolist() == given["validation_data"][1].tolist()
        assert len(given["y"]) == 8
    _, given = folded((X, [Y, Y]), {}, 5, 1, seed=3)
    assert [len(part) for part in given["y"]] == [8, 8]
    _, given = folded((X, {"left": Y}), {}, 5, 1, seed=3)
    assert len(given["y"]["left"]) == 8


def test_what_follows_x_and_y_stays_in_its_place() -> None:
    args, given = folded((X, Y, 16), {}, 5, 0, seed=0)
    assert [len(args[0]), len(args[1]), args[2]] == [8, 8, 16]
    assert set(given) == {"validation_data"}


@pytest.mark.parametrize(
    ("args", "kwargs", "cv", "message"),
    [
        ((X, Y), {"validation_split": 0.2}, 3, "cv=3 makes its own.*do not give validation_split"),
        ((X, Y), {"validation_data": (X, Y)}, 3, "do not give validation_data"),
        ((X, Y), {}, 11, "cv=11 needs at least 11 rows, got 10"),
        ((X,), {}, 3, "cv needs x and y"),
        ((X[:7], Y), {}, 3, "x has 7 rows and y has 10"),
        ((X, Y), {"sample_weight": Y[:4]}, 3, "sample_weight has 4 rows and y has 10"),
    ],
)
def test_folds_that_cannot_be(args: tuple, kwargs: dict[str, Any], cv: int, message: str) -> None:
    with pytest.raises(FatalError, match=message):
        folded(args, kwargs, cv, 0, seed=0)
