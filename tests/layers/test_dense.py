"""Dense by hand numbers, and against einsum at every rank."""

from __future__ import annotations

import numpy as np
import pytest

from course.initializers import Constant
from course.layers import Dense


def test_by_hand() -> None:
    layer = Dense(2, "relu", bias_initializer=Constant(0.5))
    x = np.array([[1.0, 2.0], [-3.0, 1.0]], "float32")
    layer(x)
    layer.kernel.value = [[1.0, -1.0], [2.0, 0.5]]
    y, cache = layer.forward(x)  # z = (5.5, 0.5), (-0.5, 4)
    np.testing.assert_array_equal(y, [[5.5, 0.5], [0, 4]])
    dx = layer.backward(np.ones_like(y), cache)
    np.testing.assert_array_equal(layer.kernel.grad, [[1, -2], [2, 3]])
    np.testing.assert_array_equal(layer.bias.grad, [1, 2])
    np.testing.assert_array_equal(dx, [[0, 2.5], [-1, 0.5]])


@pytest.mark.parametrize("shape", [(4, 3), (4, 2, 3), (2, 2, 2, 3)])
@pytest.mark.usefixtures("float64")
def test_the_last_axis_of_any_rank(shape: tuple[int, ...]) -> None:
    rng = np.random.default_rng(0)
    layer = Dense(5)
    x = rng.normal(size=shape)
    layer(x)
    y, cache = layer.forward(x)
    dy = rng.normal(size=y.shape)
    dx = layer.backward(dy, cache)
    W = layer.kernel.value
    np.testing.assert_allclose(y, np.einsum("...i,io->...o", x, W))
    np.testing.assert_allclose(dx, np.einsum("...o,io->...i", dy, W))
    rows = "nab"[: x.ndim - 1]
    np.testing.assert_allclose(layer.kernel.grad, np.einsum(f"{rows}i,{rows}o->io", x, dy))
    np.testing.assert_allclose(layer.bias.grad, np.einsum(f"{rows}o->o", dy))
    assert layer.compute_output_shape((None, *shape[1:])) == (None, *shape[1:-1], 5)


@pytest.mark.parametrize("kinds", [("f8", "f4"), ("f4", "f8"), ("f8", "f8"), ("f4", "f4")])
def test_neighbours_of_another_float_type(kinds: tuple[str, str]) -> None:
    layer, (x_kind, dy_kind) = Dense(2), kinds
    x, dy = np.array([[1.0, 2], [3, 4]], x_kind), np.array([[1.0, 0], [-2, 1]], dy_kind)
    layer(x.astype("float32"))
    dx = layer.backward(dy, layer.forward(x)[1])
    assert {layer.kernel.grad.dtype, layer.bias.grad.dtype} == {np.dtype("float32")}
    np.testing.assert_array_equal(layer.kernel.grad, [[-5, 3], [-6, 4]])
    np.testing.assert_array_equal(layer.bias.grad, [-1, 1])
    np.testing.assert_allclose(dx, dy @ layer.kernel.value.T, rtol=1e-6)


def test_without_a_gradient_for_its_input_there_is_none() -> None:
    layer, x = Dense(2), np.ones((3, 2, 4), "float32")
    layer(x)
    assert layer.linear_backward(np.ones((3, 2, 2), "float32"), x, need_dx=False) is None
    assert layer.linear_backward(np.ones((3, 2), "float32"), x[:, 0], need_dx=False) is None


def test_defaults() -> None:
    layer = Dense(50)
    layer(np.ones((1, 50)))
    assert (layer.bias.value == 0).all()
    assert 0.9 * np.sqrt(6 / 100) < np.abs(layer.kernel.value).max() <= np.sqrt(6 / 100)
    assert layer.count_params() == 50 * 51
    bare = Dense(2, use_bias=False)
    bare(np.ones((1, 3)))
    assert (len(bare.weights), bare.bias) == (1, None)


def test_layers_that_share_an_initializer_start_apart() -> None:
    one = "he_normal"
    first, second = Dense(3, kernel_initializer=one), Dense(3, kernel_initializer=one)
    first(np.ones((1, 3)))
    second(np.ones((1, 3)))
    assert (first.kernel.value != second.kernel.value).all()
