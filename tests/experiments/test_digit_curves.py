"""Recorded curves of digits: the table against trainings of today."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments import load_table
from course.experiments.digit_curves import (
    EPOCHS,
    NEW_SEEDS,
    SEEDS,
    SETTINGS,
    curve_digits,
    place,
    recorded,
    trained_curve,
)


def test_the_parts_share_no_digit_and_the_last_is_always_the_same() -> None:
    parts, others = curve_digits(0), curve_digits(1)
    assert [len(x) for x, _ in parts] == [400, 600, 797]
    rows = {row.tobytes() for x, _ in parts for row in x}
    assert len(rows) == len({row.tobytes() for x, _ in others for row in x})
    np.testing.assert_array_equal(parts[2][0], others[2][0])
    assert not np.array_equal(parts[0][0], others[0][0])


@pytest.mark.parametrize("setting", [(0.1, 64, 0.0), (0.4, 128, 0.5)])
def test_the_record_is_what_a_training_gives(setting: tuple[float, int, float]) -> None:
    validation, test = trained_curve(*setting, seed=2)
    rows = recorded(2)
    np.testing.assert_allclose(rows.validation[place(*setting)], validation, atol=0.02)
    assert rows.test[place(*setting)] == pytest.approx(test, abs=0.02)


def test_every_setting_is_recorded() -> None:
    for seed in range(4):
        assert recorded(seed).validation.shape == (len(SETTINGS), EPOCHS) == (300, 27)
        assert recorded(seed).test.shape == (300,)
    with pytest.raises(ValueError, match="no row"):
        recorded(4)


def test_the_winner_is_slow() -> None:
    mean = np.mean([recorded(seed).validation for seed in range(4)], axis=0)
    best = place(1.0, 128, 0.25)
    assert (mean[:, 0] > mean[best, 0]).sum() == 39
    assert mean[:, -1].argmax() == best


def test_new_seeds_are_new() -> None:
    assert not set(NEW_SEEDS) & set(SEEDS)
    rows = load_table("bayesian_and_hyperband").where(space="new seeds", mark=27)
    for rate in ("rate 0.4", "rate 1.0"):
        np.testing.assert_array_equal(rows.where(tuner=rate)["seed"], NEW_SEEDS)
