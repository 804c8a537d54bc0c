"""Outputs that no shape shows to be wrong are told of once; nothing else is."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest

from course import Input, Model, Sequential, losses
from course.layers import Activation, Dense
from course.losses import BinaryCrossentropy, CategoricalCrossentropy

WRONG = [
    (1, None, "binary_crossentropy", "linear, but binary_crossentropy.*activation='sigmoid'"),
    (3, None, "categorical_crossentropy", "linear.*activation='softmax'"),
    (3, "linear", "sparse_categorical_crossentropy", "linear.*from_logits=True"),
    (1, "sigmoid", BinaryCrossentropy(from_logits=True), "ends in sigmoid.*one more"),
    (3, "softmax", CategoricalCrossentropy(from_logits=True), "ends in softmax.*one more"),
    (1, "softmax", "binary_crossentropy", "softmax over one unit"),
    (1, "softmax", "mse", "softmax over one unit, which is always 1"),
]
RIGHT = [
    (1, "sigmoid", "binary_crossentropy"),
    (3, "softmax", "categorical_crossentropy"),
    (3, "sigmoid", "categorical_crossentropy"),
    (1, "relu", "binary_crossentropy"),
    (1, None, "mse"),
    (1, None, BinaryCrossentropy(from_logits=True)),
    (1, None, "hinge"),
    (3, "softmax", "kl_divergence"),
]


@pytest.mark.parametrize(("units", "activation", "loss", "message"), WRONG)
def test_told_at_compile(units: int, activation: Any, loss: Any, message: str) -> None:
    model = Sequential([Input((2,)), Dense(units, activation)])
    with pytest.warns(UserWarning, match=message) as told:
        model.compile("sgd", loss)
    assert told[0].filename == __file__
    assert len(told) == 1


def test_told_once_when_the_shapes_become_known() -> None:
    model = Sequential([Dense(1)])
    model.compile("sgd", "binary_crossentropy")
    x, y = np.zeros((4, 2)), [0, 1, 0, 1]
    with pytest.warns(UserWarning, match="linear") as told:
        model.fit(x, y, epochs=2, verbose=0)
    assert len(told) == 1
    model.fit(x, y, verbose=0)


@pytest.mark.parametrize(("units", "activation", "loss"), RIGHT)
def test_what_may_be_meant_is_passed_over(units: int, activation: Any, loss: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Sequential([Input((2,)), Dense(units, activation)]).compile("sgd", loss)


def test_layers_that_end_otherwise_and_outputs_without_a_loss() -> None:
    x = Input((2,))
    a, b = Activation("sigmoid")(Dense(1, name="z")(x)), Dense(1, name="raw")(x)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        Model(x, [a, b]).compile("sgd", [losses.BinaryCrossentropy(), None])
