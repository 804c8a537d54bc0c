"""The cards of the fault box: a wrong diagnosis learns its own sign, and no name."""

from __future__ import annotations

import pytest

from course.exercises.fault_box import cards, diagnose
from course.experiments.patients import FAULTS, numbered
from course.experiments.telltales import SIGNS


def test_there_is_a_card_for_each_patient_and_one_of_them_is_healthy() -> None:
    assert len(cards) == len(FAULTS)
    assert [numbered(k) for k in range(1, 15)].count("none") == 1


@pytest.mark.parametrize("number", range(1, 15))
def test_answers_tell_the_sign_of_the_guess_alone(number: int) -> None:
    truth = numbered(number)
    for guess in FAULTS:
        said = cards[number - 1].response(guess)
        assert SIGNS[guess].words in said
        assert said.startswith("✓") == (guess == truth)
        assert guess == truth or SIGNS[truth].words not in said


def test_a_patient_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="number"):
        diagnose(0, "none")
