"""Small habits of Keras code that find here what they look for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course import Input, Model, Sequential
from course.callbacks import Callback, EarlyStopping
from course.layers import Dense

X, Y = np.linspace(-1, 1, 8).reshape(4, 2), np.array([0, 1, 1, 0])


def small() -> Sequential:
    return Sequential([Input((2,)), Dense(1, "sigmoid")])


def test_how_keras_organises_its_computation_is_accepted() -> None:
    model = small()
    model.compile(
        "sgd", "mse", run_eagerly=True, jit_compile=False, steps_per_execution=1,
        auto_scale_loss=True,
    )  # fmt: skip
    with pytest.raises(TypeError, match=r"compile has no argument 'metric'.*'metrics'"):
        model.compile("sgd", "mse", metric=["mae"])


def test_what_was_compiled_can_be_asked_for() -> None:
    model = small()
    assert (model.compiled, model.loss) == (False, None)
    model.compile("sgd", "mse", metrics=["mae"], weighted_metrics=["mae"])
    assert (model.compiled, model.loss) == (True, "mse")
    assert model.metrics_names == ["loss", "mae", "weighted_mae"]
    assert list(model.evaluate(X, Y, return_dict=True)) == model.metrics_names


def test_predict_on_batch() -> None:
    model = small()
    np.testing.assert_array_equal(model.predict_on_batch(X), model.predict(X))


def two_outputs(metrics: Any) -> list[str]:
    x = Input((2,))
    model = Model(x, [Dense(1, name="a")(x), Dense(1, name="b")(x)])
    model.compile("sgd", "mse", metrics=metrics)
    return model.metrics_names[3:]


def test_a_list_of_metrics_for_several_outputs_goes_one_by_one() -> None:
    assert two_outputs(["mae", "mape"]) == ["a_mae", "b_mape"]
    assert two_outputs([None, "mape"]) == ["b_mape"]
    assert two_outputs([["mae", "mape"], []]) == ["a_mae", "a_mape"]
    assert two_outputs(["mae"]) == ["a_mae", "b_mae"]  # Keras refuses these two
    assert two_outputs("mae") == ["a_mae", "b_mae"]


class Refuses(Callback):
    def on_train_begin(self, logs: Any = None) -> None:
        raise ValueError("not today")


@pytest.mark.parametrize(
    "refused",
    [
        {"validation_split": 0.99},
        {"validation_data": (X[:, :1], Y)},
        {"class_weight": {0: -1}},
        {"callbacks": [EarlyStopping("val_nothing")]},
        {"callbacks": [Refuses()]},
    ],
    ids=["split", "data", "class weight", "monitor", "callback"],
)
def test_a_refused_fit_builds_no_model(refused: dict[str, Any]) -> None:
    model = Sequential([Dense(1, "sigmoid")])
    model.compile("sgd", "binary_crossentropy")
    with pytest.raises((TypeError, ValueError)):
        model.fit(X, Y, verbose=0, **refused)
    assert not model.built
    model.fit(np.ones((4, 5)), Y, verbose=0)
