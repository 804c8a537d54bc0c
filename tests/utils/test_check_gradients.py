"""The check finds what is wrong with a backward pass, and leaves the layer as it was."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course import Input, Model, Sequential, config
from course.layers import Add, BatchNormalization, Concatenate, Dense, Dropout, Embedding, Layer
from course.utils import check_gradients

X = np.random.default_rng(0).normal(size=(4, 3))


class Square(Layer):
    """y = (w·x)², with a flaw where one is asked for."""

    def __init__(self, flaw: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.flaw = flaw

    def build(self, input_shape: Any) -> None:
        self.w = self.add_weight("w", (input_shape[-1],), "random_normal")

    def forward(self, x: np.ndarray, training: bool = False) -> tuple[np.ndarray, Any]:
        z = x * self.w.value
        return z * z, (x, z)

    def backward(self, dy: np.ndarray, cache: Any, need_dx: bool = True) -> Any:
        x, z = cache
        dz = 2 * z * dy
        dw = (dz * x).sum(axis=0)
        if self.flaw == "adds":
            self.w.grad += dw
        elif self.flaw == "forgets":
            pass
        elif self.flaw == "means":
            self.w.grad = dw / len(x)
        elif self.flaw == "nan":
            self.w.grad = np.nan
        else:
            self.w.grad = dw
        if self.flaw == "writes":
            dy *= 0
        dx = dz * self.w.value
        if self.flaw == "sign":
            dx = -dx
        elif self.flaw == "one entry":
            dx[2, 1] += 1e-3
        elif self.flaw == "shape":
            dx = dx.sum(axis=0)
        elif self.flaw == "nothing":
            dx = None
        return dx


def test_integers_have_no_gradient_to_check() -> None:
    assert check_gradients(Embedding(4, 2), np.array([[0, 3], [3, 1]])) < 1e-8


def test_a_right_layer_passes_with_a_small_error() -> None:
    assert check_gradients(Square(), X) < 1e-8


@pytest.mark.parametrize(
    ("flaw", "message"),
    [
        ("adds", r"dw of 'square' at \(0,\) is nan"),
        ("forgets", "dw of 'square'"),
        ("means", "dw of 'square'.*difference quotient"),
        ("nan", "dw of 'square' .* is nan"),
        ("writes", "'square' writes into dy"),
        ("sign", "dx of 'square'.*Check backward against the derivative of forward"),
        ("one entry", r"dx of 'square' at \(2, 1\)"),
        ("shape", r"dx of 'square' has shape \(3,\), expected \(4, 3\)"),
        ("nothing", r"dx of 'square' has shape \(\), expected \(4, 3\)"),
    ],
)
def test_a_wrong_layer_does_not(flaw: str, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        check_gradients(Square(flaw), X)


@pytest.mark.parametrize("training", [True, False])
def test_layers_that_move_or_draw_are_checked_and_left_as_they_were(training: bool) -> None:
    for layer in (Dropout(0.5), Dropout(0.5, seed=1), BatchNormalization()):
        assert check_gradients(layer, X, training) < 1e-6
    config.set_floatx("float64")
    try:
        layer = BatchNormalization()
        layer(X)
    finally:
        config.set_floatx("float32")
    before = layer.get_weights()
    check_gradients(layer, X)
    for now, then in zip(layer.get_weights(), before, strict=True):
        np.testing.assert_array_equal(now, then)


def test_lists_and_whole_models() -> None:
    assert check_gradients(Concatenate(), [X, X]) < 1e-8
    assert check_gradients(Sequential([Dense(3, "tanh"), Dropout(0.2), Dense(2)]), X) < 1e-6
    config.set_floatx("float64")
    try:
        a, b = Input((3,)), Input((3,))
        model = Model([a, b], Add()([Dense(2)(a), Dense(2, "tanh")(b)]))
    finally:
        config.set_floatx("float32")
    assert check_gradients(model, [X, X]) < 1e-6


def test_a_flaw_inside_a_model_is_found_though_names_repeat() -> None:
    with pytest.raises(AssertionError, match="dw"):
        check_gradients(Sequential([Square("means"), Square()]), X)


def test_x_is_not_changed_and_float32_weights_are_refused() -> None:
    before = X.copy()
    check_gradients(Square(), X)
    np.testing.assert_array_equal(X, before)
    layer = Dense(2)
    layer(X)
    with pytest.raises(ValueError, match="'dense' has float32 weights; check a fresh layer"):
        check_gradients(layer, X)
    assert config.floatx() == "float32"
