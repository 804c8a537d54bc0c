"""Several of a few options: a box to tick for each, by mouse or by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ipywidgets import HTML, Box, Checkbox, HBox, Layout
from traitlets import Tuple


class Checkboxes(HBox):
    """A widget whose value is the tuple of options that are ticked, always at least one.

    Parameters
    ----------
    options : sequence of str
        At least one, each another.
    value : sequence of str
        Those that are ticked at first.
    """

    value = Tuple()

    def __init__(self, options: Sequence[str], value: Sequence[str]) -> None:
        half = Layout(width="50%", margin="0")
        self.boxes = {
            option: Checkbox(option in value, description=option, indent=False, layout=half)
            for option in options
        }
        self._name = HTML()
        grid = Box(list(self.boxes.values()), layout=Layout(flex="1 1 0", flex_flow="row wrap"))
        super().__init__([self._name, grid], value=tuple(value))
        for box in self.boxes.values():
            box.observe(self._ticked, "value")
        self.observe(self._show, "value")

    @property
    def description(self) -> str:
        """The name on the left."""
        return self._name.description

    @description.setter
    def description(self, text: str) -> None:
        self._name.description = text

    @property
    def tooltip(self) -> str | None:
        """What is said where the pointer rests on the name; a box itself can have none."""
        return self._name.tooltip

    @tooltip.setter
    def tooltip(self, text: str) -> None:
        self._name.tooltip = text

    @property
    def disabled(self) -> bool:
        """Whether no box can be ticked now."""
        return all(box.disabled for box in self.boxes.values())

    @disabled.setter
    def disabled(self, off: bool) -> None:
        for box in self.boxes.values():
            box.disabled = off

    @property
    def style(self) -> Any:
        """Of the name on the left."""
        return self._name.style

    def _ticked(self, change: Any) -> None:
        ticked = tuple(option for option, box in self.boxes.items() if box.value)
        if ticked:
            self.value = ticked
        else:
            change.owner.value = True

    def _show(self, change: Any) -> None:
        for option, box in self.boxes.items():
            box.unobserve(self._ticked, "value")  # one box after the other is no choice
            box.value = option in change.new
            box.observe(self._ticked, "value")
