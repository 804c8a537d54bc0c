"""Lesson 00: each typical mistake gets its own words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

import course as keras
from course.exercises import playground as tasks
from course.exercises import playground_questions as ask

Dense = keras.layers.Dense


def chain(*layers: tuple[int, str | None], inputs: int = 2) -> Callable[[], keras.Sequential]:
    def build() -> keras.Sequential:
        dense = [Dense(units, activation=activation) for units, activation in layers]
        return keras.Sequential([keras.Input(shape=(inputs,)), *dense])

    return build


def count_stub(sizes):
    total = 0
    for _ in pairwise(sizes):
        numbers = ...
        total += numbers
    return total


@pytest.mark.parametrize(
    ("exercise", "stub"),
    [
        (tasks.counting, count_stub),
        (tasks.sorting, lambda names: ...),
        (tasks.building, lambda: ...),
        (tasks.smallest, lambda: ...),
    ],
)
def test_the_stub_is_not_attempted(exercise, stub, capsys) -> None:
    exercise.check(stub)
    assert capsys.readouterr().out == f"{exercise.name}: not attempted yet\n"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda s: sum(n * m for n, m in pairwise(s)), "weights alone"),
        (lambda s: sum(n * m + n for n, m in pairwise(s)), "not to its inputs"),
        (lambda s: tasks.count(s) + s[0], "no units"),
        (lambda s: sum(n * m + 1 for n, m in pairwise(s)), "its own"),
        (lambda s: tasks.count(s[:-1]), "output layer"),
        (lambda s: sum(s[1:]), "one weight for each"),
        (lambda s: 7, "expected 23, got 7"),
    ],
)
def test_counting(wrong: Callable, message: str) -> None:
    status, said = tasks.counting.diagnose(wrong)
    assert status == "wrong"
    assert message in said


RIGHT = tasks.hyperparameters(tasks.NAMES)


@pytest.mark.parametrize(
    ("found", "message"),
    [
        ([*RIGHT, "kernel"], "kernel is no hyperparameter"),
        ([*RIGHT, "val_loss"], "a result"),
        (RIGHT[1:], "units is missing"),
        (RIGHT[:-1], "epochs is missing"),
        ([*RIGHT, "speed"], "'speed' is none of the names"),
        ("units", "list of names"),
    ],
)
def test_sorting(found: object, message: str) -> None:
    status, said = tasks.sorting.diagnose(lambda names: found)
    assert status == "wrong"
    assert message in said


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (chain((4, "tanh"), (3, "tanh")), "output is missing"),
        (chain((2, "tanh"), (4, "tanh"), (3, "tanh"), (1, "sigmoid")), "inputs are no layer"),
        (chain((3, "tanh"), (4, "tanh"), (1, "sigmoid")), "this is 2-3-4-1"),
        (chain((4, "tanh"), (3, "tanh"), (1, None)), "sigmoid"),
        (chain((4, None), (3, "tanh"), (1, "sigmoid")), "cannot bend"),
        (chain((4, "relu"), (3, "tanh"), (1, "sigmoid")), "relu and tanh"),
        (lambda: keras.Sequential([Dense(4, "tanh")]), "Input(shape=(2,))"),
        (lambda: [2, 4, 3, 1], "not list"),
    ],
)
def test_building(build: Callable, message: str) -> None:
    status, said = tasks.building.diagnose(build)
    assert status == "wrong"
    assert message in said


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (chain((1, "sigmoid")), "one straight line"),
        (chain((3, None), (1, "sigmoid")), "bend nothing"),
        (chain((2, "relu"), (1, "sigmoid")), "fewer than three lines"),
        (chain((8, "relu"), (1, "sigmoid")), "33 parameters; 13 are enough"),
        (chain((3, "relu"), (1, None)), "sigmoid"),
        (chain((3, "relu"), (1, "sigmoid"), inputs=3), "Two inputs and one output"),
    ],
)
def test_smallest(build: Callable, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "EPOCHS", 30)
    status, said = tasks.smallest.diagnose(build)
    assert status == "wrong"
    assert message in said


def test_the_verdict_is_the_fewest_units_that_did_it() -> None:
    assert ask.verdict_units({2: [0.7], 3: [0.7, 0.95], 8: [1.0]}) == "3 units"
    assert ask.verdict_units({2: [0.7], 3: [0.7], 8: [1.0]}) == "8 units or more"
