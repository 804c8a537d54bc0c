"""The table of layers."""

from __future__ import annotations

from typing import Any

from course import Input, Model, Sequential
from course.layers import Add, BatchNormalization, Dense


def test_a_chain(capsys: Any) -> None:
    model = Sequential([Input((2,)), Dense(1000), BatchNormalization(), Dense(1)], name="net")
    model.layers[2].trainable = False
    model.summary()
    assert capsys.readouterr().out == (
        "Model: net\n"
        "Layer (type)                              Output shape  Param #\n"
        "────────────────────────────────────────  ────────────  ───────\n"
        "dense (Dense)                             (None, 1000)    3,000\n"
        "batch_normalization (BatchNormalization)  (None, 1000)    4,000\n"
        "dense_1 (Dense)                           (None, 1)       1,001\n"
        "────────────────────────────────────────  ────────────  ───────\n"
        "Parameters: 8,001   trainable: 5,000   other: 3,001\n"
    )


def test_a_shared_layer_has_one_row_and_counts_once(capsys: Any) -> None:
    x = Input((2,))
    layer = Dense(2)
    inner = Sequential([Input((2,)), Dense(2)], name="inner")
    Model(x, Add()([layer(x), layer(inner(x))])).summary()
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[3:-2]] == ["input_layer", "inner", "dense", "add"]
    assert lines[-1] == "Parameters: 12   trainable: 12   other: 0"


def test_before_it_is_built(capsys: Any) -> None:
    Sequential([Dense(1)], name="later").summary()
    assert capsys.readouterr().out.startswith("Model: later\n  not built yet")
