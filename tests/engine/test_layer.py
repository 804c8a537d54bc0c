"""The contract of a layer: names, weights, calls, and a layer of one's own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course import Input, Model, Sequential, older
from course.engine import Layer
from course.engine.layer import snake_case
from course.layers import Add, BatchNormalization, Dense
from course.optimizers import SGD
from course.utils import check_gradients


class Scale(Layer):
    """y = s·x, as a student would write it."""

    def build(self, input_shape: Any) -> None:
        self.s = self.add_weight("s", (input_shape[-1],), "ones", regularizer="l2")

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        return x * self.s.value, x

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        self.s.grad = (dy * cache).sum(axis=0)
        return dy * self.s.value


def test_a_layer_of_ones_own_trains_is_checked_and_can_be_frozen() -> None:
    assert check_gradients(Scale(), np.arange(6.0).reshape(2, 3)) < 1e-6
    own = Scale()
    model = Sequential([Input((3,)), Dense(3, "tanh"), own, Dense(1)])
    model.compile(SGD(0.1), "mse")
    x, y = np.eye(3), np.ones(3)
    model.fit(x, y, verbose=0)
    assert (own.s.value != 1).all()
    own.trainable = False
    frozen, first = own.s.numpy(), model.layers[0].kernel.numpy()
    model.fit(x, y, verbose=0)
    np.testing.assert_array_equal(own.s.value, frozen)
    assert (model.layers[0].kernel.value != first).any()


def test_what_a_layer_must_define_is_said() -> None:
    with pytest.raises(NotImplementedError, match=r"Layer must define forward\(x, training\)"):
        Layer()(np.ones((1, 1)))
    with pytest.raises(NotImplementedError, match="Layer must define backward"):
        Layer().backward(np.ones((1, 1)), None)


def test_weights_are_ordered_and_sorted_by_what_moves_them() -> None:
    layer = BatchNormalization()
    layer(np.ones((2, 3)))
    assert [v.name for v in layer.weights] == ["gamma", "beta", "moving_mean", "moving_variance"]
    assert [v.name for v in layer.trainable_weights] == ["gamma", "beta"]
    assert [v.name for v in layer.non_trainable_weights] == ["moving_mean", "moving_variance"]
    layer.trainable = False
    assert layer.trainable_variables == []
    assert layer.non_trainable_variables == layer.variables
    assert layer.count_params() == 12


def test_get_and_set_weights() -> None:
    layer = Dense(2)
    layer(np.ones((1, 3)))
    kernel = layer.kernel.value
    weights = layer.get_weights()
    weights[0][:] = 7
    assert (kernel != 7).all()
    layer.set_weights(weights)
    assert layer.kernel.value is kernel
    assert (kernel == 7).all()


@pytest.mark.parametrize(
    "weights",
    [
        [],
        [np.zeros((3, 2))],
        [np.zeros((3, 2)), np.zeros(3)],
        [np.zeros((2, 3)), np.zeros(2)],
        [np.zeros((3, 2)), np.zeros(2), np.zeros(2)],
        [np.zeros((3, 2)), np.array(["a", "b"])],
    ],
)
def test_weights_that_do_not_fit_are_refused_whole(weights: list[Any]) -> None:
    layer = Dense(2, bias_initializer="ones")
    layer(np.ones((1, 3)))
    before = layer.get_weights()
    refusal = r"set_weights of 'dense' expects 2 arrays|weights\[1\] must hold real numbers"
    with pytest.raises((TypeError, ValueError), match=refusal):
        layer.set_weights(weights)
    for now, then in zip(layer.get_weights(), before, strict=True):
        np.testing.assert_array_equal(now, then)


def test_calling_on_arrays() -> None:
    layer = Dense(2, kernel_initializer="ones")
    assert layer(np.array([[1, 2, 3]])).tolist() == [[6, 6]]
    assert Add()([np.array([[1.0]]), [[2.0]]]).tolist() == [[3]]
    with pytest.raises(ValueError, match=r"'dense' was built for 3 features.*\(None, 4\) has 4"):
        layer(np.ones((1, 4)))
    with pytest.raises(ValueError, match="built for 3 features"):
        layer(Input((5,)))


def test_an_unbuilt_layer_cannot_be_counted() -> None:
    with pytest.raises(ValueError, match=r"'dense' is not built yet.*Input"):
        Dense(2).count_params()


def test_input_dim_is_an_older_spelling(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older, "_warned", set())
    with pytest.warns(FutureWarning, match="input_dim=n is the older spelling"):
        layer = Dense(2, input_dim=3)
    assert Sequential([layer, Dense(1, input_dim=2)]).input_shape == (None, 3)  # warned once
    assert Sequential([Dense(2, input_shape=(4,))]).input_shape == (None, 4)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Dense", "dense"),
        ("BatchNormalization", "batch_normalization"),
        ("Conv2D", "conv2d"),
        ("MaxPooling2D", "max_pooling2d"),
        ("SimpleRNN", "simple_rnn"),
        ("RNNCell", "rnn_cell"),
        ("LeakyReLU", "leaky_re_lu"),
    ],
)
def test_default_names(name: str, expected: str) -> None:
    assert snake_case(name) == expected


def test_the_names_within_a_model_count_on() -> None:
    x = Input((2,))
    model = Model(x, Dense(1, name="out")(Dense(2)(Dense(2)(Dense(2)(x)))))
    assert [layer.name for layer in model.layers] == [
        "input_layer",
        "dense",
        "dense_1",
        "dense_2",
        "out",
    ]
    assert repr(model.layers[1]) == "<Dense 'dense'>"


class Louder(Layer):
    """y = √2·x, with a NumPy number that makes float64 of float32."""

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        return x * np.sqrt(2.0), None

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        return dy * np.sqrt(2.0)


def test_a_layer_of_ones_own_in_float64_works_among_the_others() -> None:
    model = Sequential([Input((3,)), Dense(4, "tanh"), Louder(), Dense(1)])
    model.compile("sgd", "mse")
    model.fit(np.eye(3), np.ones(3), verbose=0)
    assert all(w.dtype == np.float32 for w in model.get_weights())


def test_a_layer_that_is_built_by_hand_keeps_its_weights() -> None:
    layer = Dense(2)
    layer.build((None, 3))
    assert layer.built
    layer.set_weights([np.ones((3, 2)), np.zeros(2)])
    layer.build((None, 3))
    np.testing.assert_array_equal(layer([[1.0, 2.0, 3.0]]), [[6.0, 6.0]])
    assert len(layer.weights) == 2
