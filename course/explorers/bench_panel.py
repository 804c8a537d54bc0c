"""The panel of a bench: play, step and restart stand above the controls, always in sight."""

from __future__ import annotations

from typing import Any

from ipywidgets import HBox

from course.explorers.panel import Panel


class BenchPanel(Panel):
    """A panel whose explorer goes on by itself."""

    def actions(self) -> list[Any]:
        """Return the buttons below the controls; pause is the stop button here."""
        return [
            button for button in super().actions() if button not in (self._stop, self._progress)
        ]

    def show_state(self, state: Any) -> None:
        """Take every control to where `state` has it, and say what the play button does."""
        super().show_state(state)
        self._play.description = "pause" if self.explorer.playing else "play"
        self._play.button_style = "success" if self.explorer.playing else "primary"

    def show_busy(self, busy: bool, share: float | None = None) -> None:
        """Nothing: whether it goes on is what the play button says."""

    def _all_controls(self) -> list[Any]:
        bench = self.explorer
        self._play = self.button("play", "go on until paused", self._play_or_pause)
        step = self.button("step", "take one step", bench.step)
        restart = self.button(
            "restart", "begin anew with these controls", lambda: bench.restart(wait=False)
        )
        self.main = HBox([self._play, step, restart])
        self.main.add_class("course-row")
        return [self.main, *super()._all_controls()]

    def _play_or_pause(self) -> None:
        (self.explorer.pause if self.explorer.playing else self.explorer.play)()
