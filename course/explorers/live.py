"""From the values of the controls to the picture: at once, or in a thread beside the cells.

`Live` is the engine of an explorer. It knows that there is a state, a computation and a
drawing; what the state consists of is the business of `Explorer`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable, Iterator
from inspect import isgenerator
from threading import RLock
from time import monotonic, sleep
from typing import Any, ClassVar

from matplotlib.figure import Figure

from course.explorers.canvas import Canvas
from course.explorers.panel import Panel
from course.explorers.worker import Cancelled, Poll, Worker

FRAME = 1 / 20  # seconds between two pictures of one computation
PATIENCE = 0.15  # seconds after which a computation can be stopped by a button


class Live(ABC):
    """Computes and draws for the newest state; the hooks are what an explorer writes.

    Attributes
    ----------
    state : named tuple
        The values of the controls, ``explorer.state.depth``.
    error : Exception or None
        What the newest computation failed with.
    """

    size: ClassVar[tuple[float, float]] = (8.0, 4.5)  # inches, of 100 pixels

    def __init__(self, state: Any) -> None:
        self.state = state
        self.error: Exception | None = None
        self._result: Any = None
        self._canvas: Canvas | None = None
        self._panel: Panel | None = None
        self._turn = RLock()  # whoever computes and draws holds it
        self._worker = Worker(type(self).__name__)
        self._last_frame = 0.0

    @abstractmethod
    def compute(self, state: Any, poll: Callable[..., None]) -> Any:
        """Return what there is to see at `state`, or yield it while it grows.

        Long work calls ``poll(share)`` with the share that is done, 0 to 1, as often as it can.
        """

    @abstractmethod
    def setup(self, figure: Figure) -> None:
        """Make the axes and the artists, once."""

    @abstractmethod
    def draw(self, result: Any) -> None:
        """Change the artists so that they show `result`."""

    @abstractmethod
    def summary(self) -> str:
        """Return the numbers beside the picture, rounded to what another machine repeats."""

    @abstractmethod
    def describe(self) -> str:
        """Return the picture in words, for those who do not see it."""

    @property
    def result(self) -> Any:
        """The newest result; the first one is computed when it is first asked for."""
        if self._result is None:
            self._now(self.state)
        return self._result

    def figure(self) -> Figure:
        """Return the still picture, as a figure that later moves will change."""
        if self._canvas is None:
            self._now(self.state)
        return self._canvas.figure

    def stop(self) -> None:
        """End what is being computed; the last picture stays."""
        self._worker.stop()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the worker is done; return whether it was within `seconds`."""
        return self._worker.wait(seconds)

    def fail(self, error: Exception) -> None:
        """Keep `error` and show it where the reader looks."""
        self.error = error
        self._tell(lambda panel: panel.show_error(error))

    def _soon(self, state: Any) -> None:
        """Go to `state` beside the cells; the newest one wins."""
        self._move(state)
        self._worker.post(self._work)

    def _now(self, state: Any) -> None:
        """Go to `state`, compute to the end, show the last result; errors are raised."""
        self._worker.stop()
        with self._turn:
            self._move(state)
            try:
                (result,) = deque(self._results(lambda share=None: None), maxlen=1)
                self._show(result)
            except Exception as error:
                self.fail(error)
                raise

    def _work(self, poll: Poll) -> None:
        self._rest()
        with self._turn:
            try:
                self._stream(poll)
            except Cancelled:
                raise
            except Exception as error:
                self.fail(error)
            finally:
                self._tell(lambda panel: panel.show_busy(False))

    def _rest(self) -> None:
        """Wait until it is time for another picture; a browser cannot show more."""
        sleep(max(0.0, self._last_frame + FRAME - monotonic()))

    def _stream(self, poll: Poll) -> None:
        """Compute, showing results as they come, and the last one in any case."""

        def patient(share: float | None = None) -> None:
            if poll.seconds > PATIENCE:
                self._tell(lambda panel: panel.show_busy(True, share))
            poll()

        patient()
        for result in self._results(patient):
            due = not poll.pictures or monotonic() > self._last_frame + FRAME
            if due:
                self._show(result)
                poll.pictures += 1
            poll()
        if not due:
            self._show(result)

    def _results(self, poll: Callable[..., None]) -> Iterator[Any]:
        outcome = self.compute(self.state, poll)
        empty = True
        for result in outcome if isgenerator(outcome) else [outcome]:
            empty = False
            yield result
        if empty:
            raise ValueError(f"{type(self).__name__}.compute yielded no result.")

    def _move(self, state: Any) -> None:
        self.state = state
        self._tell(lambda panel: panel.show_state(state))

    def _show(self, result: Any) -> None:
        self._last_frame = monotonic()
        if self._canvas is None:
            canvas = Canvas(self.size)
            self.setup(canvas.figure)
            self._canvas = canvas
        with self._canvas.lock:
            self._result = result
            self.draw(result)
            png = self._canvas.png()
        words = self.summary(), self.describe()
        self.error = None
        self._tell(lambda panel: panel.show(png, *words))

    def _tell(self, message: Callable[[Panel], None]) -> None:
        if self._panel is not None:
            message(self._panel)
