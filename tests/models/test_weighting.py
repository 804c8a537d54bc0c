"""Weights of samples and of classes: in which forms they are given, and what they become."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from course import Input, Sequential
from course.layers import Dense
from course.models import weighting
from course.optimizers import SGD


def test_sample_weights() -> None:
    y = np.zeros((3, 1), "float32")
    names = ["a"]
    assert weighting.sample_weights(None, None, [y], names, [1]) == [None]
    for given in ([1, 2, 3], np.array([[1], [2], [3]]), pd.Series([1, 2, 3])):
        (weight,) = weighting.sample_weights(given, None, [y], names, [1])
        assert weight.tolist() == [1, 2, 3]
        assert weight.dtype == np.float32
    both = weighting.sample_weights(np.array([1, 2, 3]), None, [y, y], ["a", "b"], [1, 1])
    assert [w.tolist() for w in both] == [[1, 2, 3]] * 2
    plain = weighting.sample_weights([1, 2, 3], None, [y, y], ["a", "b"], [1, 1])
    apart = weighting.sample_weights([[1, 2, 3], [4, 5, 6]], None, [y, y], ["a", "b"], [1, 1])
    assert [w.tolist() for w in plain + apart] == [[1, 2, 3]] * 3 + [[4, 5, 6]]
    one = weighting.sample_weights({"a": [1, 2, 3], "b": None}, None, [y, y], ["a", "b"], [1, 1])
    assert one[0].tolist() == [1, 2, 3]
    assert one[1] is None


def test_sample_weights_of_each_time_step() -> None:
    y, weight = np.zeros((2, 3, 1), "float32"), [[1, 2, 3], [4, 5, 6]]
    for given in (weight, np.array(weight)[..., None]):
        (array,) = weighting.sample_weights(given, None, [y], ["a"], [2])
        assert array.tolist() == weight
    assert weighting.sample_weights([1, 2], None, [y], ["a"], [2])[0].tolist() == [1, 2]
    with pytest.raises(ValueError, match=r"shape \(2, 4\).*one for each loss, \(2, 3\)"):
        weighting.sample_weights(np.ones((2, 4)), None, [y], ["a"], [2])


@pytest.mark.parametrize(
    "y",
    [np.array([0, 2, 1]), np.array([[0.0], [2.0], [1.0]]), np.eye(3)[[0, 2, 1]]],
    ids=["labels", "column", "one-hot"],
)
def test_class_weights_are_found_by_class_and_multiply_sample_weights(y: np.ndarray) -> None:
    (weight,) = weighting.sample_weights(None, {0: 5, 2: 0.5, 9: 7}, [y], ["a"], [1])
    assert weight.tolist() == [5, 0.5, 1]
    (weight,) = weighting.sample_weights([2, 2, 3], {0: 5}, [y], ["a"], [1])
    assert weight.tolist() == [10, 2, 3]


@pytest.mark.parametrize("loss", ["binary_crossentropy", "mse"])
def test_class_weights_are_for_training_alone(loss: str) -> None:
    """As in Keras: what is split off for validation counts every class alike."""
    x, y = np.linspace(-1, 1, 10)[:, None], np.arange(10) % 2
    model = Sequential([Input((1,)), Dense(1, "sigmoid")])
    model.compile(SGD(0.0), loss)
    given = {"sample_weight": np.arange(10.0), "class_weight": {1: 3.0}}
    logs = model.fit(x, y, validation_split=0.4, verbose=0, **given).history
    rows, weight = slice(6, None), np.arange(10.0)
    judged = model.evaluate(x[rows], y[rows], sample_weight=weight[rows])
    assert logs["val_loss"] == [judged]
    weight[1::2] *= 3
    assert logs["loss"] == [pytest.approx(model.evaluate(x[:6], y[:6], sample_weight=weight[:6]))]
