"""One thread of work for one explorer, in which the newest request wins.

There is no queue: a request that has not begun is replaced by the next one, and the one
that runs is cancelled where it polls. The thread exists only while there is work, so an
idle explorer costs nothing and leaves nothing behind.
"""

from __future__ import annotations

import atexit
import weakref
from collections.abc import Callable
from threading import Condition, Thread
from time import monotonic
from typing import ClassVar

GRACE = 0.25  # seconds; while a slider is dragged, work that ends sooner is still shown


class Cancelled(Exception):
    """Raised by `poll()` in a computation that nobody waits for any more."""


class Poll:
    """What a computation calls now and then to learn whether it is still wanted.

    A newer request cancels it once it has shown a picture or has run for `GRACE` seconds:
    cancelled at once, slow computations would show nothing while a slider moves. `stop()`
    cancels it immediately.
    """

    def __init__(self, worker: Worker, version: int) -> None:
        self._worker = worker
        self._version = version
        self._begin = monotonic()
        self.pictures = 0

    @property
    def seconds(self) -> float:
        """How long the work has been running."""
        return monotonic() - self._begin

    def __call__(self) -> None:
        """Raise `Cancelled` if the work is to end here."""
        if self._worker.stopped >= self._version:
            raise Cancelled
        newer = self._worker.version > self._version
        if newer and (self.pictures or self.seconds > GRACE):
            raise Cancelled


class Worker:
    """Does the newest job that was posted, in a thread of its own.

    Parameters
    ----------
    name : str
        Of the thread.
    """

    _all: ClassVar[weakref.WeakSet[Worker]] = weakref.WeakSet()

    def __init__(self, name: str) -> None:
        self._name = name
        self._condition = Condition()
        self._job: Callable[[Poll], None] | None = None
        self._thread: Thread | None = None
        self.version = 0  # of the newest request
        self.stopped = 0  # requests up to this one have been called off
        Worker._all.add(self)

    @property
    def busy(self) -> bool:
        """Whether there is work under way."""
        return self._thread is not None

    def post(self, job: Callable[[Poll], None]) -> None:
        """Ask for `job`, in place of whatever was asked for before; return at once."""
        with self._condition:
            self.version += 1
            self._job = job
            if self._thread is None:
                self._thread = Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Call off what runs and what waits; return at once."""
        with self._condition:
            self.stopped = self.version
            self._job = None

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until there is no work left; return whether that came within `seconds`."""
        with self._condition:
            return self._condition.wait_for(lambda: not self.busy, seconds)

    def _run(self) -> None:
        try:
            while (job := self._next()) is not None:
                work, poll = job
                try:
                    work(poll)
                except Cancelled:
                    continue
        except BaseException:
            self._end()
            raise

    def _next(self) -> tuple[Callable[[Poll], None], Poll] | None:
        with self._condition:
            if self._job is None:
                self._end()
                return None
            job, self._job = self._job, None
            return job, Poll(self, self.version)

    def _end(self) -> None:
        with self._condition:
            self._thread = None
            self._condition.notify_all()


@atexit.register
def _stop_all(seconds: float = 2.0) -> None:
    """End all work while the interpreter can still run it."""
    for worker in list(Worker._all):
        worker.stop()
    for worker in list(Worker._all):
        worker.wait(seconds)
