'''Bench: an explorer whose computation goes on until it is paused, like a network that learns.

Instead of `compute`, a bench says how a run begins, goes on and looks::

    class Countdown(Bench):
        """..."""

        def start(self, state):                  # a fresh run: the network, its data
            return Run(state)

        def advance(self, run, state):           # one step of it, such as an epoch, in place
            run.model.fit(..., epochs=1)

        def look(self, run, state):              # what draw() is given, complete in itself
            return View(run.epoch, run.model.predict(...))

        def change(self, run, state, names):     # controls moved; the default begins anew
            if names <= {"learning_rate"}:
                run.model.optimizer.learning_rate = state.learning_rate
                return run                       # ... and this goes on with the same network
            return self.start(state)

`set` changes controls and shows the run as it is then, without a step; ``run(100)`` takes a
hundred. `apply`, `reset`, `restore` and `restart` begin anew. On the screen there are play,
pause, one step and restart; of all benches in a kernel one plays at a time.
'''

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from time import monotonic
from typing import Any, ClassVar

from course.checks import integer
from course.explorers.base import Explorer
from course.explorers.bench_panel import BenchPanel
from course.explorers.live import FRAME
from course.explorers.panel import Panel


class Bench(Explorer):
    """Base of the explorers that go on; the module says how to write one.

    Attributes
    ----------
    playing : bool
        Whether it goes on by itself.
    pace : int
        Steps from one picture to the next while it plays; fewer where they take longer
        than a picture may.
    """

    panel: ClassVar[type[Panel]] = BenchPanel
    pace: int = 1

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.playing = False
        self._due = 0  # steps asked for and not yet taken
        self._fresh = True  # the next computation begins a new run
        self._broken: Exception | None = None  # what the last step failed with
        self._run: Any = None
        self._run_state: Any = None

    @abstractmethod
    def start(self, state: Any) -> Any:
        """Return a fresh run for `state`: whatever `advance` goes on with."""

    @abstractmethod
    def advance(self, run: Any, state: Any) -> None:
        """Take one step, in place; it is never interrupted, so keep it below 0.1 s."""

    @abstractmethod
    def look(self, run: Any, state: Any) -> Any:
        """Return what there is to see of the run now."""

    def change(self, run: Any, state: Any, names: set[str]) -> Any:
        """Return the run to go on with, now that the controls `names` have moved."""
        return self.start(state)

    def compute(self, state: Any, poll: Callable[..., None]) -> Iterator[Any]:
        """Yield the run as it is, or as it grows while it plays."""
        self._adapt(state)
        if self._broken and not (self.playing or self._due):
            raise self._broken  # a mere look does not mend it
        while True:
            self._burst(state)
            if self.playing:
                self._rest()
            yield self.look(self._run, state)
            if not self.playing:
                return

    def run(self, steps: int) -> None:
        """Take so many steps and show the last; errors are raised."""
        integer("steps", steps, 0)
        self._halt()
        self._due = steps
        self._now(self.state)

    def step(self) -> None:
        """Take one step beside the cells, and pause there."""
        self.pause()
        self._due += 1
        self._soon(self.state)

    def play(self) -> None:
        """Go on beside the cells until `pause`; all other benches pause."""
        self._pause_others()
        self.playing = True
        self._soon(self.state)

    def pause(self) -> None:
        """Stay where it is; the step under way is finished and shown."""
        self.playing = False
        self._tell(lambda panel: panel.show_state(self.state))

    def stop(self) -> None:
        """Pause: a step is never left half done."""
        self.pause()

    def restart(self, *, wait: bool = True) -> None:
        """Begin anew with the controls as they are."""
        self._begin(self.state, wait)

    def fail(self, error: Exception) -> None:
        """Keep `error`, show it and pause."""
        self._due = 0
        self.pause()
        super().fail(error)

    def widget(self) -> Any:
        """Return the controls and the live picture; other benches pause, seen or not."""
        self._pause_others()
        return super().widget()

    def _pause_others(self) -> None:
        for bench in Bench.instances():
            if bench is not self:
                bench.pause()

    def _begin(self, state: Any, wait: bool) -> None:
        self._fresh = True
        super()._begin(state, wait)

    def _now(self, state: Any) -> None:
        playing = self._halt()
        super()._now(state)
        if playing:
            self.play()

    def _halt(self) -> bool:
        """Wait for the worker to pause; return whether it was playing."""
        playing, self.playing = self.playing, False
        self._worker.stop()
        self._worker.wait()
        return playing

    def _adapt(self, state: Any) -> None:
        """Take the run to `state`: a new one, the same, or the one that `change` returns."""
        if self._fresh:
            self._run, self._fresh, self._broken = self.start(state), False, None
        else:
            old, new = self._run_state._asdict(), state._asdict()
            names = {name for name in new if new[name] != old[name]}
            if names:
                self._run, self._broken = self.change(self._run, state, names), None
        self._run_state = state

    def _burst(self, state: Any) -> None:
        """Take the steps up to the next picture."""
        end = monotonic() + FRAME
        while self._due:
            self._step(state)
            self._due -= 1
        for _ in range(self.pace if self.playing else 0):
            self._step(state)
            if monotonic() > end:
                return

    def _step(self, state: Any) -> None:
        try:
            self.advance(self._run, state)
            self._broken = None
        except Exception as error:
            self._broken = error
            raise
