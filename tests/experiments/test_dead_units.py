"""Dead units: ReLU never comes back, leaky does, and a training that diverged says so."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from course.experiments.dead_units import (
    EPOCHS,
    UNITS,
    share_on,
    thousand_digits,
    unit_network,
    watch_units,
)


def test_units_that_are_off_for_every_digit_get_no_gradient_from_relu() -> None:
    x, y = thousand_digits()
    for activation, stands_still in (("relu", True), ("leaky_relu", False)):
        model = unit_network(activation, 0.3, bias=-3.0)
        kernel = next(iter(model.gradients(x, y).values()))
        assert kernel.shape == (64, UNITS)
        assert (not kernel.any()) == stands_still


def test_relu_stays_dead_and_leaky_wakes_up() -> None:
    dead, leaky = (watch_units(name, 0.3, bias=-3.0) for name in ("relu", "leaky_relu"))
    np.testing.assert_array_equal(dead.silent, [UNITS] * (EPOCHS + 1))
    assert leaky.silent[0] == UNITS > leaky.silent[-1]
    assert leaky.accuracy > 0.5 > dead.accuracy


def test_silent_counts_units_without_a_single_digit() -> None:
    seen = watch_units("relu", 0.1, seed=2)
    np.testing.assert_array_equal(seen.silent, (seen.on == 0).sum(1))
    assert seen.on.shape == (EPOCHS + 1, UNITS)
    assert not seen.diverged


def test_a_divergence_is_no_death_and_no_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        seen = watch_units("leaky_relu", 30.0)
    assert seen.diverged
    assert seen.silent[-1] == 0


def test_share_on_by_hand() -> None:
    model = unit_network("relu", 0.1)
    weights = [np.zeros_like(w) for w in model.get_weights()]
    weights[0][0, :2] = 1, -1
    weights[1][:2] = -0.5, 1
    model.set_weights(weights)
    x = np.zeros((4, 64), np.float32)
    x[:, 0] = 0, 1, 0, 2
    assert share_on(model, x)[:3].tolist() == [0.5, 0.5, 0]


def test_polls_after_each_epoch_and_ends_when_told() -> None:
    shares = []
    watch_units("relu", 0.1, poll=shares.append)
    assert shares == [0.2, 0.4, 0.6, 0.8, 1.0]

    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        watch_units("relu", 0.1, poll=stop)
