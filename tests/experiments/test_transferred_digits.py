"""Two tasks on the digits: who sees what, and what each way begins with."""

from __future__ import annotations

import numpy as np
import pytest

from course.datasets import load_digits
from course.experiments import transferred_digits as td

TESTED = td.judging_digits()[0]


def rows(*parts: np.ndarray) -> set[bytes]:
    return {row.tobytes() for part in parts for row in part}


@pytest.mark.parametrize("task", td.TASKS)
def test_no_image_has_two_jobs(task: str) -> None:
    parts = td.transfer_parts(task, 3)
    jobs = (parts.x_source, parts.x, parts.x_val, parts.x_test)
    assert len(rows(*jobs)) == sum(map(len, jobs))
    assert rows(parts.x_test) <= rows(TESTED)
    assert not rows(TESTED) & rows(*jobs[:3])


def test_each_task_has_its_labels() -> None:
    parity, new = (td.transfer_parts(task, 1) for task in td.TASKS)
    assert set(parity.y_source) == set(range(10))
    assert set(parity.y) == set(parity.y_test) == {0, 1}
    assert set(new.y_source) == set(new.y) == set(new.y_test) == set(range(5))
    lookup = {x.tobytes(): digit for x, digit in zip(*load_digits(), strict=True)}
    assert [lookup[x.tobytes()] % 2 for x in parity.x] == list(parity.y)
    assert [lookup[x.tobytes()] - 5 for x in new.x] == list(new.y)
    assert abs(len(parity.x_source) - len(new.x_source)) < 5


def test_classes_come_in_turn_and_fewer_labels_are_the_first_of_more() -> None:
    few, many = (td.transfer_parts("new digits", 2, labels) for labels in (10, 200))
    np.testing.assert_array_equal(few.y, [0, 1, 2, 3, 4] * 2)
    np.testing.assert_array_equal(few.x, many.x[:10])
    assert set(np.bincount(many.y)) == {40}


def test_the_judges_are_the_same_for_every_seed() -> None:
    one, other = (td.transfer_parts("parity", seed) for seed in (0, 9))
    np.testing.assert_array_equal(one.x_test, other.x_test)
    assert not np.array_equal(one.x, other.x)


def test_a_leaky_source_sees_all_test_images_and_no_more_images_than_another() -> None:
    clean, leaky = (td.transfer_parts("parity", 4, leaky=leaky) for leaky in (False, True))
    assert len(leaky.x_source) == len(clean.x_source)
    assert rows(TESTED) <= rows(leaky.x_source)
    np.testing.assert_array_equal(leaky.x, clean.x)


def test_says_what_there_is_not() -> None:
    with pytest.raises(ValueError, match="task must be one of"):
        td.transfer_parts("letters")
    with pytest.raises(ValueError, match="labels"):
        td.transfer_parts("parity", labels=401)
    with pytest.raises(ValueError, match="way must be one of"):
        td.beginning("parity", "melted", 0.01)


@pytest.mark.parametrize("way", td.WAYS)
def test_each_way_begins_with_its_features_and_with_the_same_head(way: str) -> None:
    weights = td.beginning("parity", way, 0.01, 5).get_weights()
    scratch = td.beginning("parity", "from scratch", 0.01, 5).get_weights()
    source = td.source_weights("parity", 5, "leaky" in way)
    expected = scratch if "scratch" in way or "random" in way else [*source, *scratch[4:]]
    for ours, theirs in zip(weights, expected, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize(
    ("way", "features_move"),
    [("frozen", False), ("random frozen", False), ("fine-tuned", True), ("from scratch", True)],
)
def test_frozen_features_stay(way: str, features_move: bool) -> None:
    before = td.beginning("new digits", way, 0.01, 6).get_weights()
    after = td.transferred("new digits", way, 10, 0.01, 6).get_weights()
    moved = [bool(np.any(a != b)) for a, b in zip(before, after, strict=True)]
    assert moved == [features_move] * 4 + [True] * 2


def test_what_is_thawed_later_moves_in_the_second_half_at_its_own_rate() -> None:
    parts, moved = td.transfer_parts("parity", 0, 20), []
    model = td.beginning("parity", "thawed later", 0.002, 0)
    kernel = model.get_weights()[0]
    for _ in td.learning(parts, model, "thawed later", 0.002, 0):
        moved.append(bool(np.any(model.get_weights()[0] != kernel)))
        if len(moved) == 50:
            assert model.optimizer.learning_rate == pytest.approx(td.HEAD_RATE)
    assert moved == [False] * 100 + [True] * 100
    assert model.optimizer.learning_rate == pytest.approx(0.002)


def test_updates_take_every_row_once_before_any_again() -> None:
    class Recorder:
        def __init__(self) -> None:
            self.rows: list[int] = []

        def train_on_batch(self, x: np.ndarray, y: np.ndarray) -> None:
            self.rows += list(y)

    model = Recorder()
    assert list(td.updates(model, np.zeros((40, 1)), np.arange(40), 1, 4)) == [1, 2, 3, 4]
    assert sorted(model.rows[:40]) == sorted(model.rows[40:]) == list(range(40))
    assert model.rows[:40] != model.rows[40:]


def test_the_source_network_knows_its_digits() -> None:
    assert td.accuracy(td.source_network("parity", 0), *td.judging_digits()) > 0.92
