"""A question with answers, each of which says at once why it is right or not."""

from __future__ import annotations

from collections.abc import Mapping

from ipywidgets import HTML, RadioButtons, Widget

from course.exercises.display import Shown, lettered, pick, question, said


class Quiz(Shown):
    """One question; a wrong answer is a misconception, and is answered as one.

    Parameters
    ----------
    question : str
        As asked.
    choices : mapping of str to (bool, str)
        Each answer, whether it is right, and what to say to whoever gave it.

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

    def __init__(self, question: str, choices: Mapping[str, tuple[bool, str]]) -> None:
        rights = [right for right, _ in choices.values()]
        if all(rights) or not any(rights):
            raise ValueError("choices must hold a right and a wrong answer at least.")
        for answer, (_, explanation) in choices.items():
            if not explanation:
                raise ValueError(f"choices: {answer!r} has no explanation.")
        self.question = question
        self.choices = dict(choices)

    def text(self) -> str:
        """Return the question and its answers, without saying which is right."""
        return "\n".join([self.question, *lettered(list(self.choices))])

    def response(self, answer: str | int) -> str:
        """Return what is said to an answer: its text, its letter, or its number from 0."""
        option = pick(list(self.choices), answer)
        right, explanation = self.choices[option]
        return f"{'✓' if right else '✗'} {option}\n{explanation}"

    def answer(self, answer: str | int) -> None:
        """Print what is said to an answer."""
        print(self.response(answer))

    def parts(self) -> list[Widget]:
        """Return the question, its radio buttons, and the place for the response."""
        buttons = RadioButtons(options=list(self.choices), value=None)
        response = HTML()

        def respond(change: dict) -> None:
            response.value = said(self.response(change["new"])) if change["new"] else ""

        buttons.observe(respond, "value")
        return [question(self.question), buttons, response]
