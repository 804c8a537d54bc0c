"""The playground: build a network, press play, and change what you like while it learns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from course.checks import integer
from course.explorers import playground_code
from course.explorers.bench import Bench
from course.explorers.playground_controls import CONTROLS, PRESETS
from course.explorers.playground_data import DRAWN, read_points
from course.explorers.playground_picture import Picture
from course.explorers.playground_run import GOES_ON, Run, View
from course.plots import describe_network, describe_surface


class Playground(Bench):
    """A network of dense layers on points of two classes, as it learns.

    `learning_rate`, `schedule`, `optimizer`, `batch_size`, `l1`, `l2` and `dropout` change
    what goes on, with the same weights; every other control begins anew.

    Parameters
    ----------
    data : str, path, DataFrame or (x, y)
        The name of a data set, or points of one's own: see
        :func:`course.explorers.playground_data.read_points`.
    **values
        Of the other controls.

    Examples
    --------
    >>> playground = Playground(data="circles", units=3)
    >>> playground.run(100)
    >>> playground.numbers()["parameters"]
    13.0
    """

    title = "Playground: what do you set, and what does the network learn?"
    size = (10.0, 5.6)
    controls = CONTROLS
    presets = PRESETS
    pace = 10

    def __init__(self, data: Any = "circles", **values: Any) -> None:
        named = isinstance(data, str) and (data in DRAWN or data == "csv")
        self.source = None if named else data
        self.own = read_points(self.source)
        super().__init__(data=data if named else "csv", **values)

    def repeat(self, seeds: Iterable[int], epochs: int = 100) -> dict[str, np.ndarray]:
        """Train these settings from other seeds, without a picture; return their numbers.

        A seed draws the points, the weights and the order of the points, so two settings that
        are given the same seeds can be compared pair by pair.

        Parameters
        ----------
        seeds : iterable of int
        epochs : int

        Returns
        -------
        dict of str to array of shape (seeds,)
            ``training_loss``, ``validation_loss`` and ``validation_accuracy``.
        """
        found = []
        for seed in seeds:
            state = self.state._replace(seed=seed)
            run = Run(state, self.own)
            for _ in range(integer("epochs", epochs, 1)):
                run.train(state)
            found.append((run.losses["training"][-1], run.loss, run.accuracy))
        names = ("training_loss", "validation_loss", "validation_accuracy")
        return dict(zip(names, np.array(found).T, strict=True))

    def idle(self, state: Any) -> set[str]:
        """Return what has no say: the noise of one's own points, the units of no layer.

        A paused network is no reason: the next step heeds what was set before it.
        """
        own = {"noise", "n"} if state.data == "csv" else set()
        flat = {"units", "activation", "dropout", "batch_normalization"}
        return own | (flat if state.layers == 0 else set())

    def start(self, state: Any) -> Run:
        return Run(state, self.own)

    def advance(self, run: Run, state: Any) -> None:
        run.train(state)
        if run.diverged:
            self.pause()

    def change(self, run: Run, state: Any, names: set[str]) -> Run:
        if not names <= GOES_ON:
            return self.start(state)
        run.go_on(state, names)
        return run

    def look(self, run: Run, state: Any) -> View:
        return run.view()

    def setup(self, figure: Figure) -> None:
        self.picture = Picture(figure)

    def draw(self, view: View) -> None:
        self.picture.show(view)

    def summary(self) -> str:
        view, sizes = self.result, "-".join(str(len(part)) for part in self.result.tiles)
        text = (
            f"{sizes} · {view.parameters:,} parameters · epoch {view.epoch}\n"
            f"validation: loss {view.loss:.2f}, accuracy {view.accuracy:.2f}"
        )
        if view.diverged:
            text += "\nThe loss grew beyond all numbers: lower learning_rate and restart."
        return text

    def numbers(self) -> dict[str, float]:
        view = self.result
        return {
            "parameters": float(view.parameters),
            "epoch": float(view.epoch),
            "validation_loss": view.loss,
            "validation_accuracy": view.accuracy,
        }

    def describe(self) -> str:
        view = self.result
        seen = describe_surface(view.values, limits=(-1.5, 1.5, -1.5, 1.5))
        return f"{self.title} {self.summary()} {describe_network(view.kernels)} {seen}"

    def code(self) -> str:
        return playground_code.program(self.state, self.result.epoch, self.own, self.source)
