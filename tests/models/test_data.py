"""What is accepted as data, and what it becomes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

from course import Input, Model, Sequential
from course.layers import Add, Dense
from course.models import data

ONE, THREE = Input((1,)), Input((3,), name="three")


@pytest.mark.parametrize(
    "x",
    [
        [1, 2],
        (1.0, 2.0),
        np.array([1, 2], "int8"),
        np.array([[1], [2]], "float16"),
        np.array([1, 2], "float32")[:, None],
        pd.Series([1, 2], index=[7, 3]),
        pd.DataFrame({"a": [1, 2]}),
        [[[1], [2]]],
        {"input_layer": [1, 2]},
        range(1, 3),
    ],
    ids=lambda x: type(x).__name__,
)
def test_a_single_feature_in_many_forms(x: Any) -> None:
    (array,) = data.as_inputs(x, [ONE])
    assert array.tolist() == [[1], [2]]
    assert array.dtype == np.float32


def test_booleans_become_numbers_and_float32_is_not_copied() -> None:
    assert data.as_inputs([[True, False, True]], [THREE])[0].tolist() == [[1, 0, 1]]
    x = np.ones((2, 3), "float32")
    assert data.as_inputs(x, [THREE])[0] is x


def test_several_inputs_by_place_or_by_name() -> None:
    one, three = np.ones((2, 1), "float32"), np.zeros((2, 3), "float32")
    for x in ([one, three], (one, three), {"three": three, "input_layer": one}):
        a, b = data.as_inputs(x, [ONE, THREE])
        assert a is one
        assert b is three


@pytest.mark.parametrize(
    ("n", "split", "rows"),
    [
        (10, 0.1, 9),
        (10, 0.2, 8),
        (10, 0.3, 7),
        (10, 0.4, 6),
        (10, 0.6, 4),
        (10, 0.7, 3),
        (10, 0.8, 2),
        (10, 0.9, 1),
        (100, 0.29, 71),
        (100, 0.57, 43),
        (1000, 0.001, 999),
        (3, 1 / 3, 2),
        (10, 0.25, 7),
        (11, 0.5, 5),
        (10, 0.0, 10),
        (10, np.float32(0.1), 9),
        (6, 5 / 6, 1),
        (12, 7 / 12, 5),
        (3, Fraction(1, 3), 2),
        (10, 0, 10),
    ],
)
def test_a_split_loses_no_row_to_floating_point(n: int, split: float, rows: int) -> None:
    assert data.rows_to_train_on(n, split) == rows


def test_every_percentage_of_every_size() -> None:
    for n in range(100, 301, 50):
        for percent in range(1, 100):
            assert data.rows_to_train_on(n, percent / 100) == n * (100 - percent) // 100


def test_data_frames_and_series_train_a_model() -> None:
    frame = pd.DataFrame({"a": [0.0, 1, 2, 3], "b": [1.0, 0, 1, 0]}, index=[5, 6, 7, 8])
    model = Sequential([Dense(1)])
    model.compile("sgd", "mse")
    model.fit(frame, frame["a"], verbose=0, validation_split=0.25)
    assert model.predict(frame).shape == (4, 1)


def test_what_is_given_is_never_written_to() -> None:
    a, b = Input((2,)), Input((2,))
    model = Model([a, b], Add()([Dense(2, "relu")(a), Dense(2, "tanh")(b)]))
    model.compile("adam", "mse")
    arrays = [np.ones((4, 2), "float32") for _ in range(3)]
    weight = np.ones(4, "float32")
    for array in (*arrays, weight):
        array.flags.writeable = False
    for shuffle in (False, True):
        model.fit(arrays[:2], arrays[2], 2, 2, 0, shuffle=shuffle, sample_weight=weight)
    model.gradients(arrays[:2], arrays[2], weight)
    model.evaluate(arrays[:2], arrays[2], sample_weight=weight)
    model.predict(arrays[:2])
