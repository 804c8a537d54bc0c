"""How predictions, quizzes and votes stand on a page: a widget, and plain text without one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from html import escape
from typing import Any

from ipywidgets import HTML, VBox, Widget

from course.projector import enlarged

STYLE = """
<style>
.course-exercise { font-size: 16px; padding: 6px 12px; border-left: 5px solid #0072B2; }
.course-exercise .widget-html-content { font-size: 16px; line-height: 1.4; }
.course-exercise .widget-radio { width: auto; }
.course-exercise .widget-radio-box { max-width: 720px; }
.course-exercise .widget-radio-box label { height: auto; min-height: 30px; font-size: 16px;
  line-height: 1.4; white-space: normal; padding: 3px 0 3px 28px; position: relative; }
.course-exercise input[type="radio"] { position: absolute; left: 2px; top: 5px; margin: 0; }
.course-exercise input:focus-visible, .course-exercise button:focus-visible,
.course-exercise textarea:focus-visible { outline: 3px solid #E69F00; outline-offset: 2px; }
.course-exercise .widget-label, .course-exercise textarea, .course-exercise input {
  font-size: 16px; }
.course-exercise .widget-textarea { width: 640px; max-width: 100%; }
.course-exercise button.jupyter-button { width: auto; height: 34px; font-size: 15px;
  align-self: flex-start; padding: 0 14px; margin-left: 2px; }
.course-exercise .course-question { font-weight: 600; margin: 2px 0 4px; }
.course-exercise .course-said { white-space: pre-wrap; margin: 4px 0; }
.course-exercise .course-bar { display: inline-block; height: 16px; background: #0072B2; }
.course-exercise .course-bar.course-expected { background: none; border: 2px dashed #5C5C5C;
  height: 12px; }
/* Among slides this strip, which folds an output, lies over the answers' buttons. */
.jp-Deck .jp-OutputArea-promptOverlay { display: none !important; }
</style>
"""


class Shown(ABC):
    """Something with a widget, whose stored output is its words alone."""

    @abstractmethod
    def text(self) -> str:
        """Return the words that stand where no widget can."""

    @abstractmethod
    def parts(self) -> list[Widget]:
        """Return new widgets, from top to bottom."""

    def widget(self) -> Widget:
        """Return a new widget."""
        box = VBox([HTML(enlarged(STYLE)), *self.parts()])
        box.add_class("course-exercise")
        return box

    def __repr__(self) -> str:
        return self.text()

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {**self.widget()._repr_mimebundle_(), "text/plain": self.text()}


def question(text: str) -> HTML:
    """Return a question as it stands above its answers."""
    return HTML(f'<div class="course-question">{escape(text)}</div>')


def said(text: str) -> str:
    """Return an answer of the machine, which a screen reader speaks when it appears."""
    return f'<div class="course-said" role="status">{escape(text)}</div>'


def lettered(options: list[str]) -> list[str]:
    """Return ``["(a) first", "(b) second", ...]``."""
    return [f"({chr(ord('a') + k)}) {option}" for k, option in enumerate(options)]


def pick(options: list[str], answer: str | int, argument: str = "answer") -> str:
    """Return the option that `answer` means: its text, its letter, or its number from 0.

    Raises
    ------
    ValueError
        If it means none.
    """
    letters = {chr(ord("a") + k): option for k, option in enumerate(options)}
    if isinstance(answer, str) and answer in options:
        return answer
    if isinstance(answer, str) and answer.lower() in letters:
        return letters[answer.lower()]
    if isinstance(answer, int) and not isinstance(answer, bool) and 0 <= answer < len(options):
        return options[answer]
    known = ", ".join(lettered(options))
    raise ValueError(f"{argument} must be one of {known}, got {answer!r}.")
