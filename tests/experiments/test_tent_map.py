"""The tent map: its folds, the network built by hand, and what training does with it."""

from __future__ import annotations

import numpy as np
import pytest

from course.experiments.tent_map import (
    FOUND,
    built_by_hand,
    count_teeth,
    explained,
    nearly_right,
    tent,
    tent_network,
    tent_points,
    trained_tent,
)


def test_the_tent_by_hand() -> None:
    np.testing.assert_array_equal(tent([0, 0.25, 0.5, 0.75, 1], 1), [0, 0.5, 1, 0.5, 0])
    np.testing.assert_array_equal(tent([0, 0.25, 0.5, 0.75, 1], 2), [0, 1, 0, 1, 0])
    assert tent(0.3, 0) == pytest.approx(0.3)


@pytest.mark.parametrize("folds", range(1, 9))
def test_two_units_a_fold_are_exact(folds: int) -> None:
    x, y = tent_points(folds, 4097)
    model = built_by_hand(folds)
    answers = model.predict(x, verbose=0)[:, 0]
    np.testing.assert_array_equal(answers, y)
    assert count_teeth(answers) == 2 ** (folds - 1)
    assert model.count_params() == 6 * folds + 1
    assert explained(model, folds) == 1


def test_teeth_need_both_sides() -> None:
    assert count_teeth([0, 1, 0]) == 1
    assert count_teeth([0, 1]) == 0
    assert count_teeth([1, 0, 1]) == 1
    assert count_teeth([[0], [1], [0], [0.6], [0]]) == 2
    assert count_teeth(np.full(9, 0.5)) == 0


def test_one_layer_of_as_many_units_has_at_most_as_many_teeth_as_folds() -> None:
    x = np.linspace(-3, 3, 2001)[:, None]
    most = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        model = tent_network(1, 6)
        model.set_weights([rng.normal(size=w.shape) * 3 for w in model.get_weights()])
        most = max(most, count_teeth(model.predict(x, verbose=0)))
    assert 1 <= most <= 3


def test_a_constant_explains_nothing() -> None:
    model = built_by_hand(3)
    _, y = tent_points(3)
    model.set_weights(
        [np.zeros_like(w) for w in model.get_weights()[:-1]] + [y.mean(keepdims=True)]
    )
    assert explained(model, 3) == pytest.approx(0, abs=1e-6)


def test_training_finds_one_fold_with_room_and_not_four() -> None:
    assert explained(trained_tent(1, 32, 0.01, epochs=60), 1) >= FOUND
    assert max(explained(trained_tent(4, seed=s, epochs=40), 4) for s in range(3)) < 0.5


def test_close_to_the_solution_training_repairs() -> None:
    from course import config

    with config.seeded(0):
        off = [np.abs(a - b).max() for a, b in zip(
            nearly_right(3).get_weights(), built_by_hand(3).get_weights(), strict=True
        )]  # fmt: skip
    assert 0.001 < max(off) <= 0.01 + 1e-6
    repaired = trained_tent(3, learning_rate=0.001, near=True, epochs=60)
    start = trained_tent(3, learning_rate=0.001, near=True, epochs=0)
    assert explained(repaired, 3) > 0.97 > explained(start, 3)


def test_a_network_without_folds_is_refused() -> None:
    with pytest.raises(ValueError, match="folds"):
        tent_network(0)
