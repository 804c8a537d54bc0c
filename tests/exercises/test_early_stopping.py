"""Lesson 14: its solutions agree with the package's EarlyStopping, over many random curves."""

from __future__ import annotations

from math import nan

import numpy as np
import pytest

from course.callbacks import EarlyStopping
from course.exercises import early_stopping as lesson
from course.experiments.replay import replay


@pytest.mark.parametrize("mode", ["min", "max"])
def test_stop_and_restore_is_the_packages(mode: str) -> None:
    rng = np.random.default_rng(0)
    for _ in range(200):
        values = rng.integers(0, 6, rng.integers(1, 12)).astype(float)  # with ties
        values[rng.random(len(values)) < 0.2] = nan
        patience = int(rng.integers(0, 4))
        stopper = EarlyStopping("v", patience=patience, mode=mode, restore_best_weights=True)
        end = replay(stopper, {"v": values})
        assert lesson.stop_and_restore(list(values), patience, mode) == (end.epochs, end.kept)


def test_the_table_and_the_counter_are_the_packages() -> None:
    rng = np.random.default_rng(1)
    for _ in range(100):
        losses = list(rng.integers(0, 9, 12) / 4)  # exact in binary
        patience, delta = int(rng.integers(0, 4)), float(rng.choice([-0.5, 0, 0.5]))
        steps = replay(EarlyStopping(patience=patience), {"val_loss": losses}).steps
        assert lesson.decision_table(losses, patience) == [(s.best, s.wait) for s in steps]
        stopper = EarlyStopping(patience=99, min_delta=delta)
        steps = replay(stopper, {"val_loss": losses}).steps
        for before, after, loss in zip(steps, steps[1:], losses[1:], strict=False):
            assert lesson.next_wait(before.wait, loss, before.best, delta) == after.wait


def test_half_filled_stubs_are_not_attempted_yet() -> None:
    def next_wait(wait: int, value: float, best: float, min_delta: float) -> int:
        target = ...
        waited = wait + 1
        return 0 if value < target else waited

    assert lesson.wait_exercise.diagnose(next_wait).status == "not attempted"


def test_predictions_can_be_revealed_in_the_words_of_the_lesson() -> None:
    assert "2 points or more" in lesson.predict_patience.choices
    assert "in less than half" in lesson.predict_peak.choices
    assert "never" in lesson.predict_baseline.choices
    assert "equal, bit for bit" in lesson.predict_resume.choices
