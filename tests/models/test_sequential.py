"""A chain of layers: built at once or when it sees data, longer and shorter."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course import Input, Model, Sequential
from course.layers import BatchNormalization, Dense, Dropout, Flatten, Layer

X = np.random.default_rng(0).normal(size=(6, 3)).astype("float32")


def test_it_is_the_functional_model() -> None:
    layers = [Dense(4, "tanh"), Dense(2)]
    x = Input((3,))
    chain = Sequential([x, *layers])
    functional = Model(x, layers[1](layers[0](x)))
    assert chain.layers == layers
    assert (chain.input_shape, chain.output_shape) == ((None, 3), (None, 2))
    np.testing.assert_array_equal(chain.predict(X), functional.predict(X))
    assert len(chain.graph.steps) == len(functional.graph.steps) == 2


@pytest.mark.parametrize(
    "see",
    [
        lambda model: model.build((None, 3)),
        lambda model: model.build((32, 3)),
        lambda model: model(X),
        lambda model: model.predict(X),
        lambda model: model.activations(X),
        lambda model: model.fit(X, X[:, :2], verbose=0),
        lambda model: model.evaluate(X, X[:, :2]),
        lambda model: model.train_on_batch([X], X[:, :2]),
        lambda model: model.gradients(X, X[:, :2]),
    ],
)
def test_it_is_built_when_it_first_sees_data(see: Any) -> None:
    model = Sequential([Dense(4), Dropout(0.1), Dense(2)])
    model.compile("sgd", "mse")
    assert not model.built
    assert model.weights == []
    see(model)
    assert model.built
    assert model.input_shape == (None, 3)
    assert model.count_params() == 16 + 10


def test_a_refused_x_does_not_build() -> None:
    model = Sequential([Dense(1)])
    model.compile("sgd", "mse")
    for x in (None, np.array([["a", "b"]]), [[1.0], [2.0, 3.0]]):
        with pytest.raises((TypeError, ValueError), match="x "):
            model.fit(x, [1.0, 2.0])
        assert not model.built
    model.fit(X, X[:, 0], verbose=0)


def test_one_dimension_is_one_feature() -> None:
    model = Sequential([Dense(1)])
    model.compile("sgd", "mse")
    model.fit([1.0, 2.0, 3.0], [1.0, 2.0, 3.0], verbose=0)
    assert model.predict([1.0, 2.0]).shape == (2, 1)


def test_add_and_pop() -> None:
    model = Sequential(name="chain")
    model.add(Input((3,)))
    model.add(Dense(4))
    model.add(Dense(2))
    assert model.output_shape == (None, 2)
    kernel = model.layers[0].kernel
    popped = model.pop()
    assert (popped.units, model.output_shape) == (2, (None, 4))
    model.add(Dense(1))
    assert model.layers[0].kernel is kernel
    assert [layer.name for layer in model.layers] == ["dense", "dense_1"]
    assert model.name == "chain"


def test_a_layer_added_after_compile_is_trained() -> None:
    model = Sequential([Input((3,)), Dense(3)])
    model.compile("sgd", "mse")
    model.fit(X, X, verbose=0)
    model.add(Dense(1))
    before = model.get_weights()
    model.fit(X, X[:, 0], verbose=0)
    assert all((a != b).any() for a, b in zip(before, model.get_weights(), strict=True))


@pytest.mark.parametrize(
    "bad", [BatchNormalization(axis=5), Dense(1, name="first"), "dense", Input((2,)), Dense]
)
def test_a_layer_that_does_not_fit_leaves_the_model_as_it_was(bad: Any) -> None:
    model = Sequential([Input((3,)), Dense(2, name="first")])
    expected = model.predict(X)
    with pytest.raises((TypeError, ValueError)):
        model.add(bad)
    assert model.built
    assert len(model.layers) == 1
    np.testing.assert_array_equal(model.predict(X), expected)


def test_a_failing_first_layer_leaves_it_empty() -> None:
    class Broken(Layer):
        def build(self, input_shape: Any) -> None:
            raise RuntimeError("no")

    model = Sequential()
    with pytest.raises(RuntimeError, match="no"):
        model.add(Broken(input_shape=(7,)))
    model.add(Input((3,)))
    model.add(Dense(1))
    assert model.input_shape == (None, 3)


def test_the_input_shape_may_stand_on_the_first_layer() -> None:
    assert Sequential([Dense(2, input_shape=(3,)), Dense(1)]).input_shape == (None, 3)
    inner = Sequential([Input((4, 2)), Flatten()])
    assert Sequential([inner, Dense(1)]).input_shape == (None, 4, 2)


def test_models_inside_models() -> None:
    encoder = Sequential([Input((3,)), Dense(2, "tanh")])
    decoder = Sequential([Input((2,)), Dense(3)])
    whole = Sequential([encoder, decoder])
    whole.compile("adam", "mse")
    before = whole.evaluate(X, X)
    whole.fit(X, X, epochs=30, verbose=0)
    assert whole.evaluate(X, X) < before
    np.testing.assert_allclose(whole.predict(X), decoder(encoder(X)), rtol=1e-5)
    assert [layer.name for layer in whole.layers] == ["sequential", "sequential_1"]


def test_what_is_not_known_yet_is_said() -> None:
    with pytest.raises(ValueError, match="has no layers yet"):
        Sequential().predict(X)
    with pytest.raises(ValueError, match=r"is not built yet.*Input\(shape=...\) first"):
        _ = Sequential([Dense(1)]).output_shape
    with pytest.raises(ValueError, match="no layer to take off"):
        Sequential().pop()
