"""The same weights in two modes: what differs, what stays, and what a refresh mends."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.normalized_digits import power_of_two_digits
from course.experiments.two_modes import both_modes, modes_network, refresh, statistics, train_modes


@pytest.fixture(scope="module")
def digits() -> tuple[np.ndarray, ...]:
    return power_of_two_digits(1)


def test_few_updates_leave_a_gap_that_forward_passes_close(digits: tuple) -> None:
    x, x_held, y, y_held = digits
    model = train_modes(x, y, 1, batch_size=512, epochs=6)
    kernel = model.get_layer("z2").get_weights()[0].copy()
    assert both_modes(model, x_held, y_held, 512).gap > 0.1
    refresh(model, x)
    assert abs(both_modes(model, x_held, y_held, 512).gap) < 0.05
    np.testing.assert_array_equal(model.get_layer("z2").get_weights()[0], kernel)
    now = statistics(model, x)
    np.testing.assert_allclose(now.moving_mean, now.mean, atol=0.05)
    np.testing.assert_allclose(now.moving_deviation, now.deviation, rtol=0.1)


def test_judging_moves_nothing(digits: tuple) -> None:
    x, x_held, y, y_held = digits
    model = train_modes(x, y, batch_size=256, epochs=1)
    before = model.get_weights()
    both_modes(model, x_held, y_held, 64)
    for now, then in zip(model.get_weights(), before, strict=True):
        np.testing.assert_array_equal(now, then)


def test_layer_normalization_has_one_mode(digits: tuple) -> None:
    x, x_held, y, y_held = digits
    model = train_modes(x, y, batch_size=64, epochs=1, layer="LayerNormalization")
    assert both_modes(model, x_held, y_held, 64).gap == 0


def test_a_rest_is_left_out_of_training_mode(digits: tuple) -> None:
    _, x_held, _, y_held = digits
    model = modes_network()
    np.testing.assert_array_equal(
        both_modes(model, x_held[:70], y_held[:70], 64).training,
        both_modes(model, x_held[:64], y_held[:64], 64).training,
    )


def test_the_deviation_of_small_batches_is_too_small(digits: tuple) -> None:
    x, *_ = digits
    model = modes_network()
    refresh(model, x, 2, 1500)
    now = statistics(model, x)
    assert np.mean(now.moving_deviation**2) / np.mean(now.deviation**2) == pytest.approx(
        1 / 2, rel=0.1
    )


def test_the_seed_decides(digits: tuple) -> None:
    x, _, y, _ = digits
    one, same, other = (
        train_modes(x[:64], y[:64], s, batch_size=32, epochs=1) for s in (0, 0, 1)
    )  # fmt: skip
    np.testing.assert_array_equal(one.get_weights()[0], same.get_weights()[0])
    assert not np.array_equal(one.get_weights()[0], other.get_weights()[0])
