"""Layers that take lists."""

from __future__ import annotations

import operator
from functools import reduce

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import mutually_broadcastable_shapes

from course import Input, Model, config
from course.layers import (
    Add,
    Average,
    Concatenate,
    Dense,
    Layer,
    Maximum,
    Minimum,
    Multiply,
    Subtract,
)
from course.layers.merging import Merge
from course.optimizers import Adam
from differences import differences

ELEMENTWISE = {
    Add: sum,
    Multiply: lambda xs: reduce(operator.mul, xs),
    Average: lambda xs: sum(xs) / len(xs),
    Maximum: lambda xs: reduce(np.maximum, xs),
    Minimum: lambda xs: reduce(np.minimum, xs),
}


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        (Add(), [[13, 24]]),
        (Multiply(), [[20, 80]]),
        (Average(), [[13 / 3, 8]]),
        (Maximum(), [[10, 20]]),
        (Minimum(), [[1, 2]]),
        (Concatenate(), [[1, 2, 10, 20, 2, 2]]),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_by_hand(layer: Layer, expected: list) -> None:
    xs = [np.array([row], "float32") for row in ([1, 2], [10, 20], [2, 2])]
    np.testing.assert_allclose(layer(xs), expected, rtol=1e-6)
    assert [x.tolist() for x in xs] == [[[1, 2]], [[10, 20]], [[2, 2]]]


def test_subtract_takes_the_second_from_the_first() -> None:
    a, b = np.array([[5.0, 1.0]], "float32"), np.array([[2.0, 4.0]], "float32")
    assert Subtract()([a, b]).tolist() == [[3, -3]]
    layer = Subtract()
    da, db = layer.backward(a, layer.forward([a, b])[1])
    assert (da.tolist(), db.tolist()) == ([[5, 1]], [[-5, -1]])


def test_concatenate() -> None:
    a, b = np.ones((2, 3, 1), "float32"), np.zeros((2, 3, 2), "float32")
    y, cuts = Concatenate().forward([a, b])
    assert y[0, 0].tolist() == [1, 0, 0]
    da, db = Concatenate().backward(y, cuts)
    np.testing.assert_array_equal(da, a)
    np.testing.assert_array_equal(db, b)
    assert Concatenate(axis=1)([Input((3, 2)), Input((4, 2))]).shape == (None, 7, 2)
    assert Concatenate()([Input((None, 2)), Input((None, 5))]).shape == (None, None, 7)


@pytest.mark.parametrize("layer", [Add(), Multiply(), Average(), Maximum(), Concatenate()])
def test_a_list_of_one_is_that_one(layer: Layer) -> None:
    x = np.array([[1.0, 2.0]], "float32")
    np.testing.assert_array_equal(layer([x]), x)
    assert layer([Input((3,))]).shape == (None, 3)


@given(
    shapes=mutually_broadcastable_shapes(num_shapes=3, min_dims=0, max_dims=3, max_side=3),
    seed=st.integers(0, 1000),
    kind=st.sampled_from(list(ELEMENTWISE)),
)
@pytest.mark.usefixtures("float64")
def test_shapes_broadcast_after_the_batch(shapes: object, seed: int, kind: type[Layer]) -> None:
    rng = np.random.default_rng(seed)
    xs = [rng.normal(size=(2, *shape)) for shape in shapes.input_shapes]
    layer, rank = kind(), max(x.ndim for x in xs)
    y, cache = layer.forward(xs)
    aligned = [x.reshape(2, *[1] * (rank - x.ndim), *x.shape[1:]) for x in xs]
    np.testing.assert_allclose(y, ELEMENTWISE[kind](aligned))
    assert y.shape == (2, *shapes.result_shape)
    assert layer.compute_output_shape([(None, *s) for s in shapes.input_shapes]) == (
        None,
        *shapes.result_shape,
    )
    c = rng.normal(size=y.shape)
    for x, dx in zip(xs, layer.backward(c, cache), strict=True):
        expected = differences(lambda: float((c * layer.forward(xs)[0]).sum()), x)
        assert dx.shape == x.shape
        np.testing.assert_allclose(dx, expected, rtol=1e-5, atol=1e-7)


def test_sizes_that_are_not_known_yet() -> None:
    assert Add()([Input((None, 2)), Input((1, 2))]).shape == (None, None, 2)
    assert Add()([Input((None, 2)), Input((5, 1))]).shape == (None, 5, 2)  # None can be 1 or 5
    assert Multiply()([Input((4,)), Input((3, 1))]).shape == (None, 3, 4)
    assert Add()([Input((2,)), Input((2,), batch_size=7)]).shape == (None, 2)
    assert Concatenate(1)([Input((None, 2)), Input((3, 2))]).shape == (None, None, 2)


@pytest.mark.parametrize(("layer", "y"), [(Maximum(), [3, 5, 2]), (Minimum(), [3, 1, 2])])
def test_those_that_tie_share_the_gradient(layer: Layer, y: list) -> None:
    a, b, c = (np.array([row], "float32") for row in ([3, 1, 2], [3, 5, 2], [3, 5, 2]))
    result, cache = layer.forward([a, b, c])
    assert result.tolist() == [y]
    dx = np.array(layer.backward(np.full((1, 3), 6, "float32"), cache))[:, 0]
    middle = [0, 3, 3] if y[1] == 5 else [6, 0, 0]
    assert dx.T.tolist() == [[2, 2, 2], middle, [2, 2, 2]]
    assert dx.dtype == np.float32


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        (Add(), [[2, 2]]),
        (Subtract(), [[0, 0]]),
        (Multiply(), [[6, -2]]),  # x², twice x
        (Average(), [[1, 1]]),
        (Maximum(), [[1, 1]]),
        (Minimum(), [[1, 1]]),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_the_same_tensor_twice_gets_both_gradients(layer: Layer, expected: list) -> None:
    x = Input((2,))
    graph = Model(x, layer([x, x])).graph
    data = np.array([[3.0, -1.0]], "float32")
    ys, trace = graph.forward([data])
    dxs, _ = graph.backward([np.ones_like(ys[0])], trace, need_dx=True)
    np.testing.assert_array_equal(dxs[0], expected)


def test_a_gate_learns() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(200, 2))
    y = x[:, :1] * (x[:, 1:] > 0)
    with config.seeded(0):
        entry = Input((2,))
        gated = Multiply()([Dense(4)(entry), Dense(1, "sigmoid")(entry)])
        model = Model(entry, Dense(1)(gated))
        model.compile(Adam(0.02), "mse")
        before = model.evaluate(x, y, verbose=0)
        model.fit(x, y, epochs=60, verbose=0)
    assert model.evaluate(x, y, verbose=0) < 0.1 * before


@pytest.mark.parametrize(
    ("layer", "shapes", "message"),
    [
        (Add(), [(2,), (3,)], r"Add 'add' needs inputs of one shape, save for axes of size 1, got"),
        (Maximum(), [(2, 3), (2,)], r"Maximum 'maximum' needs .*\[\(None, 2, 3\), \(None, 2\)\]"),
        (Subtract(), [(2,)], "takes exactly two inputs, got 1"),
        (Subtract(), [(2,)] * 3, r"got 3. Add up what .*Subtract\(\)\(\[a, Add\(\)\(\[b, c"),
        (Concatenate(), [(2, 3), (3, 3)], "differ along axis -1 only"),
        (Concatenate(), [(2, 3), (3,)], "differ along axis -1 only"),
        (Concatenate(axis=3), [(2, 3), (2, 3)], "axis=3 does not fit"),
        (Concatenate(axis=-3), [(2, 3), (2, 3)], "axis=-3 does not fit"),
    ],
)
def test_what_does_not_fit_together(layer: Layer, shapes: list, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        layer([Input(shape) for shape in shapes])
    with pytest.raises(ValueError, match=r"merges a list of tensors.*Call it on a list"):
        layer(Input((2,)))


def test_batches_of_different_sizes_are_refused_even_one() -> None:
    with pytest.raises(ValueError, match=r"Add 'add' needs inputs of one batch size, got \[1, 3\]"):
        Add()([np.ones((1, 2)), np.ones((3, 2))])


def test_a_merge_of_ones_own_says_what_it_must_define() -> None:
    class Median(Merge):
        pass

    x = [np.ones((1, 2))] * 3
    with pytest.raises(NotImplementedError, match=r"Median must define combine\(x\)"):
        Median()(x)
    with pytest.raises(NotImplementedError, match=r"Median must define gradients\(dy, x, y\)"):
        Median().gradients(x[0], x, x[0])


def test_concatenate_joins_no_samples() -> None:
    with pytest.raises(ValueError, match="joins features, not samples: axis must not be 0"):
        Concatenate(axis=0)
