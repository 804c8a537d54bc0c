'''Explorer: controls, a computation and a picture that follow each other live.

An explorer in thirty lines. Declare the controls; `compute` takes their values and returns
what there is to see; `setup` makes the artists, `draw` changes them. That is all::

    from course.explorers import Explorer, IntSlider, LogSlider

    class Decay(Explorer):
        """How fast a signal shrinks from layer to layer."""

        title = "A signal through many layers"
        controls = (
            IntSlider("depth", 1, 30, default=10),
            LogSlider("gain", 0.1, 10.0, default=1.0, label="factor of one layer"),
        )
        presets = {"fades": {"gain": 0.5}, "explodes": {"gain": 2.0}}

        def compute(self, state, poll):
            signal = [1.0]
            for _ in range(state.depth):
                poll()
                signal.append(signal[-1] * state.gain)
            return signal

        def setup(self, figure):
            self.axes = figure.subplots()
            self.axes.set(xlim=(0, 30), ylim=(1e-9, 1e9), yscale="log", xlabel="layer")
            (self.line,) = self.axes.plot([], [], "o-", animated=True)

        def draw(self, signal):
            self.line.set_data(range(len(signal)), signal)

        def summary(self):
            return f"after {self.state.depth} layers: {self.result[-1]:.3g}"

        def numbers(self):
            return {"last": self.result[-1]}

        def code(self):
            return f"print({self.state.gain} ** {self.state.depth})"

``Decay()`` at the end of a cell shows it, ``Decay(depth=20)`` begins elsewhere.

- `compute(state, poll)` is pure and seeded: the same state gives the same result. It calls
  `poll()` at least once an epoch, which ends it when a newer value came; ``poll(share)`` also
  says how much of long work is done. As a generator it yields results while it learns; each
  is complete in itself, and the last one counts.
- `setup(figure)` runs once. Axes limits belong there, so that nothing jumps. Artists made
  with ``animated=True`` are redrawn without the rest, in a third of the time; give it to all
  that moves, or to none. `draw(result)` may change everything, and is shown correctly.
- `summary()`, `numbers()`, `describe()` and `code()` speak of `self.result` and
  `self.state`. Numbers are rounded to digits that another machine reproduces: the summary
  is stored in the lesson and compared.
- An error in any of these appears below the picture and in `explorer.error`; `set`,
  `apply`, `reset` and `restore`, which work without a browser, raise it.

What goes on until it is paused is a `Bench`, in `course.explorers.bench`.
'''

from __future__ import annotations

import itertools
import weakref
from abc import abstractmethod
from base64 import b64encode
from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, ClassVar

from course.explorers import state as states
from course.explorers.controls import Control
from course.explorers.live import Live
from course.explorers.panel import Frozen, Panel
from course.lookup import find


class Explorer(Live):
    """Base of the explorers; the module says how to write one.

    Parameters
    ----------
    **values
        Of controls, where they shall not begin at their defaults.

    Attributes
    ----------
    state : named tuple
        The values of the controls, ``explorer.state.depth``.
    error : Exception or None
        What the newest computation failed with.
    frozen : Frozen or None
        What `freeze` kept.
    """

    title: ClassVar[str] = ""
    controls: ClassVar[Sequence[Control]] = ()
    presets: ClassVar[Mapping[str, Mapping[str, Any]]] = MappingProxyType({})
    panel: ClassVar[type[Panel]] = Panel

    _alive: ClassVar[weakref.WeakValueDictionary[int, Explorer]] = weakref.WeakValueDictionary()
    _births: ClassVar[Iterator[int]] = itertools.count()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._defaults = states.state_type(cls.controls)()
        for name in cls.presets:
            cls._preset(name)

    def __init__(self, **values: Any) -> None:
        super().__init__(self._changed(self._defaults, values))
        self.frozen: Frozen | None = None
        Explorer._alive[next(Explorer._births)] = self

    @classmethod
    def instances(cls) -> list[Explorer]:
        """Return the explorers that are alive in this process, oldest first."""
        return [e for _, e in sorted(Explorer._alive.items()) if isinstance(e, cls)]

    @abstractmethod
    def numbers(self) -> dict[str, float]:
        """Return the numbers of the summary, for a program."""

    @abstractmethod
    def code(self) -> str:
        """Return code of `course` that computes what is on the screen."""

    def describe(self) -> str:
        """Return the picture in words, for those who do not see it."""
        return f"{self.title}. {self.summary()}"

    def set(self, **values: Any) -> None:
        """Take controls to new values, compute to the end and draw; errors are raised."""
        self._now(self._changed(self.state, values))

    def post(self, **values: Any) -> None:
        """Do the same beside the cells and return at once; the newest values win."""
        self._soon(self._changed(self.state, values))

    def apply(self, preset: str, *, wait: bool = True) -> None:
        """Take every control to its default, or to where this preset has it.

        With ``wait=False``, as the buttons do it, return at once and compute beside the cells.
        """
        self._begin(self._preset(preset), wait)

    def next_preset(self, by: int = 1, *, wait: bool = True) -> str:
        """Go to the preset that is `by` places after the present one, and return its name.

        After the last comes the first. Where no preset is on the screen, the first is next.

        Raises
        ------
        ValueError
            If there are no presets.
        """
        names = list(self.presets)
        if not names:
            raise ValueError(f"{type(self).__name__} has no presets.")
        now = next((k for k, name in enumerate(names) if self.is_at(name)), None)
        if now is None:
            now = -1 if by > 0 else 0
        name = names[(now + by) % len(names)]
        self.apply(name, wait=wait)
        return name

    def idle(self, state: Any) -> Collection[str]:
        """Return the names of controls that change nothing at `state`; they turn grey."""
        return ()

    def reset(self, *, wait: bool = True) -> None:
        """Take every control to its default."""
        self._begin(self._defaults, wait)

    def share(self) -> str:
        """Return the values of all controls as one line, which is also Python."""
        return states.written(type(self).__name__, self.state)

    def restore(self, text: str, *, wait: bool = True) -> None:
        """Go to where `share` gave `text`; a control that it leaves out is at its default.

        Raises
        ------
        ValueError
            If the line is none of this explorer, or names a value that a control refuses.
            Nothing in the line is run.
        """
        self._begin(self._read(text), wait)

    def freeze(self) -> None:
        """Keep the picture of now beside the live one, to compare A with B."""
        self.figure()
        self.frozen = Frozen(self.state, self.summary(), self._canvas.png())
        self._tell(lambda panel: panel.show_frozen(self.frozen))

    def thaw(self) -> None:
        """Put the frozen picture away."""
        self.frozen = None
        self._tell(lambda panel: panel.show_frozen(None))

    def widget(self) -> Any:
        """Return the controls and the live picture, for a notebook to display."""
        figure = self.figure()
        if self._panel is None:
            self._panel = self.panel(self, int(figure.bbox.width))
            self._panel.show(self._canvas.png(), self.summary(), self.describe())
        return self._panel.root

    def __repr__(self) -> str:
        return self.share()

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data = self.widget()._repr_mimebundle_()
        data["image/png"] = b64encode(self._canvas.png(small=True)).decode("ascii")
        data["text/plain"] = f"{self.title}\n{self.summary()}".strip()
        return data, {"image/png": {"alt": self.describe()}}

    def _begin(self, state: Any, wait: bool) -> None:
        (self._now if wait else self._soon)(state)

    def is_at(self, preset: str) -> bool:
        """Return whether the controls are where `preset` has them."""
        return self.state == self._preset(preset)

    @classmethod
    def _changed(cls, state: Any, values: Mapping[str, Any]) -> Any:
        return states.changed(state, cls.controls, values, cls.__name__)

    @classmethod
    def _preset(cls, name: str) -> Any:
        return cls._changed(cls._defaults, find(name, cls.presets, "preset"))

    @classmethod
    def _read(cls, text: str) -> Any:
        return cls._changed(cls._defaults, states.read(cls.__name__, text))
