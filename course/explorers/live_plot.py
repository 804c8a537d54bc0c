"""The training curves, redrawn while a model trains."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable
from math import nan
from time import monotonic, sleep
from typing import Any

import numpy as np
from IPython import get_ipython
from IPython.display import display
from ipywidgets import Image, Layout

from course.callbacks import Callback
from course.callbacks.callback import Logs
from course.callbacks.monitor import require_key
from course.explorers.canvas import Canvas
from course.explorers.worker import Poll, Worker
from course.plots import Curves, describe_curves, style

FRAME = 0.1  # seconds between two pictures, at least
WIDTH, HEIGHT = 5.0, 3.8  # inches of one axes, with room for its numbers and names
LEFT, RIGHT, BOTTOM, TOP = 1.05, 0.1, 0.65, 0.15
SHARE = 1  # a picture that took t seconds is followed by at least this times t without one


class LivePlot(Callback):
    """Draw the curves of a training in the notebook, one picture that grows with the epochs.

    Each quantity has axes of its own, training solid and validation dashed. The picture is drawn
    beside the training, ten times a second at most, and less often where that would slow the
    training down. A mistake in drawing is kept in `error` and shown at the end; it does not stop
    the training. Outside a notebook the curves are described in words when training ends.

    ::

        from course.explorers import LivePlot

        model.fit(x, y, epochs=200, validation_split=0.2, verbose=0, callbacks=[LivePlot()])

    Parameters
    ----------
    keys : str or list of str, optional
        What to draw, without ``val_``: ``['loss', 'accuracy']``; by default the loss and all
        metrics.
    log : bool, default False
        Whether losses have a logarithmic axis.

    Attributes
    ----------
    series : dict of str to ndarray
        What is drawn, a number for each epoch from the first; NaN before `initial_epoch`.
        Between two epochs with validation lie the points of a line.
    error : Exception or None
        What the last drawing failed with.

    Raises
    ------
    TypeError, ValueError
        If `keys` holds no names; when training starts, if one cannot be in the logs.
    """

    adds_to_logs = ()

    def __init__(self, keys: str | Iterable[str] | None = None, log: bool = False) -> None:
        super().__init__()
        self.keys = None if keys is None else _names(keys)
        self.log = bool(log)
        self.error: Exception | None = None
        self._seen: dict[str, tuple[list[int], list[float]]] = {}
        self._epochs = 0
        self._picture: Picture | None = None

    @property
    def series(self) -> dict[str, np.ndarray]:
        return {name: _line(self._epochs, *seen) for name, seen in self._seen.items()}

    def on_train_begin(self, logs: Logs | None = None) -> None:
        known = self.params.get("metrics", ["loss"])
        keys = self.keys or [key for key in known if not key.startswith("val_")]
        for key in keys:
            require_key(self, "keys", key)
        groups = [[k for k in (key, f"val_{key}") if k == key or k in known] for key in keys]
        self._seen = {name: ([], []) for names in groups for name in names}
        self._epochs, self.error, self._picture = 0, None, None
        if in_notebook():
            self._try(lambda: self._show(groups))

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        for name, (epochs, values) in self._seen.items():
            if name in (logs or {}):
                values.append(logs[name])
                epochs.append(epoch)  # last: the thread that draws reads as far as this
        self._epochs = epoch + 1
        if self._picture is not None:
            self._worker.post(self._work)

    def on_train_end(self, logs: Logs | None = None) -> None:
        if self._picture is None:
            print(describe_curves(self.series))
        else:
            self._worker.stop()
            self._worker.wait()
            self._try(self._finish)
        if self.error is not None:
            print(f"LivePlot could not draw: {type(self.error).__name__}: {self.error}")

    def _show(self, groups: list[list[str]]) -> None:
        picture = Picture(groups, self.log)
        self._worker, self._next = Worker(type(self).__name__), 0.0
        self._handle = display(picture, display_id=True)
        self._picture = picture

    def _work(self, poll: Poll) -> None:
        """Wait until a picture is due, and draw what there is by then."""
        while (wait := self._next - monotonic()) > 0:
            poll()
            sleep(min(wait, 0.01))
        begin = monotonic()
        self._try(lambda: self._picture.draw(self.series))
        took = monotonic() - begin
        self._next = begin + took + max(FRAME - took, SHARE * took)

    def _finish(self) -> None:
        self._picture.draw(self.series)
        if self._handle is not None:
            self._handle.update(self._picture)  # the still picture that the notebook stores

    def _try(self, action: Callable[[], None]) -> None:
        """Do what training can do without, and keep the error if it fails."""
        try:
            action()
            self.error = None
        except Exception as error:
            self.error = error


class Picture:
    """What `LivePlot` displays: an image that changes in place, and a still for the file.

    Parameters
    ----------
    groups : list of list of str
        The names of the curves on each axes; the first names it.
    log : bool
        Whether losses have a logarithmic axis.
    """

    def __init__(self, groups: list[list[str]], log: bool) -> None:
        width = max(6.4, WIDTH * len(groups))
        self._canvas = Canvas((width, HEIGHT))
        # Layout by hand takes a third of the time that Matplotlib's own takes at each drawing.
        self._canvas.figure.set_layout_engine("none")
        self._curves = []
        self._is_drawn = False
        for i, names in enumerate(groups):
            left, share = i / len(groups) + LEFT / width, 1 / len(groups)
            wide, high = share - (LEFT + RIGHT) / width, 1 - (BOTTOM + TOP) / HEIGHT
            ax = self._canvas.figure.add_axes((left, BOTTOM / HEIGHT, wide, high))
            style.label(style.axes(ax), x="epoch", y=names[0])
            self._curves.append((names, Curves(ax, names, log=log and names[0].endswith("loss"))))
        self._names = ", ".join(name for names in groups for name in names)
        pixels = int(self._canvas.figure.bbox.width)
        layout = Layout(width="100%", height="auto", max_width=f"{pixels}px")
        self.image = Image(value=self._canvas.png(), format="png", layout=layout)

    def draw(self, series: dict[str, np.ndarray]) -> None:
        """Draw the curves anew, and show them."""
        with self._canvas.lock:
            for names, curves in self._curves:
                curves.update({name: series[name] for name in names})
            png = self._canvas.png()
        self.image.value, self._is_drawn = png, True

    def __repr__(self) -> str:
        return f"LivePlot of {self._names}"

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        data = self.image._repr_mimebundle_()
        data["text/plain"] = repr(self)
        if self._is_drawn:
            data["image/png"] = b64encode(self._canvas.png(small=True)).decode("ascii")
        return data


def _names(keys: Any) -> list[str]:
    names = [keys] if isinstance(keys, str) else list(keys) if isinstance(keys, Iterable) else []
    if not names or not all(isinstance(name, str) for name in names):
        raise TypeError(f"keys must be names such as ['loss', 'accuracy'], got {keys!r}.")
    return names


def in_notebook() -> bool:
    """Whether a kernel runs this, and not a plain Python or IPython in a terminal."""
    return getattr(get_ipython(), "kernel", None) is not None


def _line(n: int, epochs: list[int], values: list[float]) -> np.ndarray:
    """Return values for `n` epochs: those given, joined by straight lines, NaN outside."""
    count = min(len(epochs), len(values))
    if not count:
        return np.full(n, nan)
    return np.interp(np.arange(n), epochs[:count], values[:count], left=nan, right=nan)
