"""The best of many runs: packing, the table's shape, choices against a plain loop."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.experiments.best_of import best_of, pack, shuffles, sixty_runs, ten_parts, unpack


@given(st.lists(st.booleans(), min_size=1, max_size=40))
def test_what_is_packed_comes_back(answers: list[bool]) -> None:
    np.testing.assert_array_equal(unpack(pack(np.array(answers)), len(answers)), answers)


def test_the_table_holds_sixty_runs_and_four_settings_on_ten_parts() -> None:
    right = sixty_runs()
    assert right.shape == (60, 797)
    assert 0.8 < right.mean(1).min() < right.mean(1).max() < 0.95
    for setting in ("base", "epochs=40", "learning_rate=0.03", "units=8"):
        assert ten_parts(setting).shape == (10,)
    assert ten_parts("base")[0] == right[0].mean()


def test_a_table_worked_by_hand() -> None:
    right = np.array([[1, 0, 1, 1], [1, 1, 0, 0], [0, 0, 1, 1]], bool)  # three runs, four digits
    draw = best_of(right, 2, np.array([[0, 1, 2, 3]]), seed=0)
    order = shuffles(1, 3)[0]
    np.testing.assert_array_equal(draw.validation[0], np.array([0.5, 1.0, 0.0])[order])
    np.testing.assert_array_equal(draw.test[0], np.array([1.0, 0.0, 1.0])[order])
    assert draw.best[0, -1] == 1.0
    assert draw.chosen[0, -1] == 0.0  # the best in validation is the worst in the test


@pytest.mark.parametrize("size", [1, 3, 7])
def test_choices_are_those_of_a_plain_loop(size: int) -> None:
    rng = np.random.default_rng(0)
    right, orders = rng.random((6, 8)) < 0.6, shuffles(5, 8)
    draw = best_of(right, size, orders)
    for d, runs in enumerate(shuffles(5, 6, 1)):
        best, test = -1.0, 0.0
        for place, run in enumerate(runs):
            score = right[run, orders[d, :size]].mean()
            if score > best:
                best, test = score, right[run, orders[d, size:]].mean()
            assert draw.best[d, place] == pytest.approx(best)
            assert draw.chosen[d, place] == pytest.approx(test)


def test_shuffles_are_always_the_same_and_cannot_be_changed() -> None:
    orders = shuffles(3, 5)
    np.testing.assert_array_equal(np.sort(orders), np.tile(np.arange(5), (3, 1)))
    assert shuffles(3, 5) is orders
    with pytest.raises(ValueError, match="read-only"):
        orders[0, 0] = 1
