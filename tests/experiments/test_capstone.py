"""The capstone: what is chosen where, and the report by class."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import precision_recall_fscore_support

from course.experiments.capstone import by_class, choose, refit
from course.experiments.patients import work_and_held_out
from course.metrics.confusion import confusion_matrix


def test_a_short_search_and_a_second_training() -> None:
    x, _, y, _ = work_and_held_out()
    x, y = x[:500], y[:500]
    choice = choose(x, y, 3, trials=2)
    again = choose(x, y, 3, trials=2)
    assert choice.hyperparameters.values == again.hyperparameters.values
    assert choice.epochs == again.epochs >= 1
    model = refit(choice, x, y, 3)
    assert model.layers[-3].units == choice.hyperparameters.get("units")
    assert model.optimizer.iterations == choice.epochs * 16  # ⌈500 / 32⌉


def test_by_class_agrees_with_scikit_learn() -> None:
    rng = np.random.default_rng(0)
    y, answers = rng.integers(0, 4, 200), rng.integers(0, 4, 200)
    found = by_class(confusion_matrix(y, answers, 4))
    expected = precision_recall_fscore_support(y, answers)
    np.testing.assert_allclose(found, expected[:3])


def test_a_class_never_answered_gets_zero() -> None:
    report = by_class(np.array([[5, 0], [3, 0]]))
    assert report.precision[1] == report.recall[1] == report.f1[1] == 0
    assert report.recall[0] == 1
    assert report.f1[0] == pytest.approx(10 / 13)
