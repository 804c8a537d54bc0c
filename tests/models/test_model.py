"""Functional models: names, layers, a model as a layer, single calls."""

from __future__ import annotations

import numpy as np
import pytest

from course import Input, Model, Sequential
from course.layers import Add, BatchNormalization, Concatenate, Dense, Dropout

X = np.random.default_rng(0).normal(size=(6, 3)).astype("float32")


def test_shapes_and_layers() -> None:
    a, b = Input((3,), name="a"), Input((4, 2), name="b")
    h = Dense(5)(a)
    model = Model([a, b], [h, Dense(1)(b)], name="two")
    assert model.name == "two"
    assert model.input_shape == [(None, 3), (None, 4, 2)]
    assert model.output_shape == [(None, 5), (None, 4, 1)]
    assert [layer.name for layer in model.layers] == ["a", "b", "dense", "dense_1"]
    assert model.inputs == [a, b]
    assert model.outputs[0] is h
    assert model.built
    assert Model(a, h).input_shape == (None, 3)
    assert Model(a, h).output_shape == (None, 5)
    assert Model(a, h).name == "model"


def test_get_layer() -> None:
    x = Input((3,))
    model = Model(x, Dense(1, name="out")(Dense(2)(x)))
    assert model.get_layer("out") is model.layers[2]
    assert model.get_layer(index=1) is model.layers[1]
    assert model.get_layer(index=-1) is model.layers[2]


def test_a_model_is_a_layer_on_arrays_and_on_tensors() -> None:
    inner = Sequential([Input((3,)), Dense(4, "relu"), Dense(3)], name="inner")
    x = Input((3,))
    outer = Model(x, Add()([inner(x), inner(inner(x))]))
    y = inner(X)
    np.testing.assert_allclose(outer.predict(X), y + inner(y), rtol=1e-6)
    np.testing.assert_array_equal(outer(X), outer.predict(X))
    assert outer.count_params() == inner.count_params() == 3 * 4 + 4 + 4 * 3 + 3
    assert len(outer.weights) == 4
    assert outer.layers[1] is inner


def test_a_model_of_several_inputs_is_a_layer_too() -> None:
    a, b = Input((3,)), Input((3,))
    inner = Model([a, b], Concatenate()([Dense(2)(a), b]))
    x = Input((3,))
    outer = Model(x, Dense(1)(inner([x, Dense(3)(x)])))
    outer.compile("sgd", "mse")
    outer.fit(X, X[:, 0], verbose=0)
    assert inner([X, X]).shape == (6, 5)
    assert [part.shape for part in Model(a, [a, Dense(1)(a)])(X)] == [(6, 3), (6, 1)]


def test_dropout_in_a_frozen_model_still_drops_as_in_keras() -> None:
    inner = Sequential([Input((3,)), Dropout(0.5), BatchNormalization()])
    outer = Sequential([Input((3,)), inner])
    inner.trainable = False
    assert (outer(np.ones((50, 3)), training=True) == 0).any()
    assert (inner.layers[1].moving_mean.value == 0).all()


def test_names_are_numbered_without_disturbing_other_models() -> None:
    old = Sequential([Input((3,)), Dense(3), Dense(3)])
    first, second = old.layers
    new = Sequential([Input((3,)), Dense(3), first, second])
    assert [layer.name for layer in new.layers] == ["dense_2", "dense", "dense_1"]
    assert [layer.name for layer in old.layers] == ["dense", "dense_1"]
    new.compile("sgd", "mse")
    assert len(new.gradients(X, X)) == 6


def test_names_that_were_given_stay() -> None:
    x = Input((3,))
    model = Model(x, Dense(1)(Dense(1, name="dense")(Dense(1)(x))))
    assert [layer.name for layer in model.layers[1:]] == ["dense_1", "dense", "dense_2"]


def test_weights_go_round() -> None:
    model = Sequential([Input((3,)), Dense(4), BatchNormalization(), Dense(1)])
    model.compile("adam", "mse")
    model.fit(X, X[:, 0], verbose=0)
    other = Sequential([Input((3,)), Dense(4), BatchNormalization(), Dense(1)])
    other.set_weights(model.get_weights())
    np.testing.assert_array_equal(other.predict(X), model.predict(X))
    view = model.weights[0].value
    model.set_weights([0 * w for w in model.get_weights()])
    assert model.weights[0].value is view
    assert not model.parameters.value.any()


def test_shapes_are_checked_where_models_are_connected() -> None:
    inner = Sequential([Input((3,)), Dense(1)])
    with pytest.raises(ValueError, match=r"'sequential' takes inputs of shape .*3.*got .*4"):
        inner(Input((4,)))
    with pytest.raises(ValueError, match="takes inputs of shape"):
        inner(np.ones((2, 4)))
    a, b = Input((3,)), Input((3,))
    with pytest.raises(ValueError, match="takes inputs of shape"):
        Model([a, b], Add()([a, b]))(Input((3,)))
    with pytest.raises(ValueError, match="2 outputs; only a model with one output"):
        Model(a, [a, Dense(1)(a)])(Input((3,)))
