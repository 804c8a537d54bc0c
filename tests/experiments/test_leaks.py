"""Leaks where there is nothing to learn: whatever is above one half is a leak."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.leaks import LEAKS, coin_score, neighbour, strongest


def test_the_strongest_columns_are_those_that_go_with_y() -> None:
    rng = np.random.default_rng(0)
    y = np.tile([0, 1], 20)
    x = rng.normal(size=(40, 6))
    x[:, 1] = -100 * y + rng.normal(size=40)  # against y is as good as with it
    x[:, 4] = y
    x[:, 0] *= 1000  # size is not strength
    np.testing.assert_array_equal(strongest(x, y, 2), [1, 4])
    sizes = [abs(np.corrcoef(column, y)[0, 1]) for column in x.T]
    np.testing.assert_array_equal(strongest(x, y, 3), np.sort(np.argsort(sizes)[-3:]))


def test_the_nearest_row_answers() -> None:
    x, y = np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([7, 9])
    np.testing.assert_array_equal(neighbour(x, y, np.array([[1.0, 1.0], [2.0, 3.0]])), [7, 9])


@pytest.mark.parametrize(
    ("leak", "low", "high"),
    [(LEAKS[0], 0.4, 0.6), (LEAKS[1], 0.4, 0.6), (LEAKS[2], 0.7, 0.9), (LEAKS[3], 0.65, 0.85)],
)
def test_only_what_knows_test_labels_beats_the_coin(leak: str, low: float, high: float) -> None:
    assert low < np.mean([coin_score(leak, seed) for seed in range(30)]) < high


def test_an_unknown_leak_is_refused() -> None:
    with pytest.raises(ValueError, match="leak"):
        coin_score("faucet")
