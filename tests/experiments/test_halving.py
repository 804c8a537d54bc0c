"""Successive halving by hand, and against the schedule of Hyperband."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.digit_curves import SETTINGS, recorded
from course.experiments.halving import drawn, halve, judged_winners, mean_regret, rank_correlation
from course.tuners.brackets import schedule


def test_by_hand_the_slow_starter_is_lost() -> None:
    curves = np.array([[0.5, 0.6, 0.6, 0.7], [0.1, 0.2, 0.3, 0.9], [0.4, 0.5, 0.5, 0.6], [0.3] * 4])
    halved = halve(curves, factor=2, first=1)
    assert halved.epochs.tolist() == [4, 1, 2, 1]
    assert halved.spent == 8
    assert halved.winner == 0
    assert halved.regret == pytest.approx(0.2)
    assert halve(curves, 2, 4).regret == 0
    assert halve(curves, 2, 4).spent == 16


def test_one_setting_is_always_kept() -> None:
    assert halve(np.array([[0.1, 0.2], [0.2, 0.1]]), factor=9, first=1).epochs.tolist() == [1, 2]


@pytest.mark.parametrize("bracket", range(4))
def test_it_spends_what_a_bracket_of_hyperband_does(bracket: int) -> None:
    rounds = schedule(27, 3)[bracket]
    curves = np.random.default_rng(0).random((rounds[0].size, 27))
    before = [0, *(r.epochs for r in rounds)]
    spent = sum(r.size * (r.epochs - b) for r, b in zip(rounds, before, strict=False))
    assert halve(curves, 3, rounds[0].epochs).spent == spent


def test_wrong_budgets_are_refused() -> None:
    with pytest.raises(ValueError, match="first"):
        halve(np.zeros((3, 5)), 3, 6)
    with pytest.raises(ValueError, match="factor"):
        halve(np.zeros((3, 5)), 1, 1)


def test_a_draw_has_27_different_settings_and_their_curves() -> None:
    settings, curves = drawn(3)
    assert len(set(settings)) == len(curves) == 27
    assert curves.shape == (27, 27)


def test_waiting_costs_epochs_and_saves_regret() -> None:
    assert mean_regret(3, 1) > mean_regret(3, 9) > mean_regret(3, 27) == 0


def test_winners_are_judged_by_the_seeds_that_had_no_say() -> None:
    settings, curves = drawn(6)
    winner = SETTINGS.index(settings[halve(curves, 3, 1).winner])
    others = [recorded(seed).test[winner] for seed in (0, 1, 3)]
    assert judged_winners(3, 1)[6] == pytest.approx(100 * np.mean(others))


def test_rank_correlation_by_hand() -> None:
    a = np.array([1.0, 2, 3, 4])
    assert rank_correlation(a, a**3) == pytest.approx(1)
    assert rank_correlation(a, -a) == pytest.approx(-1)
    assert rank_correlation(a, np.array([1.0, 3, 2, 4])) == pytest.approx(0.8)
    tied = rank_correlation(np.array([1.0, 1, 2]), a[:3])
    assert tied == pytest.approx(np.sqrt(3) / 2)  # ranks 1.5, 1.5, 3
