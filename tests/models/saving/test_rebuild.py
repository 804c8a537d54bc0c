"""Configurations that other versions of Keras wrote, and the order of Keras' layers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from course import Input, Model, Sequential
from course.layers import Add, BatchNormalization, Concatenate, Dense, Dropout
from course.models import model_from_json
from course.models.saving import limits as allowed

KERAS_2 = {
    "class_name": "Functional",
    "config": {
        "name": "old",
        "layers": [
            {
                "class_name": "InputLayer",
                "config": {"batch_input_shape": [None, 3], "dtype": "float32", "sparse": False,
                           "ragged": False, "name": "x"},
                "name": "x",
                "inbound_nodes": [],
            },
            {
                "class_name": "Dense",
                "config": {"name": "a", "units": 3, "activation": "tanh", "dtype": "float32"},
                "name": "a",
                "inbound_nodes": [[["x", 0, 0, {}]], [["a", 0, 0, {}]]],
            },
            {
                "class_name": "Add",
                "config": {"name": "sum", "trainable": True},
                "name": "sum",
                "inbound_nodes": [[["x", 0, 0, {}], ["a", 1, 0, {}]]],
            },
        ],
        "input_layers": [["x", 0, 0]],
        "output_layers": [["sum", 0, 0]],
    },
}  # fmt: skip


def test_the_calls_of_keras_2_are_understood() -> None:
    model = model_from_json(json.dumps(KERAS_2))
    assert [layer.name for layer in model.layers] == ["x", "a", "sum"]
    a, x = model.get_layer("a"), np.ones((2, 3))
    np.testing.assert_allclose(model.predict(x), x + a(a(x)), rtol=1e-6)


def test_the_input_shape_on_the_first_layer_of_keras_2() -> None:
    layer = {"class_name": "Dense", "config": {"units": 2, "batch_input_shape": [None, 3]}}
    config = {"name": "s", "layers": [layer], "build_input_shape": [None, 3]}
    model = Sequential.from_config(config)
    assert model.output_shape == (None, 2)


def test_training_that_is_fixed_in_a_call_stays_fixed() -> None:
    x = Input((4,))
    model = Model(x, Dropout(0.5)(x, training=True))
    config = model.get_config()
    assert config["layers"][1]["inbound_nodes"][0]["kwargs"] == {"training": True}
    again = Model.from_config(config)
    assert (again.predict(np.ones((50, 4))) == 0).any()


def test_layers_are_listed_from_those_furthest_from_the_outputs() -> None:
    """As Keras 3.15 lists them, which the golden file `branches.keras` shows too."""
    a, b = Input((3,), name="a"), Input((2,), name="b")
    unused = Input((1,), name="unused")
    short = Dense(2, name="short")(a)
    long = Dense(2, name="second")(Dense(2, name="first")(b))
    model = Model([a, b, unused], Concatenate(name="joined")([short, long]))
    assert [layer.name for layer in model.layers] == [
        "b",
        "a",
        "first",
        "short",
        "second",
        "unused",
        "joined",
    ]


def test_an_output_that_leads_to_another_is_listed_once() -> None:
    x = Input((3,))
    h = Dense(2, name="h")(x)
    model = Model(x, [Dense(1, name="y")(h), h])
    assert [layer.name for layer in model.layers] == ["input_layer", "h", "y"]
    assert len(Model.from_config(model.get_config()).outputs) == 2


def test_thousands_of_layers_are_no_trouble() -> None:
    x = y = Input((1,))
    for _ in range(1500):
        y = Add()([y, x])
    config = Model(x, y).get_config()
    assert Model.from_config(config).predict(np.ones((1, 1))).item() == 1501


@pytest.mark.parametrize(
    ("limits", "match"),
    [
        ({"MOST": 5}, "has 6 layers, more than the 5 that are read from a file again"),
        ({"MOST": 7}, "has 9 calls of layers, more than the 7"),
        ({"MOST_ENDS": 1}, "has 2 outputs, more than the 1"),
    ],
)
def test_what_would_not_be_read_again_is_not_written(
    limits: dict[str, int], match: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    x = Input((2,))
    h = Dense(2)
    y = Sequential([Input((2,)), Dense(2), Dense(2)])(h(h(h(h(h(h(x)))))))
    model = Model(x, [y, h(x)])
    model.save(tmp_path / "m.keras")
    for name, limit in limits.items():
        monkeypatch.setattr(allowed, name, limit)
    with pytest.raises(ValueError, match=match):
        model.save(tmp_path / "m.keras")
    model.save_weights(tmp_path / "m.weights.h5")


def test_frozen_layers_and_models_come_back_frozen() -> None:
    model = Sequential([Input((2,)), Dense(2, trainable=False), BatchNormalization(), Dense(1)])
    again = Sequential.from_config(model.get_config())
    assert [layer.trainable for layer in again.layers] == [False, True, True]
    model.trainable = False
    assert Sequential.from_config(model.get_config()).trainable_weights == []


@pytest.mark.parametrize(
    ("config", "match"),
    [
        (
            {"class_name": "Dense", "config": {}},
            "A model is a Sequential or Functional, got 'Dense'",
        ),
        ([1], r"A model is a Sequential or Functional, got \[1\]"),
    ],
)
def test_texts_that_are_no_models(config: Any, match: str) -> None:
    with pytest.raises(ValueError, match=match):
        model_from_json(json.dumps(config))
