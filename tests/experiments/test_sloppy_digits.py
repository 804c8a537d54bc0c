"""Digits with careless labels: the parts, the labels, the record."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from course.datasets import load_digits
from course.experiments.sloppy_digits import (
    EPOCHS,
    JUDGED,
    JUDGING,
    RATES,
    TUNING,
    AccuracyOn,
    learn,
    pack,
    recorded,
    sloppy_digits,
    unpack,
)


def test_parts_share_no_row() -> None:
    parts = sloppy_digits(3)
    assert [len(part) for part in parts[:4]] == [200, 200, 100, 100]
    assert min(len(parts.x_choose), len(parts.x_test)) > 700
    rows = np.concatenate(parts[::2])
    assert len(rows) == len(np.unique(rows, axis=0)) == 1797


def test_no_seed_chooses_by_what_another_one_judges_by() -> None:
    def rows(name: str) -> set[bytes]:
        return {x.tobytes() for seed in range(35) for x in getattr(sloppy_digits(seed), name)}

    assert not rows("x_choose") & rows("x_test")
    assert not set(TUNING) & set(JUDGING)


def test_labels_of_the_training_part_only_are_careless() -> None:
    x, y = load_digits()
    truth = {row.tobytes(): digit for row, digit in zip(x, y, strict=True)}
    wrong = []
    for seed in range(20):
        parts = sloppy_digits(seed)
        for rows, labels in (
            (parts.x_validation, parts.y_validation),
            (parts.x_choose, parts.y_choose),
            (parts.x_test, parts.y_test),
        ):
            assert all(truth[r.tobytes()] == d for r, d in zip(rows, labels, strict=True))
        wrong += [truth[r.tobytes()] != d for r, d in zip(parts.x, parts.y, strict=True)]
    assert np.mean(wrong) == pytest.approx(0.18, abs=0.02)


def test_learning_repeats_and_learns() -> None:
    one, other = (learn(seed=1, epochs=12).history.history for _ in range(2))
    assert one == other
    assert max(one["val_accuracy"]) > 0.7


def test_the_accuracy_is_that_of_evaluate() -> None:
    parts = sloppy_digits(1)
    model = learn(seed=1, epochs=2, callbacks=[test := AccuracyOn(parts.x_test, parts.y_test)])
    assert len(test.values) == 2
    assert test.values[-1] == pytest.approx(
        model.evaluate(parts.x_test, parts.y_test, verbose=0)[1], abs=1e-6
    )


def test_the_record_is_whole() -> None:
    for rate, seed in [*product(RATES, TUNING), *product(JUDGED, JUDGING)]:
        curves = recorded(seed, rate)
        assert all(curve.shape == (EPOCHS,) for curve in curves.values())
        assert 0 < curves["val_loss"].min() < 2.6
        assert 0.5 < curves["test_accuracy"].max() < 1
    with pytest.raises(ValueError, match="learning_rate"):
        recorded(0, 0.5)


def test_the_record_begins_as_a_training_here_does() -> None:
    logs = learn(seed=5, epochs=3).history.history
    np.testing.assert_allclose(recorded(5)["val_loss"][:3], logs["val_loss"], atol=0.02)


def test_packed_numbers_come_back() -> None:
    assert pack([0.5, 1.25], 100) == "50 125"
    np.testing.assert_array_equal(unpack("50 125"), [50, 125])
