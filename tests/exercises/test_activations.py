"""Lesson 10: the words of its predictions, and its formulas against the package."""

from __future__ import annotations

import numpy as np

from course import activations, initializers
from course.exercises import activations as lesson


def test_predictions_can_be_revealed_in_the_words_of_the_lesson() -> None:
    assert "one layer only" in lesson.predict_six.choices
    assert "learn, close to tanh" in lesson.predict_twin.choices
    assert "leaky only" in lesson.predict_dead.choices


def test_half_filled_stubs_are_not_attempted_yet() -> None:
    def weight_std(fan_in: int, fan_out: int, name: str) -> float:
        variance = 2 / fan_in if name == "he" else ...
        return np.sqrt(variance)

    assert lesson.std_exercise.diagnose(weight_std).status == "not attempted"


def test_the_slope_is_the_package_s() -> None:
    y = activations.sigmoid.forward(np.linspace(-5, 5, 11))
    np.testing.assert_allclose(
        lesson.slope_from_output(y), activations.sigmoid.backward(np.ones(11), None, y)
    )


def test_the_package_draws_as_wide() -> None:
    for name in ("lecun", "he", "glorot"):
        W = initializers.get(f"{name}_uniform")((300, 200))
        np.testing.assert_allclose(W.std(), lesson.weight_std(300, 200, name), rtol=0.03)


def test_a_unit_is_dead_only_if_off_for_all() -> None:
    z = np.array([[-1.0, -1.0, 0.0], [-1.0, 1.0, 0.0]])
    assert lesson.dead_share(z) == 2 / 3
