"""Conv2D beside plain loops, by hand numbers, and in a network."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import course
from course import Input, Sequential
from course.layers import BatchNormalization, Conv2D, Dense, Flatten, MaxPooling2D, windows
from windows_oracle import drawn, geometries
from windows_oracle import windows as each_window


def convolved(x: np.ndarray, W: np.ndarray, b: np.ndarray, y: np.ndarray, **geometry: Any) -> None:
    """Write into y the convolution of x, window by window."""
    y[...] = b
    for r, s, cells in each_window(x.shape[1:3], W.shape[:2], **geometry):
        for i, j, h, w in cells:
            y[:, r, s] += x[:, h, w] @ W[i, j]


@given(geometry=geometries(), channels=st.integers(1, 3), filters=st.integers(1, 3))
def test_forward_is_a_loop_over_windows(geometry: dict, channels: int, filters: int) -> None:
    image, size, strides = geometry["image"], geometry["size"], geometry["strides"]
    layer = Conv2D(filters, size, strides, geometry["padding"], bias_initializer="ones")
    x = drawn(2, image, channels)
    y = layer(x)
    expected = np.empty(y.shape)
    W, b = layer.get_weights()
    convolved(x, W, b, expected, strides=strides, padding=geometry["padding"])
    np.testing.assert_allclose(y, expected, atol=1e-4)
    assert layer.compute_output_shape((None, *image, channels)) == (None, *y.shape[1:])


@given(geometry=geometries(), channels=st.integers(1, 2), filters=st.integers(1, 2))
def test_backward_is_the_adjoint_of_that_loop(geometry: dict, channels: int, filters: int) -> None:
    image, size = geometry["image"], geometry["size"]
    layer = Conv2D(filters, size, geometry["strides"], geometry["padding"])
    x = drawn(2, image, channels)
    layer(x)
    y, cache = layer.forward(x.astype("float32"))
    dy = drawn(2, y.shape[1:3], filters).astype("float32")
    dx = layer.backward(dy, cache)
    W = layer.kernel.value
    expected_dx, expected_dW = np.zeros(x.shape), np.zeros(W.shape)
    for r, s, cells in each_window(image, size, geometry["strides"], geometry["padding"]):
        for i, j, h, w in cells:
            expected_dx[:, h, w] += dy[:, r, s] @ W[i, j].T
            expected_dW[i, j] += x[:, h, w].T @ dy[:, r, s]
    np.testing.assert_allclose(dx, expected_dx, atol=1e-4)
    np.testing.assert_allclose(layer.kernel.grad, expected_dW, atol=1e-4)
    np.testing.assert_allclose(layer.bias.grad, dy.sum(axis=(0, 1, 2)), atol=1e-4)


def test_by_hand() -> None:
    layer = Conv2D(1, 2, activation="relu")
    x = np.arange(9.0, dtype="float32").reshape(1, 3, 3, 1)
    layer(x)
    layer.set_weights([np.array([[1, 0], [0, -1]]).reshape(2, 2, 1, 1), [5]])
    y, cache = layer.forward(x)  # x[r, s] − x[r + 1, s + 1] + 5 = −4 + 5 everywhere
    np.testing.assert_array_equal(y, np.ones((1, 2, 2, 1)))
    dx = layer.backward(y, cache)
    np.testing.assert_array_equal(dx[0, ..., 0], [[1, 1, 0], [1, 0, -1], [0, -1, -1]])
    np.testing.assert_array_equal(layer.kernel.grad[..., 0, 0], [[8, 12], [20, 24]])
    np.testing.assert_array_equal(layer.bias.grad, [4])


def test_the_odd_zero_of_same_is_at_the_bottom_and_right() -> None:
    layer = Conv2D(1, 2, padding="same", kernel_initializer="ones")
    y = layer(np.ones((1, 2, 2, 1)))
    np.testing.assert_array_equal(y[0, ..., 0], [[4, 2], [2, 1]])


def test_what_a_layer_learns_does_not_depend_on_the_bands(monkeypatch: Any) -> None:
    x = np.random.default_rng(0).normal(size=(3, 9, 8, 2)).astype("float32")
    layer = Conv2D(4, 3, (2, 1), "same")
    layer(x)
    results = []
    for numbers in (windows.BAND, 1):
        monkeypatch.setattr(windows, "BAND", numbers)
        y, cache = layer.forward(x)
        dx = layer.backward(np.cos(y), cache)
        results.append([y, dx, layer.kernel.grad.copy(), layer.bias.grad.copy()])
    for whole, banded in zip(*results, strict=True):
        np.testing.assert_allclose(banded, whole, rtol=1e-5, atol=1e-5)


def test_defaults() -> None:
    layer = Conv2D(64, 5)
    layer(np.ones((1, 5, 5, 16)))
    limit = np.sqrt(6 / (25 * 16 + 25 * 64))  # a window has 25 cells
    assert (layer.bias.value == 0).all()
    assert 0.95 * limit < np.abs(layer.kernel.value).max() <= limit
    assert layer.kernel.shape == (5, 5, 16, 64)
    bare = Conv2D(2, (1, 3), use_bias=False)
    bare(np.ones((1, 3, 3, 2)))
    assert (bare.count_params(), bare.bias) == (12, None)


def test_regularizers_and_constraints_reach_the_kernel() -> None:
    layer = Conv2D(1, 1, kernel_regularizer="l2", bias_constraint="non_neg")
    layer(np.ones((1, 1, 1, 1)))
    assert layer.kernel.regularizer is layer.kernel_regularizer is not None
    assert layer.bias.constraint is layer.bias_constraint is not None


def test_a_frozen_layer_passes_the_gradient_on() -> None:
    layer = Conv2D(2, 2)
    x = np.ones((1, 3, 3, 1), "float32")
    layer(x)
    y, cache = layer.forward(x)
    expected = layer.backward(y, cache)
    for v in layer.weights:
        v.bind(v.value.copy(), None, owner=None)
    np.testing.assert_array_equal(layer.backward(y, cache), expected)
    assert layer.backward(y, cache, need_dx=False) is None


def test_parameters_of_a_network_and_its_summary(capsys: pytest.CaptureFixture[str]) -> None:
    model = Sequential(
        [Input((20, 20, 3)), Conv2D(2, 3, padding="same"), Flatten(), Dense(2, "softmax")]
    )
    assert [layer.count_params() for layer in model.layers] == [56, 0, 1602]
    model.summary()
    printed = capsys.readouterr().out
    for text in ("(None, 20, 20, 2)", "(None, 800)", "56", "1,602", "1,658"):
        assert text in printed


def test_images_of_any_size_pass_through_one_layer() -> None:
    model = Sequential([Input((None, None, 1)), Conv2D(2, 3, strides=2, padding="same")])
    assert model.output_shape == (None, None, None, 2)
    assert Conv2D.compute_output_shape(model.layers[-1], (None, None, 7, 1)) == (None, None, 4, 2)
    assert model.predict(np.ones((2, 4, 7, 1))).shape == (2, 2, 4, 2)
    assert model.predict(np.ones((2, 1, 1, 1))).shape == (2, 1, 1, 2)


def test_a_small_network_learns_where_the_bar_is() -> None:
    course.set_random_seed(0)
    rng = np.random.default_rng(0)
    y = rng.integers(0, 2, 256)
    x = rng.normal(0, 0.3, (256, 8, 8, 1))
    for image, label in zip(x, y, strict=True):  # a bar that lies or stands, anywhere
        place = rng.integers(1, 7)
        image[(place, slice(None)) if label else (slice(None), place)] += 1
    model = Sequential(
        [
            Input((8, 8, 1)),
            Conv2D(8, 3, activation="relu"),
            BatchNormalization(),
            MaxPooling2D(),
            Conv2D(8, 3, activation="relu"),
            Flatten(),
            Dense(1, "sigmoid"),
        ]
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    history = model.fit(x[:192], y[:192], epochs=12, verbose=0).history
    assert history["loss"][-1] < history["loss"][0] / 3
    assert model.evaluate(x[192:], y[192:], verbose=0, return_dict=True)["accuracy"] > 0.9


def test_the_same_seed_gives_the_same_training() -> None:
    weights = []
    for _ in range(2):
        course.set_random_seed(1)
        model = Sequential([Input((6, 6, 2)), Conv2D(3, 3), MaxPooling2D(), Flatten(), Dense(1)])
        model.compile("sgd", "mse")
        model.fit(np.cos(np.arange(720)).reshape(10, 6, 6, 2), np.arange(10) / 10, verbose=0)
        weights.append(model.get_weights())
    for first, second in zip(*weights, strict=True):
        np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"filters": 0}, ValueError, "filters must be at least 1, got 0"),
        ({"filters": 2.5}, TypeError, "filters must be a whole number, got 2.5"),
        ({"kernel_size": (3, 0)}, ValueError, "kernel_size must be at least 1, got 0"),
        ({"kernel_size": (3, 3, 3)}, ValueError, "kernel_size must be a whole number or a pair"),
        ({"kernel_size": "3"}, TypeError, "kernel_size must be a whole number, got '3'"),
        ({"strides": 0}, ValueError, "strides must be at least 1, got 0"),
        ({"padding": "sane"}, ValueError, "padding must be .*got 'sane'. Did you mean 'same'"),
        ({"padding": None}, ValueError, "padding must be one of 'valid', 'same', got None"),
        ({"data_format": "channels_first"}, ValueError, re.escape("np.moveaxis(x, 1, -1)")),
        (
            {"dilation_rate": 2},
            ValueError,
            "groups must be 1, got dilation_rate=2",
        ),
        ({"groups": 0}, ValueError, "groups must be at least 1, got 0"),
        ({"groups": 2}, ValueError, "groups=2. Leave them out"),
        ({"activation": "rellu"}, ValueError, "Did you mean 'relu'"),
        ({"kernel": 3}, TypeError, "no argument 'kernel'"),
    ],
)
def test_wrong_arguments_are_named(arguments: dict, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        Conv2D(**{"filters": 1, "kernel_size": 3, **arguments})


@pytest.mark.parametrize(
    ("shape", "message"),
    [
        ((28, 28), "Add a channel axis: x[..., np.newaxis], and Input((28, 28, 1))"),
        ((784,), "got inputs of shape (None, 784). Flat rows become images by Reshape"),
        ((2, 4, 4, 4, 1), "(batch, height, width, channels), got inputs of shape (None, 2, 4"),
        ((8, 8, None), "needs a known number of channels"),
        ((2, 9, 1), "'conv2d' has windows of (3, 3) cells, but its input of shape"),
        ((9, 2, 1), "(None, 9, 2, 1) is only 2 wide. Use padding='same'"),
    ],
)
def test_inputs_that_do_not_fit_are_refused_before_weights_are_made(
    shape: tuple, message: str
) -> None:
    layer = Conv2D(2, 3, name="conv2d")
    with pytest.raises(ValueError, match=re.escape(message)):
        layer(Input(shape))
    assert (layer.built, layer.weights) == (False, [])


def test_another_number_of_channels_than_at_first_is_refused() -> None:
    layer = Conv2D(2, 3)
    layer(np.ones((1, 3, 3, 1)))
    with pytest.raises(ValueError, match="built for 1 features"):
        layer(np.ones((1, 3, 3, 2)))


def test_an_image_that_turns_out_too_small_is_refused() -> None:
    model = Sequential([Input((None, None, 1)), Conv2D(2, 3)])
    with pytest.raises(ValueError, match="is only 1 high"):
        model.predict(np.ones((2, 1, 5, 1)))
