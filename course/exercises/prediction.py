"""A prediction, written down with its reason before the result is seen."""

from __future__ import annotations

from collections.abc import Sequence
from sys import float_info
from typing import Any

from ipywidgets import HTML, Button, FloatText, RadioButtons, Textarea, Widget

from course.checks import number
from course.exercises.display import lettered, pick, question, said
from course.exercises.progress import Progress
from course.exercises.task import Task


class Prediction(Task):
    """What a student expects, and why; it cannot be changed once the result was seen.

    Parameters
    ----------
    question : str
        As asked.
    key : str
        Under which it is kept, e.g. ``11.depth``.
    choices : sequence of str, optional
        The possible answers; without them the answer is a number.
    unit : str
        Of the number, e.g. ``%``.
    progress : Progress, optional
        Where it is kept; by default a new one.

    Examples
    --------
    >>> prediction = Prediction("20 layers: will it learn?", "11.depth", ["yes", "no"])
    >>> prediction.record("yes", reason="more layers see more")
    You predicted: yes
    Because: more layers see more
    >>> prediction.reveal("no")
    ✗ You predicted: yes; measured: no.
    Because: more layers see more
    """

    kind = "prediction"

    def __init__(
        self,
        question: str,
        key: str,
        choices: Sequence[str] | None = None,
        *,
        unit: str = "",
        progress: Progress | None = None,
    ) -> None:
        self.question = question
        self.choices = None if choices is None else list(choices)
        self.unit = unit
        said = _is_number if choices is None else _is_text
        self.fields = {"answer": said, "reason": _is_text, "measured": _is_text}
        super().__init__(key, progress)
        self.answer: str | float | None = self.kept.get("answer")
        self.reason: str = self.kept.get("reason", "")
        self.revealed = "measured" in self.kept

    def text(self) -> str:
        """Return the question and the possible answers."""
        return "\n".join([self.question, *lettered(self.choices or [])])

    def record(self, answer: str | float, reason: str) -> None:
        """Write the prediction down.

        Raises
        ------
        ValueError
            If the answer is none of the choices, there is no reason, or the result has been
            revealed.
        """
        self._keep(answer, reason)
        print(self._recorded())

    def reveal(self, result: str | float, *, tolerance: float = 0.0) -> None:
        """Print the prediction beside the measured `result`.

        Parameters
        ----------
        result : str or float
            One of the choices, or a number.
        tolerance : float
            How far off a predicted number may be.
        """
        if self.choices is not None:
            result = pick(self.choices, result, "result")
        self.revealed = True
        measured = f"{result}{self.unit}" if self.choices else f"{result:g}{self.unit}"
        if self.answer is None:
            print(f"No prediction recorded; measured: {measured}.")
            return
        if self.choices is not None:
            hit = self.answer == result
        else:
            hit = abs(self.answer - result) <= tolerance
        self.keep(measured=measured, correct=bool(hit))
        print(f"{'✓' if hit else '✗'} You predicted: {self._said()}; measured: {measured}.")
        print(f"Because: {self.reason}")

    def outcome(self, kept: dict[str, Any]) -> str:
        """Return the prediction, and beside it what was measured, if it was."""
        said = f"predicted: {kept.get('answer')}"
        if "measured" not in kept:
            return said
        return f"{'✓' if kept.get('correct') else '✗'} {said}; measured: {kept['measured']}"

    def parts(self) -> list[Widget]:
        """Return the question, the field for the answer, one for the reason, a button."""
        if self.choices is None:
            field = FloatText(self.answer or 0.0, description=self.unit)
        else:
            known = self.answer if self.answer in self.choices else None
            field = RadioButtons(options=self.choices, value=known)
        reason = Textarea(self.reason, description="because", placeholder="one sentence")
        button = Button(description="record", tooltip="before the result is shown")
        status = HTML(said(self._recorded()) if self.answer is not None else "")

        def record(_: Button) -> None:
            try:
                self._keep(field.value, reason.value)
                status.value = said(self._recorded())
            except (TypeError, ValueError) as error:
                status.value = said(str(error))

        button.on_click(record)
        return [question(self.question), field, reason, button, status]

    def _keep(self, answer: str | float | None, reason: str) -> None:
        if self.revealed:
            raise ValueError("The result has been revealed: the prediction stays as it is.")
        if self.choices is None:
            answer = number("answer", answer)
        elif answer is None:
            raise ValueError("answer: choose one first.")
        else:
            answer = pick(self.choices, answer)
        if not reason.strip():
            raise ValueError("reason: say why in a sentence; that is what you learn from.")
        self.keep(answer=answer, reason=reason.strip())
        self.answer, self.reason = answer, reason.strip()

    def _said(self) -> str:
        return f"{self.answer}{self.unit}" if self.choices else f"{self.answer:g}{self.unit}"

    def _recorded(self) -> str:
        return f"You predicted: {self._said()}\nBecause: {self.reason}"


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and abs(value) <= float_info.max
