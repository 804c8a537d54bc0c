"""The fault box of lesson 19: a card for each patient, and what is said to a diagnosis."""

from __future__ import annotations

from course.exercises.quiz import Quiz
from course.experiments.patients import FAULTS, numbered
from course.experiments.telltales import SIGNS


def _answer(guess: str, truth: str) -> tuple[bool, str]:
    words = SIGNS[guess].words
    if guess == truth:
        return True, f"What gives it away: {words}."
    return False, f"Then one would see {words}. Look again."


def _patient(number: int) -> Quiz:
    truth = numbered(number)
    return Quiz(
        f"Patient {number}: which fault?",
        {fault: _answer(fault, truth) for fault in FAULTS},
        key=f"19.patient_{number:02d}",
    )


cards = tuple(_patient(number) for number in range(1, len(FAULTS) + 1))


def diagnose(number: int, fault: str) -> None:
    """Print what is said to a diagnosis of a patient; it is kept like every answer.

    Parameters
    ----------
    number : int
        Of the patient, 1 to 14.
    fault : str
        One of ``course.experiments.patients.FAULTS``.

    Raises
    ------
    ValueError
        If there is no such patient or no such fault.
    """
    numbered(number)  # refuses what is no patient
    cards[number - 1].answer(fault)
