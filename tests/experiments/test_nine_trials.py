"""Nine trials on real networks: what is drawn, shared and chosen."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments import load_table, nine_trials


def test_the_three_parts_share_no_digit() -> None:
    x, y, x_val, y_val, x_test, y_test = nine_trials.digits(3)
    assert (len(x), len(x_val), len(x_test)) == (100, 200, 597) == (len(y), len(y_val), len(y_test))
    rows = {part.tobytes() for part in np.concatenate([x, x_val, x_test])}
    assert len(rows) == 897


def test_another_seed_draws_other_digits_and_keeps_the_judges() -> None:
    one, other = nine_trials.digits(0), nine_trials.digits(1)
    assert not np.array_equal(one[0], other[0])
    np.testing.assert_array_equal(one[4], other[4])


@pytest.mark.parametrize("second", nine_trials.SECONDS)
@pytest.mark.parametrize("width", nine_trials.RANGES)
def test_settings_are_even_in_the_logarithm_and_shifted_alike(second: str, width: str) -> None:
    corners = [nine_trials.settings(np.array([u, u]), second, width, 5) for u in (0, 0.5, 1)]
    logs = np.log10(corners)
    np.testing.assert_allclose(logs[1] - logs[0], logs[2] - logs[1])
    for k, name in enumerate(("learning_rate", second)):
        low, high = nine_trials.RANGES[width][name]
        assert logs[2, k] - logs[0, k] == pytest.approx(high - low)
        assert abs(logs[0, k] - low) <= (high - low) / 6


def test_the_grid_is_fixed_and_random_trials_are_not() -> None:
    grid = nine_trials.points("grid", 9, 0)
    np.testing.assert_array_equal(grid, nine_trials.points("grid", 9, 1))
    assert len(np.unique(grid[:, 0])) == 3
    nine, more = (nine_trials.points("random", n, 0) for n in (9, 45))
    np.testing.assert_array_equal(nine, more[:9])
    assert not np.array_equal(nine, nine_trials.points("random", 9, 1))


def test_the_winner_is_chosen_by_validation_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    rates = []

    def train(x: object, y: object, rate: float, *_: object) -> float:
        rates.append(rate)
        return rate

    def share_right(rate: float, x: np.ndarray, y: object) -> float:
        return 9 - abs(np.log10(rate)) if len(x) == 200 else rate  # the rate nearest to 1

    monkeypatch.setattr(nine_trials, "train", train)
    monkeypatch.setattr(nine_trials, "share_right", share_right)
    found = nine_trials.nine_trials("random", "l2", "wide", 0)
    assert len(rates) == 9
    assert found.test == min(rates, key=lambda rate: abs(np.log10(rate)))


def test_a_trained_network_is_the_same_again_and_learns() -> None:
    x, y, x_val, y_val, *_ = nine_trials.digits(0)
    one, other = (nine_trials.train(x, y, 0.3, "l2", 1e-6, 0) for _ in range(2))
    score = nine_trials.share_right(one, x_val, y_val)
    assert score == nine_trials.share_right(other, x_val, y_val)
    assert score > 0.7


def test_what_ended_in_nan_answers_class_zero() -> None:
    x, y, x_val, y_val, *_ = nine_trials.digits(0)
    model = nine_trials.train(x, y, 0.3, "l2", 1e-6, 0)
    model.set_weights([np.full_like(w, np.nan) for w in model.get_weights()])
    assert nine_trials.share_right(model, x_val, y_val) == np.mean(y_val == 0)


def test_folds_never_see_the_rows_they_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, int]] = []

    def train(rows: np.ndarray, *_: object) -> np.ndarray:
        return rows

    def share_right(rows: np.ndarray, judged: np.ndarray, _: object) -> float:
        both = {row.tobytes() for row in rows} & {row.tobytes() for row in judged}
        assert not both
        seen.append((len(rows), len(judged)))
        return 0.5

    monkeypatch.setattr(nine_trials, "train", train)
    monkeypatch.setattr(nine_trials, "share_right", share_right)
    nine_trials.folded(2, 5, "wide", 2)
    assert seen == [(80, 20)] * 10 + [(100, 597)]


def test_the_table_is_complete() -> None:
    table = load_table("grid_and_random_search")
    for second in nine_trials.SECONDS:
        for width in nine_trials.RANGES:
            for search in nine_trials.SEARCHES:
                rows = table.where(second=second, width=width, search=search)
                np.testing.assert_array_equal(rows["seed"], range(40))
    for width in nine_trials.RANGES:
        for search in ("9 trials, 1 fold", "9 trials, 5 folds", "45 trials, 1 fold"):
            assert len(table.where(second="l2", width=width, search=search)) == 40
