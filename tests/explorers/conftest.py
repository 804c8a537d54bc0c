"""Two small explorers that the tests drive, and a look for threads that stay behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from course.explorers import Bench, Choice, Explorer, IntSlider, LogSlider, Slider, Steps, Toggle


class Powers(Explorer):
    """Powers of a number; slow, failing or streaming on request."""

    title = "Powers"
    size = (3.0, 2.0)
    controls = (
        IntSlider("depth", 1, 30, default=3),
        LogSlider("gain", 0.1, 10.0, default=2.0),
        Slider("shift", -1.0, 1.0, default=0.0, step=0.05),
        Choice("kind", ["plain", "stream", "compute", "draw", "empty"]),
        Steps("batch_size", [1, 2, 4, 8], default=2, advanced=True),
        Toggle("grid"),
    )
    presets = {"fades": {"gain": 0.5}, "deep": {"depth": 20, "grid": True}}
    pause = 0.0  # seconds between two polls

    def __init__(self, **values):
        super().__init__(**values)
        self.begun = []
        self.ended = []
        self.drawn = []

    def compute(self, state, poll):
        if state.kind == "compute":
            raise ZeroDivisionError("compute <failed>")
        self.begun.append(state.depth)
        if state.kind in ("stream", "empty"):
            return self.grow(state, poll)
        for _ in range(10):
            time.sleep(self.pause)
            poll()
        self.ended.append(state.depth)
        return [state.gain**k for k in range(state.depth)]

    def grow(self, state, poll):
        for k in range(state.depth if state.kind == "stream" else 0):
            poll()
            time.sleep(self.pause)
            yield [state.gain**i for i in range(k + 1)]
        self.ended.append(state.depth)

    def setup(self, figure):
        self.axes = figure.subplots()
        self.axes.set(xlim=(0, 30), ylim=(1e-30, 1e30), yscale="log")
        (self.line,) = self.axes.plot([], [], "o-", animated=True)

    def draw(self, powers):
        if self.state.kind == "draw":
            raise ZeroDivisionError("draw failed")
        self.drawn.append(len(powers))
        self.line.set_data(range(len(powers)), powers)

    def summary(self):
        return f"last of {len(self.result)}: {self.result[-1]:.3g}"

    def numbers(self):
        return {"last": self.result[-1]}

    def code(self):
        return f"print({self.state.gain} ** {self.state.depth})"


class Counter(Bench):
    """Adds `rate` at every step; a new `begin` begins anew, a new `rate` goes on."""

    title = "Counter"
    size = (3.0, 2.0)
    controls = (LogSlider("rate", 0.01, 1e3, default=1.0), IntSlider("begin", 0, 5, default=0))
    presets = {"fast": {"rate": 10.0}}

    def start(self, state):
        return [float(state.begin)]

    def advance(self, run, state):
        if state.rate == 1e3:
            raise OverflowError("too fast")
        run.append(run[-1] + state.rate)

    def look(self, run, state):
        return list(run)

    def change(self, run, state, names):
        return run if names == {"rate"} else self.start(state)

    def setup(self, figure):
        (self.line,) = figure.subplots().plot([], [])

    def draw(self, values):
        self.line.set_data(range(len(values)), values)

    def summary(self):
        return f"step {len(self.result) - 1}"

    def numbers(self):
        return {"value": self.result[-1]}

    def code(self):
        return "print(1)"


@pytest.fixture(autouse=True)
def _no_thread_stays() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    for bench in Bench.instances():
        bench.stop()
    for explorer in Explorer.instances():
        explorer.stop()
        assert explorer.wait(5), f"{explorer!r} does not end"
    deadline = time.monotonic() + 2
    while set(threading.enumerate()) - before and time.monotonic() < deadline:
        time.sleep(0.005)
    assert not set(threading.enumerate()) - before


@pytest.fixture
def powers() -> Powers:
    return Powers()


@pytest.fixture
def counter() -> Counter:
    return Counter()
