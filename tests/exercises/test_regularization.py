"""Lesson 13: what is special to its exercises, against the package itself."""

from __future__ import annotations

import numpy as np
import pytest

from course.constraints import MaxNorm
from course.exercises import regularization as lesson
from course.regularizers import L2


def test_the_solutions_do_what_the_package_does() -> None:
    rng = np.random.default_rng(0)
    w, g = rng.normal(size=(2, 5, 4))
    step = w - 0.1 * (g + L2(0.3).gradient(w))
    np.testing.assert_allclose(lesson.l2_step(w, g, 0.1, 0.3), step)
    np.testing.assert_allclose(lesson.max_norm(w, 1.5), MaxNorm(1.5)(w))


def test_inverted_dropout_keeps_the_mean() -> None:
    uniform = (np.arange(1000) + 0.5) / 1000
    for rate in (0.2, 0.5, 0.75):
        y = lesson.inverted_dropout(np.ones(1000), uniform, rate)
        assert y.mean() == pytest.approx(1)
        assert np.mean(y == 0) == pytest.approx(rate)


def test_a_half_filled_stub_is_not_attempted_yet() -> None:
    def inverted_dropout(x: np.ndarray, uniform: np.ndarray, rate: float) -> object:
        kept = ...
        return x * kept / (1 - rate)

    assert lesson.dropout_exercise.diagnose(inverted_dropout).status == "not attempted"


def test_dividing_by_a_length_of_zero_is_wrong() -> None:
    def careless(W: np.ndarray, longest: float) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return W / np.linalg.norm(W, axis=0) * np.minimum(longest, np.linalg.norm(W, axis=0))

    assert lesson.max_norm_exercise.diagnose(careless).status == "wrong"


def test_predictions_can_be_revealed_in_the_words_of_the_lesson() -> None:
    assert "more than 95 %" in lesson.predict_shuffled.choices
    assert "none, or next to none" in lesson.predict_zeros.choices
    assert "less than 2 points" in lesson.predict_true.choices
