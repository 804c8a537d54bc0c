"""Units that are shaken: the layer against differences, the shift against what was put in."""

from __future__ import annotations

import numpy as np
import pytest

import course as keras
from course.experiments.covariate_shift import Shaken, shift_per_step
from course.experiments.normalized_digits import normalized_network, power_of_two_digits
from course.utils import check_gradients


def test_gradients() -> None:
    check_gradients(Shaken(0.5), np.random.default_rng(0).normal(size=(4, 3)))


def test_a_batch_is_shaken_as_one_and_each_batch_anew() -> None:
    layer, x = Shaken(0.3), np.array([[0.0, 1.0], [1.0, 3.0], [2.0, 5.0]], "float32")
    one, other = layer(x, training=True), layer(x, training=True)
    np.testing.assert_allclose(np.diff(one, n=2, axis=0), 0, atol=1e-5)  # still on a line
    assert not np.allclose(one, other)
    np.testing.assert_array_equal(layer(x, training=False), x)


def test_size_zero_shakes_nothing() -> None:
    x = np.ones((3, 2), "float32")
    np.testing.assert_array_equal(Shaken(0)(x, training=True), x)
    with pytest.raises(ValueError, match="size"):
        Shaken(-1)


def test_shaken_units_shift_more_than_normalized_ones() -> None:
    x, _, y, _ = power_of_two_digits()
    shifts = {}
    for norm in ("before", "shaken"):
        with keras.config.seeded(0):
            model = normalized_network(3, norm)
            model.compile(keras.optimizers.SGD(0.1), "sparse_categorical_crossentropy")
            shifts[norm] = shift_per_step(model, x, y, layer="h2", updates=10)
    assert shifts["shaken"] > 5 * shifts["before"] > 0
