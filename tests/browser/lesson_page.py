"""A lesson open in JupyterLab, driven as a reader would: run all, drag, press keys, look."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lab import Lab

HELPERS = Path(__file__).with_name("page.js")
# What JupyterLab itself says in any page, whatever the notebook does.
HARMLESS = ("favicon", "Failed to load resource", "workspaces", "ResizeObserver loop")
START_SECONDS = 60
RUN_SECONDS = 120
UNANSWERED = 3  # key presses in vain after which no more are made
FRAME_SECONDS = 2.5  # after which a move is taken to change no picture


@dataclass
class Moved:
    """What happened when a slider was moved: value and place (0 to 1) it came to, frames seen."""

    label: str
    value: str
    wanted: float
    place: float
    frames: int

    @property
    def stayed(self) -> bool:
        """Whether it is at the end it was dragged to; places between may be rounded."""
        return self.wanted not in (0, 1) or abs(self.place - self.wanted) < 0.02


@dataclass
class Latency:
    """Milliseconds from key press to changed picture, and frames while dragging."""

    label: str
    milliseconds: list[float] = field(default_factory=list)
    unanswered: int = 0
    drag_frames_per_second: float = 0.0
    settled: float = 0.0
    finished: bool = True

    @property
    def median(self) -> float:
        """The middle of the measured times."""
        return statistics.median(self.milliseconds) if self.milliseconds else float("nan")

    @property
    def p95(self) -> float:
        """The time that 95 of 100 key presses stay below."""
        ordered = sorted(self.milliseconds)
        return ordered[round(0.95 * (len(ordered) - 1))] if ordered else float("nan")


class LessonPage:
    """One notebook in one browser page; `console` collects what the page complained about."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.console: list[str] = []
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.console.append(f"uncaught: {error}"))

    def _on_console(self, message: Any) -> None:
        if message.type == "error" and not any(word in message.text for word in HARMLESS):
            self.console.append(message.text)

    def open(self, lab: Lab, name: str) -> None:
        """Open the notebook `name` and wait for its cells and its kernel."""
        self.page.goto(lab.address(name))
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=START_SECONDS * 1000)
        self.page.add_script_tag(path=str(HELPERS))
        self.page.evaluate("seconds => lesson.ready(seconds)", START_SECONDS)

    def run_all(self) -> None:
        """Run all cells from the top; return when the kernel is idle and widgets are drawn."""
        self.page.evaluate("seconds => lesson.runAll(seconds)", RUN_SECONDS)
        self.wait_idle()

    def run_cells(self, cells: list[int]) -> None:
        """Run the cells with these numbers, from 0; return as `run_all` does."""
        run = "([cells, seconds]) => lesson.runCells(cells, seconds)"
        self.page.evaluate(run, [cells, RUN_SECONDS])
        self.wait_idle()

    def wait_idle(self, seconds: float = RUN_SECONDS) -> None:
        """Wait until the kernel has been idle, and the widgets there, for a quarter second."""
        quiet = 0
        for _ in range(int(seconds * 20)):
            quiet = 0 if self.page.evaluate("() => lesson.busy()") else quiet + 1
            if quiet >= 5:
                return
            self.page.wait_for_timeout(50)
        raise TimeoutError(f"The kernel was still busy after {seconds} s.")

    def errors(self) -> list[str]:
        """Tracebacks, warnings and broken widgets in the page, with the number of the cell."""
        return self.page.evaluate("() => lesson.errors()")

    def sliders(self) -> list[dict[str, Any]]:
        """The sliders that can be seen and moved, in order: label, handles, vertical."""
        return self.page.evaluate("() => lesson.sliders()")

    def move(self, index: int, to: float, steps: int = 12, patience: float = 15.0) -> Moved:
        """Drag slider `index` to the fraction `to` of its way, in small steps, and let go.

        Where pictures still come after `patience` seconds, the live part is stopped.
        """
        slider = self._slider(index)
        vertical = self.sliders()[index]["vertical"]
        with self._watching(index):
            self._drag(slider, to, steps, vertical)
            paused = self.page.evaluate("index => lesson.buttons('step', index).length", index)
            self._first_frame(seconds=0.5 if paused else FRAME_SECONDS)
            if not self.settle(patience):
                self.stop(index)
            frames = len(self.page.evaluate("() => lesson.frames"))
        value = self.page.evaluate("index => lesson.value(index)", index)
        place = self.page.evaluate("index => lesson.place(index)", index)
        return Moved(self.sliders()[index]["label"], value, to, place, frames)

    def show_all_controls(self) -> int:
        """Press every "all controls"; return how many there were."""
        pressed = self.page.evaluate("() => lesson.press('all controls')")
        self.wait_idle()
        return pressed

    def step(self, index: int) -> int:
        """Have the bench that slider `index` belongs to take one step; return its frames.

        While it is paused, a slider such as a learning rate shows nothing until then.
        """
        with self._watching(index):
            if self.page.evaluate("index => lesson.press('step', index)", index):
                self.settle()
            return len(self.page.evaluate("() => lesson.frames"))

    def latency(self, index: int, presses: int = 20) -> Latency:
        """Press arrow keys on slider `index`, one at a time; then drag for a second and a half."""
        found = Latency(self.sliders()[index]["label"])
        handle = self._slider(index).locator(".noUi-handle").first
        handle.focus()
        with self._watching(index):
            for press in range(presses):
                self._press(found, index, "ArrowRight" if press % 4 < 2 else "ArrowLeft")
                if found.unanswered == UNANSWERED and not found.milliseconds:
                    break  # such as a bench that pauses
            self._measure_drag(found, index)
        return found

    def settle(self, seconds: float = 15.0, quiet: float = 0.4) -> bool:
        """Wait until the live part is not computing and still for `quiet` seconds.

        Return False where it went on for all of `seconds`.
        """
        self.wait_idle()
        start = last = time.monotonic()
        count = -1
        while time.monotonic() - start < seconds:
            frames, working = self.page.evaluate("() => [lesson.frames.length, lesson.working()]")
            if frames != count or working:
                count, last = frames, time.monotonic()
            if time.monotonic() - last > quiet:
                return True
            self.page.wait_for_timeout(50)
        return False

    def stop(self, index: int) -> None:
        """Press the stop button of the live part that slider `index` belongs to, if it shows."""
        if self.page.evaluate("index => lesson.press('■ stop', index)", index):
            self.settle(5.0, quiet=0.2)

    def screens(self, folder: Path) -> list[Path]:
        """Take one picture for every screenful, from the top to the end."""
        height, total = self.page.evaluate(
            "() => { const s = lesson.scroller(); return [s.clientHeight, s.scrollHeight]; }"
        )
        paths = []
        for number, top in enumerate(range(0, max(total - 40, 1), max(height - 60, 200)), start=1):
            self.page.evaluate("top => { lesson.scroller().scrollTop = top; }", top)
            self.page.wait_for_timeout(150)
            paths.append(folder / f"screen_{number:02d}.png")
            self.page.screenshot(path=str(paths[-1]))
        return paths

    def shoot_live(self, index: int, path: Path) -> None:
        """Take a picture of the live part that slider `index` belongs to."""
        live = self._slider(index).locator(
            "xpath=ancestor::*[contains(concat(' ', @class, ' '), ' jp-OutputArea-output ')][1]"
        )
        size, height = self.page.viewport_size, live.bounding_box()["height"]
        if height + 150 > size["height"]:  # JupyterLab's bars would cover the rest of it
            self.page.set_viewport_size({"width": size["width"], "height": int(height) + 150})
            live.scroll_into_view_if_needed()
        live.screenshot(path=str(path), timeout=20_000)
        self.page.set_viewport_size(size)

    def _slider(self, index: int) -> Any:
        handle = self.page.evaluate_handle("index => lesson.sliderElements()[index]", index)
        element = handle.as_element()
        element.evaluate("(element, index) => element.setAttribute('data-slider', index)", index)
        slider = self.page.locator(f"[data-slider='{index}']").last
        slider.scroll_into_view_if_needed()
        return slider

    def _drag(self, slider: Any, to: float, steps: int, vertical: bool) -> None:
        box = slider.bounding_box()
        start = slider.locator(".noUi-handle").first.bounding_box()
        x0, y0 = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
        if vertical:
            x1, y1 = x0, box["y"] + (1 - to) * box["height"]
        else:
            x1, y1 = box["x"] + to * box["width"], y0
        mouse = self.page.mouse
        mouse.move(x0, y0)
        mouse.down()
        for step in range(1, steps + 1):
            mouse.move(x0 + (x1 - x0) * step / steps, y0 + (y1 - y0) * step / steps)
            self.page.wait_for_timeout(15)
        mouse.up()

    def _press(self, found: Latency, index: int, key: str) -> None:
        """Press `key`, wait for the first picture after it, then stop what is computed."""
        value = "index => lesson.value(index)"
        before = self.page.evaluate(value, index)
        self.page.evaluate("() => { lesson.frames = []; lesson.keys = []; }")
        self.page.keyboard.press(key)
        if self.page.evaluate(value, index) == before:
            return  # at the end of its way
        if self._first_frame():
            waited = self.page.evaluate("() => lesson.frames[0] - lesson.keys[0]")
            found.milliseconds.append(waited)
        else:
            found.unanswered += 1
        if not self.settle(0.3, quiet=0.15):
            self.stop(index)

    def _first_frame(self, after: float = 0.0, seconds: float = FRAME_SECONDS) -> bool:
        """Wait for a picture, the first or one `after` a time; False where none comes."""
        for _ in range(int(seconds * 100)):
            if self.page.evaluate("after => lesson.frames.some((f) => f > after)", after):
                return True
            self.page.wait_for_timeout(10)
        return False

    def _measure_drag(self, found: Latency, index: int) -> None:
        slider, vertical = self._slider(index), self.sliders()[index]["vertical"]
        self._drag(slider, 0.0, 4, vertical)
        if not self.settle(1.0):
            self.stop(index)
        self.page.evaluate("() => { lesson.frames = []; }")
        start = self.page.evaluate("() => lesson.now()")
        self._drag(slider, 1.0, 90, vertical)
        end = self.page.evaluate("() => lesson.now()")
        self._first_frame(after=end)
        found.finished = self.settle()
        frames = self.page.evaluate("() => lesson.frames")
        during = [frame for frame in frames if frame <= end]
        found.drag_frames_per_second = len(during) / ((end - start) / 1000)
        found.settled = max(0.0, (frames[-1] - end) / 1000) if frames else 0.0

    @contextmanager
    def _watching(self, index: int) -> Iterator[None]:
        self.page.evaluate("index => lesson.watch(index)", index)
        yield
        self.page.evaluate("() => lesson.observer.disconnect()")
