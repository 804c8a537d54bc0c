"""Training on two circles, and the signals of a network that has not been trained."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments import deep_circles, fresh_signals, learned, two_circles
from course.initializers import RandomUniform

HALF = RandomUniform(-0.5, 0.5)


def test_repeats_and_depends_on_the_seed() -> None:
    runs = [deep_circles(1, 0.3, seed, epochs=3, kernel_initializer=HALF) for seed in (0, 0, 1)]
    assert runs[0] == runs[1] != runs[2]


def test_a_shallow_network_learns_and_a_deep_one_does_not() -> None:
    assert deep_circles(1, 0.3, kernel_initializer=HALF) > 0.95
    assert deep_circles(20, 0.3, kernel_initializer=HALF, epochs=20) < 0.7


@pytest.mark.filterwarnings("ignore:loss became:RuntimeWarning")
def test_a_training_that_diverges_counts_as_guessing() -> None:
    wild = {"activation": "linear", "kernel_initializer": RandomUniform(-3, 3)}
    assert deep_circles(30, 0.3, epochs=1, width=20, **wild) == 0.5


def test_learned_counts_from_95_percent() -> None:
    assert learned([0.5, 0.949, 0.95, 1.0]) == 2


@pytest.mark.parametrize(("width", "low", "high"), [(5, 0, 0.01), (100, 100, np.inf)])
def test_signals_fade_below_gain_1_and_grow_above(width: int, low: float, high: float) -> None:
    ratio = fresh_signals(20, width=width, kernel_initializer=HALF).ratio
    assert low < ratio < high


def test_forward_sizes_are_root_mean_squares_of_the_activations() -> None:
    from course import config
    from course.experiments import deep_network

    with config.seeded(2):
        model = deep_network(3)
    x, _ = two_circles(2)
    h = model.activations(x)
    expected = [np.sqrt(np.mean(h[f"h{i}"] ** 2)) for i in (1, 2, 3)]
    np.testing.assert_allclose(fresh_signals(3, 2).forward, expected, rtol=1e-6)


def test_what_overflows_is_still_a_number() -> None:
    wild = {"activation": "linear", "kernel_initializer": RandomUniform(-100, 100)}
    sizes = fresh_signals(30, width=50, **wild)
    assert np.isfinite(sizes.forward).all()
    assert np.isfinite(sizes.ratio)
