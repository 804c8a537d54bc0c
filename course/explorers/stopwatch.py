"""A button that measures activations on the machine it is pressed on; nothing of it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ipywidgets import HTML, Button, VBox

from course.experiments.operations import seconds
from course.plots import style

WORDS = "Press the button: the time of each activation on this machine, against relu."
WIDTH = 26  # of the longest bar, in letters


class Stopwatch:
    """Measures how long activations take, when asked to.

    Parameters
    ----------
    activations : sequence of str
        Their names; 'relu', the measure, is among them.
    """

    def __init__(self, activations: Sequence[str]) -> None:
        self.activations = list(activations)
        self.button = Button(description="measure on this machine")
        self.button.layout.width = "220px"
        self.words = HTML(WORDS)
        self.button.on_click(lambda _: self.measure())

    def measure(self) -> dict[str, float]:
        """Show, and return by name, how many times as long as relu each takes."""
        took = {name: seconds(name) for name in self.activations}
        times = {name: took[name] / took["relu"] for name in sorted(took, key=took.__getitem__)}
        longest = max(times.values())
        rows = [
            f"{name:12}{'█' * max(1, round(WIDTH * value / longest))} {value:.1f} × relu"
            for name, value in times.items()
        ]
        self.words.value = (
            f'<pre role="status" style="font-size: 16px; color: {style.INK}">'
            + "\n".join(rows)
            + "</pre>"
        )
        return times

    def widget(self) -> VBox:
        """Return the button and the place of its answer."""
        return VBox([self.button, self.words])

    def __repr__(self) -> str:
        return WORDS

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        return {**self.widget()._repr_mimebundle_(), "text/plain": WORDS}
