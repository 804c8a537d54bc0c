"""Every lesson's exercises and questions: solutions pass, stubs and mistakes are told apart."""

from __future__ import annotations

import ast
from collections.abc import Callable

import nbformat
import pytest

from course.exercises import Exercise, Quiz, catalogue
from course.series import lessons

TASKS = catalogue.tasks()
EXERCISES = [task for task in TASKS if isinstance(task, Exercise)]
QUIZZES = [task for task in TASKS if isinstance(task, Quiz)]
MISTAKES = [
    pytest.param(exercise, wrong, message, id=f"{exercise.key}: {wrong.__name__}")
    for exercise in EXERCISES
    for message, wrong in exercise.mistakes.items()
]


def imported_in(lesson: str) -> dict[str, object]:
    """Return the names that the cells of a lesson import: a solution may use them."""
    (notebook,) = (path for path in lessons() if path.name.startswith(lesson))
    cells = nbformat.read(notebook, as_version=4).cells
    source = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
    imports = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Import | ast.ImportFrom)]
    names: dict[str, object] = {}
    exec("\n".join(map(ast.unparse, imports)), names)
    return names


every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda task: task.key)


@every_exercise
def test_the_printed_solution_is_correct(
    exercise: Exercise, capsys: pytest.CaptureFixture[str]
) -> None:
    exercise.solution()
    names = imported_in(exercise.key.partition(".")[0])
    exec("from __future__ import annotations\n" + capsys.readouterr().out, names)
    assert exercise.diagnose(names[exercise.name]).status == "correct"


@every_exercise
def test_the_stub_is_not_attempted(exercise: Exercise) -> None:
    assert exercise.diagnose(lambda *_: ...).status == "not attempted"


@every_exercise
def test_two_hints_and_three_typical_mistakes_are_known(exercise: Exercise) -> None:
    assert len(exercise.hints) == 2
    assert len(exercise.mistakes) >= 3 or exercise.checks


@pytest.mark.parametrize(("exercise", "wrong", "message"), MISTAKES)
def test_each_mistake_gets_its_own_message(
    exercise: Exercise, wrong: Callable, message: str
) -> None:
    status, said = exercise.diagnose(wrong)
    assert status == "wrong"
    assert message in said


@pytest.mark.parametrize("quiz", QUIZZES, ids=lambda task: task.key)
def test_each_question_has_one_right_answer(quiz: Quiz) -> None:
    assert sum(right for right, _ in quiz.choices.values()) == 1
    assert len(quiz.choices) >= 3


def test_no_two_tasks_have_the_same_key() -> None:
    found = {
        task for module in catalogue._modules() for task in catalogue._tasks(vars(module).values())
    }
    assert len({task.key for task in found}) == len(found)
