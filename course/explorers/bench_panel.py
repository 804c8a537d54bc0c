"""The panel of a bench: play, pause, one step and restart beside the other buttons."""

from __future__ import annotations

from typing import Any

from course.explorers.panel import Panel


class BenchPanel(Panel):
    """A panel whose explorer goes on by itself."""

    def actions(self) -> list[Any]:
        """Return the buttons below the controls."""
        bench = self.explorer
        self._play = self.button("▶ play", "go on until paused", self._play_or_pause)
        step = self.button("step", "take one step", bench.step)
        restart = self.button(
            "restart", "begin anew with these controls", lambda: bench.restart(wait=False)
        )
        others = [button for button in super().actions() if button is not self._stop]
        return [self._play, step, restart, *others]

    def show_state(self, state: Any) -> None:
        """Take every control to where `state` has it, and say what the play button does."""
        super().show_state(state)
        self._play.description = "⏸ pause" if self.explorer.playing else "▶ play"

    def show_busy(self, busy: bool) -> None:
        """Nothing: pause is the stop button here."""

    def _play_or_pause(self) -> None:
        (self.explorer.pause if self.explorer.playing else self.explorer.play)()
