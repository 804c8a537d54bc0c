"""`layer.input` and `layer.output`: where another model may begin or end."""

from __future__ import annotations

import copy
import gc
import pickle

import numpy as np
import pytest

from course import Input, Model, Sequential
from course.layers import Add, Dense

X = np.random.default_rng(0).normal(size=(5, 4))


def chain() -> Sequential:
    return Sequential([Input((4,)), Dense(3, "tanh", name="h"), Dense(2, name="y")])


def test_a_model_that_ends_at_an_inner_layer() -> None:
    model = chain()
    inner = Model(model.inputs, model.get_layer("h").output)
    np.testing.assert_array_equal(inner.predict(X), model.activations(X)["h"])
    assert [layer.name for layer in inner.layers] == ["input_layer", "h"]
    both = Model(model.input, [layer.output for layer in model.layers])
    assert [y.shape for y in both.predict(X)] == [(5, 3), (5, 2)]


def test_a_new_head_on_a_trained_trunk() -> None:
    model = chain()
    new = Model(model.input, Dense(7, name="new")(model.layers[-2].output))
    assert new.output_shape == (None, 7)
    assert new.layers[1] is model.layers[0]


def test_the_first_call_counts_and_merge_layers_have_several_inputs() -> None:
    a, b, layer = Input((2,)), Input((2,)), Dense(2)
    first, second = layer(a), layer(b)
    assert layer.output.node is first.node
    assert layer.input is a
    joined = Add()([first, second])
    assert joined.node.layer.input == [first, second]
    assert joined.node.layer.output.shape == (None, 2)


def test_layers_that_are_added_one_by_one() -> None:
    model = Sequential()
    for layer in (Input((4,)), Dense(3), Dense(2)):
        model.add(layer)
    assert Model(model.inputs, model.layers[0].output).predict(X).shape == (5, 3)


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda m: pickle.loads(pickle.dumps(m))])
def test_copies_know_their_own(copied) -> None:
    model = copied(chain())
    inner = Model(model.inputs, model.layers[0].output)
    assert inner.predict(X).shape == (5, 3)
    assert copied(model.layers[0]).units == 3


def test_without_a_model_there_is_none() -> None:
    layer = Dense(2)
    for _ in range(2):
        with pytest.raises(AttributeError, match=r"'dense' has no input and output yet.*Input"):
            _ = layer.output
        layer(Input((3,)))  # nobody keeps the result
        gc.collect()
    with pytest.raises(AttributeError, match="no input and output yet"):
        _ = layer.input


def test_of_models_they_are_their_own() -> None:
    x, y = Input((2,), name="x"), Input((2,), name="y")
    inner = Model(x, Dense(2, name="z")(x), name="inner")
    outer = Model([x, y], [inner(x), inner(y)])
    assert inner.input is x
    assert inner.output is inner.outputs[0]
    assert (outer.input, outer.output) == (outer.inputs, outer.outputs)
    assert outer.input_names == ["x", "y"]
    assert outer.output_names == ["inner", "inner_1"]
    assert x.node.layer.input is x.node.layer.output is x
