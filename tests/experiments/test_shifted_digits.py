"""Digits moved on a wider ground: nothing is lost, and the networks are of one size."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.digit_rates import rate_digits
from course.experiments.shifted_digits import (
    NETWORKS,
    SHIFTS,
    scattered,
    shift_accuracies,
    shift_network,
    shifted,
    trained_shift,
)

X = rate_digits()[2][0][:20]


@pytest.mark.parametrize(("dx", "dy"), [(0, 0), (3, -3), (-1, 2)])
def test_no_ink_is_lost_and_it_stands_where_it_should(dx: int, dy: int) -> None:
    images = shifted(X, dx, dy)[..., 0]
    digits = X.reshape(-1, 8, 8)
    np.testing.assert_array_equal(images[:, 3 + dy : 11 + dy, 3 + dx : 11 + dx], digits)
    assert images.sum() == pytest.approx(X.sum())


@pytest.mark.parametrize("move", [{"dx": 4}, {"dy": -4}])
def test_digits_stay_on_the_ground(move: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be"):
        shifted(X, **move)


def test_scattered_digits_are_whole_stand_apart_and_repeat() -> None:
    images = scattered(X)
    np.testing.assert_allclose(images.sum(axis=(1, 2, 3)), X.sum(axis=1), rtol=1e-5)
    np.testing.assert_array_equal(images, scattered(X))
    centres = np.argwhere(images[..., 0] > 0)
    assert np.ptp(centres[:, 1]) > 8
    assert len({tuple(image.ravel()) for image in scattered(X[[0] * 20])}) > 5


def test_networks_learn_as_many_numbers() -> None:
    sizes = [shift_network(name).count_params() for name in NETWORKS]
    assert sizes == [2494, 2494, 2492]


def test_a_trained_network_reads_the_middle_best() -> None:
    accuracies = shift_accuracies(trained_shift("MLP", 0.01))
    assert accuracies.shape == (len(SHIFTS), len(SHIFTS))
    assert accuracies.argmax() == accuracies.size // 2
    assert accuracies[3, 3] > 0.85 > 0.6 > accuracies[3, 6]
