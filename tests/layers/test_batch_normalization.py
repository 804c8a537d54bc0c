"""BatchNormalization by hand numbers: statistics, moving averages, frozen."""

from __future__ import annotations

import numpy as np
import pytest

from course import Input, Sequential
from course.layers import BatchNormalization, Dense

X = np.array([[1.0, 0.0], [3.0, 8.0]], "float32")  # means 2 and 4, variances 1 and 16


def built(**options: object) -> BatchNormalization:
    """Return a layer for two features with γ = (2, 1) and β = (0, 5), where it has them."""
    layer = BatchNormalization(**options)
    layer(X)
    if layer.gamma is not None:
        layer.gamma.value = [2.0, 1.0]
    if layer.beta is not None:
        layer.beta.value = [0.0, 5.0]
    return layer


def test_training_by_hand() -> None:
    layer = built(epsilon=9.0)  # √(16 + 9) = 5
    y = layer(X, training=True)
    r = 2 / np.sqrt(10)
    np.testing.assert_allclose(y, [[-r, 5 - 0.8], [r, 5 + 0.8]], rtol=1e-6)


def test_moving_statistics_use_the_biased_variance_and_the_momentum() -> None:
    layer = built(momentum=0.75)
    assert [v.value.tolist() for v in layer.weights[2:]] == [[0, 0], [1, 1]]
    layer(X, training=True)
    assert layer.moving_mean.value.tolist() == [0.5, 1]  # 0.25·(2, 4)
    assert layer.moving_variance.value.tolist() == [1, 4.75]  # 0.75·1 + 0.25·(1, 16)
    layer(X, training=True)
    assert layer.moving_mean.value.tolist() == [0.875, 1.75]
    layer(X)
    assert layer.moving_mean.value.tolist() == [0.875, 1.75]


def test_inference_by_hand() -> None:
    layer = built(epsilon=1.0)
    layer.moving_mean.value, layer.moving_variance.value = [1.0, 2.0], [3.0, 8.0]
    # (x − 1)/2·2 and (x − 2)/3 + 5
    np.testing.assert_allclose(layer(X), [[0, 5 - 2 / 3], [2, 7]], rtol=1e-6)


def test_frozen_means_inference_whatever_the_model_does() -> None:
    layer = built()
    expected = layer(X)
    layer.trainable = False
    np.testing.assert_array_equal(layer(X, training=True), expected)
    assert layer.moving_mean.value.tolist() == [0, 0]
    layer.trainable = True
    assert (layer(X, training=True) != expected).any()


@pytest.mark.parametrize("axis", [1, -2])
def test_other_axes_are_averaged_over_everything_else(axis: int) -> None:
    x = np.random.default_rng(0).normal(3, 2, (6, 4, 5)).astype("float32")
    layer = BatchNormalization(axis=axis)
    y = layer(x, training=True)
    np.testing.assert_allclose(y.mean(axis=(0, 2)), 0, atol=1e-6)
    np.testing.assert_allclose(y.var(axis=(0, 2)), 1, atol=2e-3)
    np.testing.assert_allclose(layer.moving_mean.value, 0.01 * x.mean(axis=(0, 2)), rtol=1e-5)
    with pytest.raises(ValueError, match="rank 3, batch included"):
        layer(np.ones((2, 4)))


def test_defaults() -> None:
    layer = built()
    assert (layer.axis, layer.momentum, layer.epsilon) == (-1, 0.99, 1e-3)
    assert [v.name for v in built(center=False).weights] == [
        "gamma",
        "moving_mean",
        "moving_variance",
    ]
    assert [v.name for v in built(scale=False).weights] == [
        "beta",
        "moving_mean",
        "moving_variance",
    ]


def test_large_offsets_do_not_cancel() -> None:
    x = 10_000 + np.array([[-1.0], [1.0]], "float32")
    np.testing.assert_allclose(BatchNormalization()(x, training=True), [[-1], [1]], atol=1e-3)


def test_statistics_are_not_among_the_trained_weights() -> None:
    model = Sequential([Input((2,)), BatchNormalization(), Dense(1)])
    model.compile("adam", "mse")
    assert model.parameters.value.size == 2 + 2 + 3
    model.fit(X, [0.0, 1.0], verbose=0)
    assert len(model.non_trainable_weights) == 2


def test_every_argument_reaches_its_weight() -> None:
    model = Sequential([
        Input((2,)),
        BatchNormalization(beta_initializer="ones", gamma_initializer="zeros",
                           moving_mean_initializer="ones", moving_variance_initializer="zeros",
                           beta_regularizer="l1", gamma_regularizer="l2",
                           beta_constraint="non_neg", gamma_constraint="unit_norm"),
    ])  # fmt: skip
    assert [w.tolist() for w in model.get_weights()] == [[0, 0], [1, 1], [1, 1], [0, 0]]
    model.compile("sgd", "mse")
    model.layers[0].gamma.value = [2.0, 0.0]
    y = model.predict(X, verbose=0)
    assert model.evaluate(X, y, verbose=0) == pytest.approx(0.01 * 2 + 0.01 * 4)
    model.fit(X, y - 5000, verbose=0)  # pushes β below 0, where it must not go
    gamma, beta, *_ = model.get_weights()
    assert beta.tolist() == [0, 0]
    assert np.linalg.norm(gamma) == pytest.approx(1, rel=1e-5)


def test_the_number_of_features_must_be_known() -> None:
    with pytest.raises(ValueError, match=r"needs to know the number of features, axis=1, got"):
        BatchNormalization(axis=1)(Input((None, 3)))
    with pytest.raises(ValueError, match=r"axis=-2 does not fit inputs of shape \(None, 3\)"):
        BatchNormalization(axis=-2)(Input((3,)))
