"""What `unmoved` puts back: statistics and random generators, however deep inside."""

from __future__ import annotations

import numpy as np
import pytest

from course import Sequential, config
from course.engine import unmoved
from course.layers import BatchNormalization, Dropout


def _move_and_fail(model: Sequential, x: np.ndarray) -> None:
    with unmoved(model):
        model(x, training=True)
        _ = 1 / 0


def test_statistics_and_generators_are_put_back_even_after_an_error() -> None:
    inner = Sequential([BatchNormalization(), Dropout(0.5, seed=3)])
    model = Sequential([inner, Dropout(0.5)])
    x = np.random.default_rng(0).normal(size=(50, 4))
    with config.seeded(1):
        model(x)
        before = model.get_weights()
        with unmoved(model):
            first = model(x, training=True)
        with pytest.raises(ZeroDivisionError):
            _move_and_fail(model, x)
        for now, then in zip(model.get_weights(), before, strict=True):
            np.testing.assert_array_equal(now, then)
        second = model(x, training=True)
        third = model(x, training=True)
    np.testing.assert_array_equal(first, second)
    assert (second != third).any()
    assert (model.get_weights()[2] != before[2]).any()
