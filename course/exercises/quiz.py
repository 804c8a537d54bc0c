"""A question with answers, each of which says at once why it is right or not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ipywidgets import HTML, RadioButtons, Widget

from course.exercises.display import lettered, pick, question, said
from course.exercises.progress import Progress
from course.exercises.task import Task


class Quiz(Task):
    """One question; a wrong answer is a misconception, and is answered as one.

    Parameters
    ----------
    question : str
        As asked.
    choices : mapping of str to (bool, str)
        Each answer, whether it is right, and what to say to whoever gave it.
    key, progress
        Where answers are kept, as in :class:`~course.exercises.task.Task`.

    Raises
    ------
    ValueError
        If there is no right answer, no wrong one, or one without an explanation.

    Examples
    --------
    >>> quiz = Quiz("What is 0.6 ** 15?", {
    ...     "about 0.0005": (True, "Fifteen layers let a two-thousandth through."),
    ...     "about 0.04": (False, "That is 0.6 / 15: layers multiply, they do not divide."),
    ... })
    >>> quiz.answer("b")
    ✗ about 0.04
    That is 0.6 / 15: layers multiply, they do not divide.
    """

    kind = "quiz"
    fields = {"tries": lambda tries: type(tries) is int and tries > 0}

    def __init__(
        self,
        question: str,
        choices: Mapping[str, tuple[bool, str]],
        key: str = "",
        *,
        progress: Progress | None = None,
    ) -> None:
        rights = [right for right, _ in choices.values()]
        if all(rights) or not any(rights):
            raise ValueError("choices must hold a right and a wrong answer at least.")
        for answer, (_, explanation) in choices.items():
            if not explanation:
                raise ValueError(f"choices: {answer!r} has no explanation.")
        self.question = question
        self.choices = dict(choices)
        super().__init__(key, progress)

    def text(self) -> str:
        """Return the question and its answers, without saying which is right."""
        return "\n".join([self.question, *lettered(list(self.choices))])

    def response(self, answer: str | int) -> str:
        """Return what is said to an answer: its text, its letter, or its number from 0."""
        option = pick(list(self.choices), answer)
        right, explanation = self.choices[option]
        return f"{'✓' if right else '✗'} {option}\n{explanation}"

    def answer(self, answer: str | int) -> None:
        """Print what is said to an answer, and keep it."""
        print(self._answered(answer))

    def outcome(self, kept: dict[str, Any]) -> str:
        """Return whether a right answer was found, and in how many tries."""
        tries = kept.get("tries", 1)
        right = "✓ correct" if kept.get("correct") else "✗ not yet"
        return f"{right} ({tries} {'try' if tries == 1 else 'tries'})"

    def parts(self) -> list[Widget]:
        """Return the question, its radio buttons, and the place for the response."""
        buttons = RadioButtons(options=list(self.choices), value=None)
        response = HTML()

        def respond(change: dict) -> None:
            response.value = said(self._answered(change["new"])) if change["new"] else ""

        buttons.observe(respond, "value")
        return [question(self.question), buttons, response]

    def _answered(self, answer: str | int) -> str:
        """Return the response, and keep the answer; after a right one nothing is counted."""
        response = self.response(answer)
        if not self.kept.get("correct"):
            option = pick(list(self.choices), answer)
            tries = self.kept.get("tries", 0) + 1
            self.keep(answer=option, correct=self.choices[option][0], tries=tries)
        return response
