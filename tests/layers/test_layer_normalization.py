"""LayerNormalization: each sample by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course import Input, Sequential
from course.layers import Dense, LayerNormalization


def test_by_hand() -> None:
    layer = LayerNormalization(epsilon=9.0)  # √(16 + 9) = 5
    x = np.array([[0.0, 8.0], [-3.0, 5.0]], "float32")  # means 4 and 1, variances 16
    layer(x)
    layer.set_weights([[2.0, 1.0], [0.0, 5.0]])
    np.testing.assert_allclose(layer(x), [[-1.6, 5.8], [-1.6, 5.8]], rtol=1e-6)
    np.testing.assert_array_equal(layer(x, training=True), layer(x))


@given(
    axes=st.sets(st.integers(1, 3), min_size=1),
    signs=st.lists(st.booleans(), min_size=3, max_size=3),
    data=st.data(),
)
@pytest.mark.usefixtures("float64")
def test_mean_0_and_variance_1_along_any_axes(axes: set, signs: list, data: st.DataObject) -> None:
    named = [a - 4 if negative else a for a, negative in zip(sorted(axes), signs, strict=False)]
    axis = data.draw(st.permutations(named))
    x = np.random.default_rng(0).normal(3, 2, (2, 3, 4, 5))
    layer = LayerNormalization(axis=axis, epsilon=1e-9)
    y = layer(x)
    np.testing.assert_allclose(y.mean(axis=tuple(axes)), 0, atol=1e-9)
    np.testing.assert_allclose(y.var(axis=tuple(axes)), 1, atol=1e-6)
    assert layer.gamma.shape == layer.beta.shape == tuple(x.shape[a] for a in sorted(axes))


def test_samples_do_not_see_each_other() -> None:
    x = np.random.default_rng(0).normal(size=(4, 3)).astype("float32")
    layer = LayerNormalization()
    np.testing.assert_allclose(layer(x)[2:3], layer(x[2:3]), rtol=1e-6)


def test_defaults_and_names() -> None:
    layer = LayerNormalization()
    layer(np.ones((1, 3)))
    assert (layer.axis, layer.epsilon) == (-1, 1e-3)
    assert [(v.name, v.value.tolist()) for v in layer.weights] == [
        ("gamma", [1, 1, 1]),
        ("beta", [0, 0, 0]),
    ]
    assert LayerNormalization(axis=[1, 2]).axis == (1, 2)
    bare = LayerNormalization(center=False, scale=False)
    bare(np.ones((1, 3)))
    assert bare.weights == []


def test_large_offsets_do_not_cancel() -> None:
    x = 10_000 + np.array([[-1.0, 1.0]], "float32")
    np.testing.assert_allclose(LayerNormalization()(x), [[-1, 1]], atol=1e-3)


def test_any_size_along_the_other_axes() -> None:
    model = Sequential([Input((None, 3)), LayerNormalization(), Dense(2)])
    assert model.predict(np.ones((2, 5, 3)), verbose=0).shape == (2, 5, 2)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"axis": 0}, ValueError, r"within each sample: axis=0 .* not the batch \(0\)"),
        ({"axis": (1, 0)}, ValueError, r"axis=\(1, 0\)"),
        ({"axis": ()}, ValueError, r"axis=\(\) must name at least one"),
        ({"axis": 1.5}, TypeError, "axis must be a whole number, got 1.5"),
        ({"epsilon": 0}, ValueError, "epsilon must be above 0, got 0"),
        ({"gama_initializer": "ones"}, TypeError, "no argument 'gama_initializer'"),
    ],
)
def test_wrong_arguments(options: dict, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        LayerNormalization(**options)


@pytest.mark.parametrize("axis", [3, -3, (1, -2), (1, 1)])
def test_axes_that_do_not_fit(axis: object) -> None:
    with pytest.raises(ValueError, match="it must name different axes, the batch left out"):
        LayerNormalization(axis=axis)(np.ones((2, 3, 4)))


def test_other_shapes_than_it_was_built_for() -> None:
    layer = LayerNormalization(axis=1)
    layer(np.ones((2, 3, 4)))
    layer(np.ones((5, 3, 7)))
    for shape in [(2, 4, 4), (2, 3)]:
        with pytest.raises(ValueError, match=r"built for inputs of shape \(None, 3, None\), got"):
            layer(np.ones(shape))
    with pytest.raises(ValueError, match=r"needs to know the sizes along axis=-1, got inputs of"):
        LayerNormalization()(Input((3, None)))
