"""Dropout: which fraction falls, the scale, the masks."""

from __future__ import annotations

import numpy as np
import pytest

from course import config
from course.layers import Dropout

ONES = np.ones((200, 500), "float32")


@pytest.mark.parametrize("rate", [0.1, 0.5, 0.8])
def test_the_rate_is_the_fraction_dropped_and_the_rest_is_scaled(rate: float) -> None:
    y = Dropout(rate, seed=0)(ONES, training=True)
    np.testing.assert_allclose(np.unique(y), [0, 1 / (1 - rate)], rtol=1e-6)
    assert (y == 0).mean() == pytest.approx(rate, abs=0.006)  # 4 standard deviations
    assert y.mean() == pytest.approx(1, abs=0.03)
    columns = (y == 0).mean(axis=0)
    assert columns.max() - columns.min() < 0.3  # no unit is favoured


def test_nothing_falls_in_inference_or_at_rate_0_and_all_at_rate_1() -> None:
    assert (Dropout(0.9)(ONES) == 1).all()
    assert (Dropout(0)(ONES, training=True) == 1).all()
    layer = Dropout(1.0)
    y, cache = layer.forward(ONES, True)
    assert (y == 0).all()
    assert (layer.backward(ONES, cache) == 0).all()


def test_the_gradient_passes_where_the_signal_did() -> None:
    layer = Dropout(0.5)
    y, cache = layer.forward(ONES, True)
    y2, cache2 = layer.forward(ONES, True)
    np.testing.assert_array_equal(layer.backward(ONES, cache), y)
    np.testing.assert_array_equal(layer.backward(ONES, cache2), y2)


def test_every_batch_has_a_new_mask_and_a_seed_repeats_their_sequence() -> None:
    first, second = Dropout(0.5, seed=7), Dropout(0.5, seed=7)
    assert first.seed == 7
    a, b = first(ONES, training=True), first(ONES, training=True)
    assert (a != b).any()
    np.testing.assert_array_equal(second(ONES, training=True), a)
    np.testing.assert_array_equal(second(ONES, training=True), b)


def test_without_a_seed_the_package_seed_counts() -> None:
    masks = []
    for _ in range(2):
        with config.seeded(3):
            masks.append(Dropout(0.5)(ONES, training=True))
    np.testing.assert_array_equal(*masks)


def test_noise_shape_lets_units_fall_together() -> None:
    x = np.ones((5, 20, 30), "float32")
    y = Dropout(0.5, noise_shape=(None, 1, None), seed=1)(x, training=True)
    assert (y == y[:, :1]).all()
    assert (y != y[:, :, :1]).any()
    assert (y != y[:1]).any()


def test_the_mask_does_not_cost_float64() -> None:
    assert Dropout(0.3)(ONES, training=True).dtype == np.float32


def test_a_noise_shape_may_come_as_a_list_and_hold_numbers() -> None:
    layer = Dropout(0.5, noise_shape=[None, 1, 3], seed=0)
    assert layer.noise_shape == (None, 1, 3)
    assert layer(np.ones((2, 4, 3)), training=True).shape == (2, 4, 3)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"rate": 1.1}, ValueError, "rate must be at least 0 and at most 1, got 1.1"),
        ({"rate": "half"}, TypeError, "rate must be a number, got 'half'"),
        ({"rate": 0.5, "noise_shape": 3}, TypeError, r"a tuple such as \(None, 1, 8\).*got 3"),
        ({"rate": 0.5, "noise_shape": (None, 0)}, ValueError, "noise_shape must be at least 1"),
        ({"rate": 0.5, "noise_shape": (1.5,)}, TypeError, "noise_shape must be a whole number"),
        ({"rate": 0.5, "seed": 1.5}, TypeError, "seed must be a whole number"),
    ],
)
def test_wrong_arguments(options: dict, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        Dropout(**options)


def test_a_noise_shape_that_does_not_fit() -> None:
    for mask in [(None, 2), (None, 4, 3), (None, 1, 1, 1)]:
        with pytest.raises(ValueError, match=r"each entry must be None, 1 or the size there"):
            Dropout(0.5, noise_shape=mask)(np.ones((2, 2, 3)))
    layer = Dropout(0.5, noise_shape=(2, 1, 3))
    layer(np.ones((2, 4, 3)), training=True)
    with pytest.raises(ValueError, match=r"does not fit inputs of shape \(5, 4, 3\)"):
        layer(np.ones((5, 4, 3)), training=True)
