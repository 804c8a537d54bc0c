"""Outputs that are only looked at: no loss, no metric, no targets."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course import Input, Model
from course.layers import Dense

X = np.array([[1.0], [3.0], [2.0], [0.0]])
ZERO = np.zeros(4)


def network(loss: Any, metrics: Any = None, outputs: int = 2) -> Model:
    """Return a model with outputs x, 2x, ..., called a, b, ..."""
    x = Input((1,))
    heads = [Dense(1, use_bias=False, name=name) for name in "abc"[:outputs]]
    model = Model(x, [head(x) for head in heads])
    model.compile("sgd", loss, metrics=metrics)
    model.set_weights([[[i + 1.0]] for i in range(outputs)])
    return model


@pytest.mark.parametrize("loss", [["mse", None], {"a": "mse"}])
@pytest.mark.parametrize(
    "y",
    [
        [ZERO, None],
        {"a": ZERO},
        ZERO,
        [0.0] * 4,
        [ZERO, ZERO],
        {"a": ZERO, "b": ZERO},
    ],
)
def test_they_need_no_targets_in_any_way_of_giving_them(loss: Any, y: Any) -> None:
    model = network(loss)
    assert model.evaluate(X, y, return_dict=True) == {"loss": 3.5}
    history = model.fit(X, y, epochs=2, verbose=0, validation_split=0.25, sample_weight=[1.0] * 4)
    assert set(history.history) == {"loss", "val_loss"}  # one loss, one key, as in Keras
    assert model.get_layer("b").get_weights()[0] == 2  # nothing trains it
    assert model.get_layer("a").get_weights()[0] < 1
    assert set(model.gradients(X, y)) == {"a/kernel", "b/kernel"}
    assert model.gradients(X, y)["b/kernel"] == 0


def test_the_first_may_be_the_one_without() -> None:
    model = network([None, "mse", "mae"], outputs=3)
    for y in ([None, ZERO, ZERO], [ZERO, ZERO], {"b": ZERO, "c": ZERO}):
        results = model.evaluate(X, y, return_dict=True)
        assert results == {"loss": 14 + 4.5, "b_loss": 14, "c_loss": 4.5}
        model.fit(X, y, verbose=0, validation_split=0.25, epochs=0)


def test_a_metric_alone_needs_targets() -> None:
    model = network(["mse", None], metrics={"b": ["mae"]})
    assert model.evaluate(X, [ZERO, ZERO], return_dict=True)["b_mae"] == 3
    with pytest.raises(TypeError, match=r"y is missing \(None\) for the output 'b'"):
        model.evaluate(X, [ZERO, None])
    with pytest.raises(ValueError, match=r"x has 4, y has 4, y\[1\] has 3"):
        model.evaluate(X, [ZERO, ZERO[:3]])


@pytest.mark.parametrize(
    ("y", "error", "words"),
    [
        ({"b": ZERO}, ValueError, r"y has the keys \['b'\]; the model expects \['a', 'b'\]"),
        ({"a": ZERO, "z": ZERO}, ValueError, r"keys \['a', 'z'\]; the model expects \['a'\]"),
        ([None, ZERO], TypeError, r"y is missing \(None\) for the output 'a'"),
        (None, TypeError, "y is missing: training"),
    ],
)
def test_targets_that_are_needed_are_asked_for(y: Any, error: Any, words: str) -> None:
    with pytest.raises(error, match=words):
        network(["mse", None]).fit(X, y, verbose=0)
