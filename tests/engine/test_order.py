"""The layers of branched models, and with them their weights, stand in the order of Keras.

The expected orders are those that Keras 3.15 gives for the same models.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from course import Input, Model
from course.layers import Add, Concatenate, Dense, Subtract


def dense(name: str, units: int = 4) -> Dense:
    return Dense(units, name=name)


def residual() -> Model:
    x = Input((4,), name="x")
    p = dense("p")(x)
    b = dense("b")(dense("a")(x))
    return Model(x, dense("o")(Add(name="s")([b, p])))


def wide_and_deep() -> Model:
    x = Input((4,), name="x")
    w = dense("w")(x)
    return Model(x, Add(name="s")([w, dense("d")(dense("h1")(dense("h")(x)))]))


def two_inputs() -> Model:
    y, x = Input((3,), name="y"), Input((4,), name="x")
    b, a = dense("b")(y), dense("a2")(dense("a")(x))
    return Model([x, y], dense("o")(Concatenate(name="c")([a, b])))


def two_outputs() -> Model:
    x = Input((4,), name="x")
    h = dense("h")(x)
    o1, o2 = dense("o1")(h), dense("o2")(dense("h2")(h))
    return Model(x, [o1, o2])


def shared() -> Model:
    x, y = Input((4,), name="x"), Input((4,), name="y")
    e, q = dense("e"), dense("q")(y)
    return Model([x, y], dense("o")(Subtract(name="c")([e(x), e(q)])))


def unused_inputs() -> Model:
    x, u, v = (Input((4,), name=name) for name in "xuv")
    return Model([x, u, v], dense("o")(dense("a")(x)))


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (residual, "x a b p s o"),
        (wide_and_deep, "x h h1 w d s"),
        (two_inputs, "x a y a2 b c o"),
        (two_outputs, "x h h2 o1 o2"),
        (shared, "y x q e c o"),
        (unused_inputs, "x a u v o"),
    ],
)
def test_as_in_keras(make: Callable[[], Model], expected: str) -> None:
    model = make()
    assert [layer.name for layer in model.layers] == expected.split()
    shapes = [w.shape for layer in model.layers for w in layer.get_weights()]
    assert [w.shape for w in model.get_weights()] == shapes


def test_a_copy_from_the_configuration_has_the_same_order() -> None:
    model = wide_and_deep()
    again = Model.from_config(model.get_config())
    assert [layer.name for layer in again.layers] == [layer.name for layer in model.layers]
    again.set_weights(model.get_weights())


def test_names_are_numbered_in_the_order_of_the_calls() -> None:
    x = Input((2,))
    short = Dense(2)(x)
    model = Model(x, Add()([short, Dense(2)(Dense(2)(x))]))
    names = [layer.name for layer in model.layers]
    assert names == ["input_layer", "dense_1", "dense", "dense_2", "add"]
    assert short.node.layer.name == "dense"


def test_a_model_that_begins_within_another_has_only_its_own_layers() -> None:
    x = Input((2,))
    h: Any = dense("h")(x)
    assert [layer.name for layer in Model(h, dense("y")(h)).layers] == ["y"]
