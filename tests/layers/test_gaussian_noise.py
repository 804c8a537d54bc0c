"""GaussianNoise: how much, when, and whose generator."""

from __future__ import annotations

import numpy as np
import pytest

from course import config
from course.layers import GaussianNoise

X = np.full((300, 400), 7.0, "float32")


@pytest.mark.parametrize("stddev", [0.1, 0.5, 1.0])
def test_the_noise_has_mean_0_and_the_standard_deviation(stddev: float) -> None:
    e = GaussianNoise(stddev, seed=0)(X, training=True) - X
    assert e.mean() == pytest.approx(0, abs=4 * stddev / np.sqrt(X.size))
    assert e.std() == pytest.approx(stddev, rel=0.01)
    assert (np.abs(e) < stddev).mean() == pytest.approx(0.6827, abs=0.006)
    assert e.dtype == np.float32


def test_nothing_is_added_in_inference_or_at_0() -> None:
    assert (GaussianNoise(0.5)(X) == X).all()
    assert (GaussianNoise(0)(X, training=True) == X).all()
    assert (X == 7).all()


def test_every_batch_has_new_noise_and_a_seed_repeats_their_sequence() -> None:
    first, second = GaussianNoise(0.5, seed=7), GaussianNoise(0.5, seed=7)
    a, b = first(X, training=True), first(X, training=True)
    assert (a != b).any()
    np.testing.assert_array_equal(second(X, training=True), a)
    np.testing.assert_array_equal(second(X, training=True), b)


def test_without_a_seed_the_package_seed_counts() -> None:
    noisy = []
    for _ in range(2):
        with config.seeded(3):
            noisy.append(GaussianNoise(0.5)(X, training=True))
    np.testing.assert_array_equal(*noisy)


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"stddev": -0.1}, ValueError, "stddev must be at least 0 and at most 1, got -0.1"),
        ({"stddev": 2}, ValueError, "at most 1, got 2"),
        ({"stddev": "a"}, TypeError, "stddev must be a number, got 'a'"),
        ({"stddev": 0.1, "seed": -1}, ValueError, "seed must be zero or more, got -1"),
    ],
)
def test_wrong_arguments(options: dict, error: type, message: str) -> None:
    with pytest.raises(error, match=message):
        GaussianNoise(**options)
