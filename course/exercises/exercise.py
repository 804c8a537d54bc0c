"""A function to write, and a checker that says what is wrong with it and why."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from textwrap import dedent
from traceback import extract_tb
from typing import Any, NamedTuple

from IPython import get_ipython
from ipywidgets import HTML, Button, HBox, Widget

from course.exercises.compare import difference
from course.exercises.display import question, said
from course.exercises.progress import Progress
from course.exercises.stub import is_empty, meets_blank
from course.exercises.task import Task

Function = Callable[..., Any]


class Diagnosis(NamedTuple):
    """What a checker found: ``"correct"``, ``"wrong"`` or ``"not attempted"``, and why."""

    status: str
    message: str = ""


class _Ended(Exception):
    """Nothing more can be tried; it holds the diagnosis."""


class Exercise(Task):
    """A function that a student writes in a cell, beginning with a stub.

    Parameters
    ----------
    name : str
        Of the function.
    solution : function
        One that is right; `solution()` prints its source.
    cases : sequence of tuple
        Arguments to call it with, simple ones first.
    mistakes : mapping of str to function
        What to say to a typical mistake, and a function that makes it. It is recognised by
        its results.
    hints : sequence of str
        Given one at a time.
    checks : sequence of function, optional
        Further demands: each takes the student's function and returns what is wrong, or None.
    tolerance : float
        How far numbers may be off, absolute and relative.
    key, progress
        Where its state is kept, as in :class:`~course.exercises.task.Task`.

    Examples
    --------
    >>> def slope(y): return 1 - y**2
    >>> def forgets(y): return 1 - y
    >>> exercise = Exercise("slope", slope, [(0.5,)], {"The output is squared.": forgets})
    >>> def attempt(y): ...
    >>> exercise.check(attempt)
    slope: not attempted yet
    >>> exercise.check(lambda y: 1 - y)
    slope: not yet. The output is squared.
    slope(0.5): expected 0.75, got 0.5
    >>> exercise.check(lambda y: (1 - y) * (1 + y))
    slope: correct
    """

    kind = "exercise"
    fields = {"status": lambda status: status in ("correct", "wrong")}

    def __init__(
        self,
        name: str,
        solution: Function,
        cases: Sequence[tuple],
        mistakes: Mapping[str, Function] | None = None,
        hints: Sequence[str] = (),
        *,
        checks: Sequence[Callable[[Function], str | None]] = (),
        tolerance: float = 1e-6,
        key: str = "",
        progress: Progress | None = None,
    ) -> None:
        self.name = name
        self.answer = solution
        self.cases = list(cases)
        self.mistakes = dict(mistakes or {})
        self.hints = list(hints)
        self.checks = list(checks)
        self.tolerance = tolerance
        self._hints_given = 0
        super().__init__(key, progress)

    def __repr__(self) -> str:
        return f"Exercise({self.name!r})"

    def text(self) -> str:
        """Return what to do where there are no buttons."""
        return (
            f"{self.name}: .check({self.name}) tells whether it is right and what is wrong, "
            ".hint() helps, .solution() ends it."
        )

    def check(self, function: Function) -> None:
        """Print what `diagnose` finds, and keep it."""
        print(self._judged(function))

    def parts(self) -> list[Widget]:
        """Return buttons that check the function of the notebook, help, and show a solution."""
        words = HTML()

        def button(text: str, tooltip: str, action: Callable[[], str]) -> Button:
            made = Button(description=text, tooltip=tooltip)
            made.on_click(lambda _: setattr(words, "value", said(action())))
            return made

        check = button("check", f"look at {self.name} as it is now", self._check_notebook)
        hint = button("hint", "one at a time", self._next_hint)
        solution = button("solution", "one that is right", self.source)
        return [question(self.name), HBox([check, hint, solution]), words]

    def outcome(self, kept: dict[str, Any]) -> str:
        """Return whether it is solved."""
        return "✓ correct" if kept.get("status") == "correct" else "✗ not yet"

    def diagnose(self, function: Function) -> Diagnosis:
        """Return what is right or wrong with `function`; the first fault counts."""
        if not callable(function):
            return Diagnosis("wrong", f"Give the function itself, not {function!r}.")
        if is_empty(function):
            return Diagnosis("not attempted")
        try:
            self._check_arguments(function)
            faults = (self._fault(function, case) for case in self.cases)
            message = next(filter(None, faults), "") or self._unmet(function)
        except _Ended as ended:
            return ended.args[0]
        return Diagnosis("wrong", message) if message else Diagnosis("correct")

    def hint(self) -> None:
        """Print the next hint."""
        print(self._next_hint())

    def solution(self) -> None:
        """Print a solution."""
        print(self.source())

    def _judged(self, function: Function) -> str:
        """Return what `diagnose` finds in words; once correct, it is kept as correct."""
        status, message = self.diagnose(function)
        if status != "not attempted" and self.kept.get("status") != "correct":
            self.keep(status=status)
        words = {"correct": "correct", "wrong": f"not yet. {message}"}
        return f"{self.name}: {words.get(status, 'not attempted yet')}"

    def _check_notebook(self) -> str:
        """Judge the function of this name in the notebook, if there is one."""
        shell = get_ipython()
        function = None if shell is None else shell.user_ns.get(self.name)
        if function is None:
            return f"There is no function called {self.name} yet: run the cell that defines it."
        return self._judged(function)

    def _next_hint(self) -> str:
        if self._hints_given == len(self.hints):
            return "There are no more hints; solution() shows one that is right."
        self._hints_given += 1
        return f"Hint {self._hints_given} of {len(self.hints)}: {self.hints[self._hints_given - 1]}"

    def source(self) -> str:
        """Return the solution as text."""
        return dedent(inspect.getsource(self.answer)).rstrip()

    def _check_arguments(self, function: Function) -> None:
        try:
            has = inspect.signature(function)
        except ValueError:  # of some functions written in C
            return
        try:
            has.bind(*self.cases[0])
        except TypeError:
            wanted = inspect.signature(self.answer)
            words = f"It must take {wanted}, and it takes {has}."
            raise _Ended(Diagnosis("wrong", words)) from None

    def _fault(self, function: Function, case: tuple) -> str:
        """Return what is wrong with the result for one case, or ``""``."""
        given = deepcopy(case)
        got = self._call(function, given)
        if any(value is ... for value in (got if isinstance(got, tuple) else [got])):
            raise _Ended(Diagnosis("not attempted"))
        expected = self.answer(*deepcopy(case))
        words = difference(got, expected, self.tolerance)
        if not words:
            changed = difference(given, case, 0.0)
            return changed and f"It changes its own arguments ({changed}); work on a copy."
        call = ", ".join(map(repr, case))
        call = f"{self.name}({call})" if len(call) < 60 and "\n" not in call else "A result"
        return f"{self._mistake(got, expected, case)}\n{call}: {words}".strip()

    def _mistake(self, got: Any, expected: Any, case: tuple) -> str:
        """Return what to say to the typical mistake that gives `got`, or ``""``."""
        for message, wrong in self.mistakes.items():
            made = wrong(*deepcopy(case))
            if not difference(got, made, self.tolerance) and difference(made, expected):
                return message
        return ""

    def _unmet(self, function: Function) -> str:
        return next(filter(None, (check(function) for check in self.checks)), "")

    def _call(self, function: Function, case: tuple) -> Any:
        try:
            return function(*case)
        except NotImplementedError:
            raise _Ended(Diagnosis("not attempted")) from None
        except Exception as error:
            if meets_blank(error, function):
                raise _Ended(Diagnosis("not attempted")) from None
            raise _Ended(Diagnosis("wrong", _told(error, function))) from None


def _told(error: Exception, function: Function) -> str:
    """Return an error in one line, with the line of `function` in which it arose."""
    code = getattr(function, "__code__", None)
    frames = extract_tb(error.__traceback__)
    lines = [f for f in frames if code and (f.filename, f.name) == (code.co_filename, code.co_name)]
    where = f" in line {lines[-1].lineno - code.co_firstlineno + 1}" if lines else ""
    return f"It raises {type(error).__name__}{where}: {error}"
