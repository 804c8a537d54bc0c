"""Every layer against central differences, inputs and weights. A new layer is one line here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from course import config, layers
from course.engine import Layer
from course.layers import (
    Activation,
    Add,
    Average,
    AveragePooling2D,
    BatchNormalization,
    Concatenate,
    Conv2D,
    Dense,
    Dropout,
    Embedding,
    Flatten,
    GaussianNoise,
    GlobalAveragePooling2D,
    LayerNormalization,
    LeakyReLU,
    Maximum,
    MaxPooling2D,
    Minimum,
    Multiply,
    ReLU,
    Reshape,
    SimpleRNN,
    Softmax,
    Subtract,
    UpSampling2D,
)
from differences import differences

WIDE = {"beta_initializer": "random_normal", "gamma_initializer": "random_normal"}


class Whole(tuple):
    """The shape of an input of whole numbers, 0, 1 or 2, with respect to which nothing moves."""


# How the layer is made, and the shape of its input, or a list of them.
CASES: list[tuple[Callable[[], Layer], Any]] = [
    (lambda: Dense(3), (4, 2)),
    (lambda: Dense(1, use_bias=False), (5, 3)),
    (lambda: Dense(3, "tanh", bias_initializer="random_normal"), (4, 2)),
    (lambda: Dense(3, "relu", bias_initializer="random_normal"), (4, 2)),
    (lambda: Dense(2, "gelu"), (3, 4, 2)),
    (lambda: Dense(3, "softmax"), (2, 3, 2, 2)),
    (lambda: Activation("sigmoid"), (4, 3)),
    (lambda: Activation("mish"), (2, 3, 2)),
    (lambda: Activation("log_softmax"), (2, 2, 3, 2)),
    (lambda: Dropout(0.4), (5, 4)),
    (lambda: Dropout(0.0), (5, 4)),
    (lambda: Dropout(1.0), (3, 2)),
    (lambda: Dropout(0.5, noise_shape=(None, 1, None)), (3, 4, 2)),
    (lambda: BatchNormalization(**WIDE), (6, 3)),
    (lambda: BatchNormalization(axis=1, **WIDE), (4, 3, 2)),
    (lambda: BatchNormalization(axis=2, **WIDE), (3, 2, 4, 2)),
    (lambda: BatchNormalization(axis=-1, center=False, **WIDE), (3, 2, 2, 3)),
    (lambda: BatchNormalization(scale=False, epsilon=0.1, **WIDE), (5, 2)),
    (lambda: BatchNormalization(center=False, scale=False), (5, 2)),
    (Flatten, (3, 4)),
    (Flatten, (2, 3, 2)),
    (Flatten, (2, 3, 2, 2)),
    (Add, [(4, 3), (4, 3)]),
    (Add, [(2, 3, 2)] * 3),
    (Concatenate, [(4, 2), (4, 3), (4, 1)]),
    (lambda: Concatenate(axis=1), [(2, 3, 2), (2, 1, 2)]),
    (lambda: Concatenate(axis=-2), [(2, 2, 3, 2), (2, 2, 1, 2)]),
    (Concatenate, [(3, 2)]),
    (Add, [(3, 2)]),
    (Add, [(2, 3, 2), (2, 1, 2), (2, 3, 1)]),
    (Subtract, [(4, 3), (4, 3)]),
    (Subtract, [(2, 1, 2), (2, 3, 2)]),
    (Multiply, [(4, 3)] * 3),
    (Multiply, [(2, 3, 1), (2, 1, 4), (2, 4)]),
    (Average, [(4, 3)] * 3),
    (Average, [(2, 3, 1, 2), (2, 2)]),
    (Maximum, [(4, 3)] * 3),
    (Maximum, [(2, 3, 4), (2, 1), (2, 3, 1)]),
    (Minimum, [(4, 3), (4, 3)]),
    (Minimum, [(2, 1, 4), (2, 3, 1)]),
    (lambda: LayerNormalization(**WIDE), (4, 3)),
    (lambda: LayerNormalization(axis=1, epsilon=0.1, **WIDE), (2, 3, 4)),
    (lambda: LayerNormalization(axis=(-1, 1), **WIDE), (3, 2, 2, 3)),
    (lambda: LayerNormalization(axis=[2, 1], scale=False, **WIDE), (2, 3, 4)),
    (lambda: LayerNormalization(center=False, **WIDE), (3, 2, 4)),
    (lambda: LayerNormalization(center=False, scale=False), (5, 2)),
    (lambda: GaussianNoise(0.4), (4, 3)),
    (lambda: GaussianNoise(0.0), (2, 3, 2)),
    (lambda: Reshape((3, 2)), (2, 6)),
    (lambda: Reshape((2, -1, 2)), (3, 4, 2)),
    (lambda: Reshape([-1]), (2, 3, 2)),
    (ReLU, (4, 3)),
    (lambda: ReLU(max_value=1, negative_slope=0.1, threshold=0.2), (5, 4)),
    (LeakyReLU, (2, 3, 2)),
    (Softmax, (4, 3)),
    (lambda: Softmax(axis=1), (2, 3, 4)),
    (lambda: SimpleRNN(3, bias_initializer="random_normal"), (2, 4, 2)),
    (lambda: SimpleRNN(2, "softplus", return_sequences=True), (3, 3, 2)),
    (lambda: SimpleRNN(2, "relu", use_bias=False, go_backwards=True), (3, 4, 1)),
    (lambda: SimpleRNN(2, "gelu", go_backwards=True, return_sequences=True), (2, 3, 2)),
    (lambda: SimpleRNN(3, dropout=0.4, recurrent_dropout=0.3, return_sequences=True), (3, 4, 3)),
    (lambda: SimpleRNN(2, dropout=1, recurrent_dropout=0.5, go_backwards=True), (3, 3, 2)),
    (lambda: SimpleRNN(2), (3, 1, 2)),
    (lambda: Embedding(5, 3), Whole((4, 6))),
    (lambda: Embedding(3, 1), Whole((5,))),
    (lambda: Embedding(9, 2), Whole((2, 3, 2))),
    (lambda: Conv2D(2, 3), (2, 5, 4, 3)),
    (lambda: Conv2D(3, 1, use_bias=False), (2, 2, 3, 2)),
    (lambda: Conv2D(2, 2, padding="same"), (2, 3, 4, 1)),
    (lambda: Conv2D(2, (2, 3), (2, 1), "same", activation="tanh"), (2, 5, 4, 2)),
    (lambda: Conv2D(2, (1, 2), (2, 3), activation="gelu"), (3, 4, 6, 1)),
    (lambda: Conv2D(2, 3, activation="softmax"), (2, 4, 4, 2)),
    (MaxPooling2D, (2, 4, 5, 3)),
    (lambda: MaxPooling2D(3, 2, "same"), (2, 4, 5, 2)),
    (lambda: MaxPooling2D((1, 2), (2, 1)), (2, 4, 3, 2)),
    (AveragePooling2D, (2, 4, 5, 3)),
    (lambda: AveragePooling2D(3, 2, "same"), (2, 4, 5, 2)),
    (lambda: AveragePooling2D((2, 1), 1), (2, 4, 3, 2)),
    (GlobalAveragePooling2D, (2, 3, 4, 2)),
    (lambda: GlobalAveragePooling2D(keepdims=True), (3, 2, 2, 3)),
    (UpSampling2D, (2, 3, 2, 2)),
    (lambda: UpSampling2D((3, 1)), (2, 2, 3, 1)),
    (lambda: UpSampling2D((2, 3), interpolation="bilinear"), (2, 3, 2, 2)),
]


def title(case: Any) -> str:
    """Return ``Dense-4x2``."""
    make, shape = case
    shapes = shape if isinstance(shape, list) else [shape]
    return f"{type(make()).__name__}-" + "+".join("x".join(map(str, s)) for s in shapes)


def drawn(shape: Any, dtype: str = "float64") -> Any:
    """Return an input for `shape`, the entries of unequal sizes."""
    rng = np.random.default_rng(3)
    if isinstance(shape, Whole):
        return rng.integers(3, size=shape).astype(dtype)
    if isinstance(shape, list):
        return [rng.normal(0.3, 1.2, s).astype(dtype) for s in shape]
    return rng.normal(0.3, 1.2, shape).astype(dtype)


def run(layer: Layer, x: Any, training: bool) -> tuple[np.ndarray, Any]:
    """Call `forward`, with the same random numbers every time."""
    with config.seeded(5):
        return layer.forward(x, training)


def built(make: Callable[[], Layer], x: Any) -> Layer:
    """Return the layer with its weights, and statistics that are not those it starts from."""
    with config.seeded(1):
        layer = make()
        layer(x)
    rng = np.random.default_rng(8)
    for v in layer.weights:
        if not v.trainable:
            v.assign(rng.uniform(0.5, 1.5, v.shape))
    return layer


@pytest.mark.parametrize("frozen", [False, True], ids=["trained", "frozen"])
@pytest.mark.parametrize("training", [True, False], ids=["training", "inference"])
@pytest.mark.parametrize("case", CASES, ids=title)
@pytest.mark.usefixtures("float64")
def test_gradients_are_the_differences(case: Any, training: bool, frozen: bool) -> None:
    make, shape = case
    x = drawn(shape)
    layer = built(make, x)
    layer.trainable = not frozen
    y, cache = run(layer, x, training)
    c = np.random.default_rng(4).normal(size=y.shape)

    def f() -> float:
        return float((c * run(layer, x, training)[0]).sum())

    for v in layer.trainable_weights:
        v.grad = np.nan  # backward assigns; it must neither add nor forget
    dy = c.copy()
    dx = layer.backward(dy, cache, True)
    np.testing.assert_array_equal(dy, c)
    for v in layer.trainable_weights:
        np.testing.assert_allclose(v.grad, differences(f, v.value), rtol=1e-6, atol=1e-8)
    if isinstance(shape, Whole):
        assert dx is None
        return
    for xi, dxi in zip(*((x, dx) if isinstance(x, list) else ([x], [dx])), strict=True):
        assert dxi.shape == xi.shape
        np.testing.assert_allclose(dxi, differences(f, xi), rtol=1e-6, atol=1e-8)


@pytest.mark.parametrize("case", CASES, ids=title)
def test_float32_stays_float32_and_nothing_given_is_written_to(case: Any) -> None:
    make, shape = case
    x = drawn(shape, "float32")
    layer = built(make, x)
    before = [np.copy(a) for a in (x if isinstance(x, list) else [x])]
    y, cache = run(layer, x, training=True)
    dy = np.ones_like(y)
    dx = layer.backward(dy, cache, True)
    arrays = [
        y,
        *(dx if isinstance(dx, list) else [] if dx is None else [dx]),
        *(v.grad for v in layer.trainable_weights),
    ]
    assert {a.dtype for a in arrays} == {np.dtype("float32")}
    assert (dy == 1).all()
    for a, b in zip(x if isinstance(x, list) else [x], before, strict=True):
        np.testing.assert_array_equal(a, b)


@pytest.mark.parametrize("case", CASES, ids=title)
def test_the_weights_gradients_do_not_depend_on_need_dx(case: Any) -> None:
    make, shape = case
    x = drawn(shape, "float32")
    layer = built(make, x)
    y, cache = run(layer, x, training=True)
    layer.backward(y, cache, True)
    with_dx = [v.grad.copy() for v in layer.trainable_weights]
    layer.backward(y, cache, False)
    for v, expected in zip(layer.trainable_weights, with_dx, strict=True):
        np.testing.assert_array_equal(v.grad, expected)


@pytest.mark.parametrize("case", CASES, ids=title)
def test_the_output_has_the_shape_that_was_announced(case: Any) -> None:
    make, shape = case
    x = drawn(shape, "float32")
    layer = built(make, x)
    without_batch = (
        [(None, *s[1:]) for s in shape] if isinstance(shape, list) else (None, *shape[1:])
    )
    assert run(layer, x, training=False)[0].shape[1:] == tuple(
        layer.compute_output_shape(without_batch)[1:]
    )


def test_every_layer_is_in_the_list() -> None:
    public = {getattr(layers, name) for name in layers.__all__}
    classes = {thing for thing in public if isinstance(thing, type)}
    checked = {type(make()) for make, _ in CASES}
    assert classes - checked == {layers.Layer, layers.InputLayer}
