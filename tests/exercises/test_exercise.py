from __future__ import annotations

from math import copysign

import numpy as np
import pytest

from course.exercises import Exercise


def backward(dy, y, W):
    """One step back through a tanh layer."""
    dz = dy * (1 - y**2)
    return dz @ W.T


def forgets_the_slope(dy, y, W):
    return dy @ W.T


def takes_the_slope_of_the_input(dy, y, W):
    return (dy * (1 - np.tanh(y) ** 2)) @ W.T


CASES = [
    (np.ones((1, 2)), np.full((1, 2), 0.5), np.eye(2)),
    (np.ones((2, 3)), np.full((2, 3), 0.1), np.arange(12.0).reshape(4, 3)),
]
MISTAKES = {
    "The slope of tanh is missing.": forgets_the_slope,
    "y is the output already: 1 - y².": takes_the_slope_of_the_input,
}


@pytest.fixture
def exercise() -> Exercise:
    return Exercise("backward", backward, CASES, MISTAKES, ["Begin with dz.", "tanh' = 1 - y²."])


def test_the_solution_and_another_that_is_right(exercise, capsys):
    exercise.check(exercise.answer)
    exercise.check(lambda dy, y, W: np.einsum("ij,kj->ik", dy * (1 - y) * (1 + y), W))
    assert capsys.readouterr().out == "backward: correct\nbackward: correct\n"


def raises(dy, y, W):
    raise NotImplementedError


def half_filled(dy, y, W):
    dz = ...
    return dz @ W.T


def blank_result(dy, y, W):
    dx = ...
    return dx, W


def blank_in_numpy(dy, y, W):
    dz = ...
    return np.tanh(dz)


@pytest.mark.parametrize("stub", [raises, half_filled, blank_result, blank_in_numpy])
def test_every_kind_of_stub_is_no_attempt(exercise, capsys, stub):
    exercise.check(stub)
    assert capsys.readouterr().out == "backward: not attempted yet\n"


@pytest.mark.parametrize("message", MISTAKES)
def test_each_typical_mistake_has_its_own_message(exercise, message):
    status, words = exercise.diagnose(MISTAKES[message])
    assert status == "wrong"
    assert words.startswith(message)


def computes_nothing(dy, y, W):
    dz = dy * (1 - y**2)  # noqa: F841


def transposed(dy, y, W):
    return ((dy * (1 - y**2)) @ W.T).T


def misspelt(dy, y, W):
    dz = dy * (1 - y**2)  # noqa: F841
    return dx @ W.T  # noqa: F821


def two_arguments(dy, W):
    return dy @ W.T


def in_place(dy, y, W):
    dy *= 1 - y**2
    return dy @ W.T


def uses_an_ellipsis(dy, y, W):
    return (dy * (1 - y**2))[...] @ W


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (computes_nothing, "it returns None: is there a `return`?"),
        (transposed, "expected an array of shape (1, 2), got an array of shape (2, 1)"),
        (misspelt, "It raises NameError in line 3: name 'dx' is not defined"),
        (two_arguments, "It must take (dy, y, W), and it takes (dy, W)."),
        (in_place, "It changes its own arguments (value 1: expected 1 at [0, 0], got 0.75)"),
        (uses_an_ellipsis, "It raises ValueError in line 2"),
        (copysign, "It must take (dy, y, W), and it takes (x, y, /)."),
        (3.0, "Give the function itself, not 3.0."),
    ],
)
def test_other_faults_are_said(exercise, function, words):
    status, message = exercise.diagnose(function)
    assert status == "wrong"
    assert words in message


def test_the_call_is_shown_where_it_is_short():
    exercise = Exercise("cube", lambda x: x**3, [(2,), (3.5,)])
    assert exercise.diagnose(lambda x: 8)[1] == "cube(3.5): expected 42.875, got 8"


def test_further_checks_come_last(capsys):
    def positive(function):
        return None if function(-3) > 0 else "It must be positive."

    exercise = Exercise("size", abs, [(2,)], checks=[positive])
    exercise.check(lambda x: x)
    exercise.check(lambda x: x if x > 0 else -x)
    assert capsys.readouterr().out == "size: not yet. It must be positive.\nsize: correct\n"


def test_an_answer_of_the_arguments_does_not_spoil_the_next_check(exercise):
    exercise.diagnose(in_place)
    assert exercise.diagnose(backward).status == "correct"


def test_hints_come_one_by_one_and_the_solution_on_request(exercise, capsys):
    exercise.hint()
    exercise.hint()
    exercise.hint()
    exercise.solution()
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["Hint 1 of 2: Begin with dz.", "Hint 2 of 2: tanh' = 1 - y²."]
    assert lines[2].startswith("There are no more hints")
    assert lines[3] == "def backward(dy, y, W):"
    assert repr(exercise) == "Exercise('backward')"
