"""A vote in class: hands are counted and typed in, and shown beside the expected split."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from ipywidgets import HTML, BoundedIntText, Button, HBox, Widget

from course.checks import integer, number
from course.exercises.display import lettered, question, said
from course.exercises.progress import Progress
from course.exercises.task import Task

WIDTH = 24  # characters of a full bar


class Vote(Task):
    """A question to the whole room.

    Parameters
    ----------
    question : str
        As asked.
    options : sequence of str
        What hands are raised for.
    expected : sequence of float
        The share of each, as a class usually answers; they add up to 1.
    key, progress
        Where the hands are kept, as in :class:`~course.exercises.task.Task`.
    """

    kind = "vote"
    fields = {"hands": lambda hands: isinstance(hands, list)}

    def __init__(
        self,
        question: str,
        options: Sequence[str],
        expected: Sequence[float],
        key: str = "",
        *,
        progress: Progress | None = None,
    ) -> None:
        shares = [number("expected", share, 0, 1) for share in expected]
        if len(shares) != len(options) or abs(sum(shares) - 1) > 1e-6:
            raise ValueError(
                f"expected must be {len(options)} shares, one an option, that add up to 1, "
                f"got {list(expected)}."
            )
        self.question = question
        self.options = list(options)
        self.expected = shares
        super().__init__(key, progress)

    def text(self) -> str:
        """Return the question and its options; the expected split is seen after the vote."""
        return "\n".join([self.question, *lettered(self.options)])

    def split(self, *hands: int) -> list[float]:
        """Return the share of each option, for the hands counted for each.

        Raises
        ------
        ValueError
            If there are not as many counts as options, one is negative, or all are 0.
        """
        if len(hands) != len(self.options):
            raise ValueError(f"hands: {len(self.options)} counts expected, got {len(hands)}.")
        counts = [integer("hands", count, 0) for count in hands]
        if not sum(counts):
            raise ValueError("hands: nobody has voted.")
        return [count / sum(counts) for count in counts]

    def count(self, *hands: int) -> None:
        """Print the split of the hands raised beside the expected one."""
        rows = zip(lettered(self.options), self._counted(*hands), self.expected, strict=True)
        for option, here, usual in rows:
            print(option)
            print(f"  here     {here:4.0%} {'█' * round(WIDTH * here)}")
            print(f"  expected {usual:4.0%} {'░' * round(WIDTH * usual)}")

    def parts(self) -> list[Widget]:
        """Return the question, a field for each option, a button, and the place of bars."""
        fields = [self._field(letter) for letter in lettered(self.options)]
        words = [HTML(escape(option)) for option in self.options]
        rows = [HBox(row) for row in zip(fields, words, strict=True)]
        button, bars = Button(description="show the split"), HTML()

        def show(_: Button) -> None:
            try:
                bars.value = self._bars(self._counted(*(field.value for field in fields)))
            except ValueError as error:
                bars.value = said(str(error))

        button.on_click(show)
        return [question(self.question), *rows, button, bars]

    def outcome(self, kept: dict[str, Any]) -> str:
        """Return the hands that were counted."""
        return f"hands: {', '.join(map(str, kept.get('hands', ())))}"

    def _counted(self, *hands: int) -> list[float]:
        """Return the split, and keep the hands."""
        shares = self.split(*hands)
        self.keep(hands=[int(count) for count in hands])
        return shares

    def _field(self, letter: str) -> BoundedIntText:
        field = BoundedIntText(0, min=0, max=10_000, description=letter[:3], tooltip=letter)
        field.layout.width, field.style.description_width = "120px", "30px"
        return field

    def _bars(self, shares: Sequence[float]) -> str:
        lines = []
        for option, here, usual in zip(self.options, shares, self.expected, strict=True):
            lines.append(f"<div>{escape(option)}</div>")
            lines.append(_bar("here", here, "course-bar"))
            lines.append(_bar("expected", usual, "course-bar course-expected"))
        return f'<div class="course-said" role="status">{"".join(lines)}</div>'


def _bar(name: str, share: float, kind: str) -> str:
    width = round(400 * share)
    return f'<div><span class="{kind}" style="width: {width}px"></span> {name} {share:.0%}</div>'
