"""A run of the playground: one network that learns, epoch by epoch, and what it looks like."""

from __future__ import annotations

import warnings
from math import isfinite
from typing import Any, NamedTuple

import numpy as np

from course import config
from course.explorers.playground_data import Own, Parts, features, parts
from course.explorers.playground_network import network, optimizer, rate
from course.layers import Dense
from course.plots import grid

PIXELS, TILE = 48, 24  # rows and columns of the answer, and of each unit's tile

REBUILT = {"optimizer", "l1", "l2", "dropout"}
GOES_ON = REBUILT | {"learning_rate", "schedule", "batch_size"}  # with the same weights


class View(NamedTuple):
    """What there is to see at one moment.

    Attributes
    ----------
    epoch : int
    parameters : int
        Numbers that the network learns.
    kernels : list of array of shape (inputs, units)
        Layer by layer.
    tiles : list of array of shape (units, rows, columns)
        What each feature and each unit answers over the plane, scaled to [−1, 1].
    values : array of shape (rows, columns)
        The probability of class 1 over the plane.
    losses : dict of str to list of float
        ``training`` and ``validation``, epoch by epoch.
    accuracy : float
        Share of the validation points that are classified correctly.
    diverged : bool
        Whether the loss stopped being a number.
    points : Parts
    columns : tuple of two str
        What the two coordinates are called.
    features : tuple of str
        What the network is given.
    """

    epoch: int
    parameters: int
    kernels: list[np.ndarray]
    tiles: list[np.ndarray]
    values: np.ndarray
    losses: dict[str, list[float]]
    loss: float
    accuracy: float
    diverged: bool
    points: Parts
    columns: tuple[str, str]
    features: tuple[str, ...]


class Run:
    """One network in training.

    Parameters
    ----------
    state : named tuple
        The values of the controls.
    own : Own
        The points of the data set ``'csv'``.

    Attributes
    ----------
    points : Parts
    epoch : int
        Epochs trained.
    diverged : bool
        True once the loss has stopped being a number; it learns no more.
    """

    def __init__(self, state: Any, own: Own) -> None:
        self.points = parts(state.data, state.n, state.noise, state.seed, own)
        self.columns = own.columns if state.data == "csv" else ("x1", "x2")
        self.features = state.features
        self.x = features(self.points.x, state.features)
        self.x_validation = features(self.points.x_validation, state.features)
        self.grid = features(grid(n=PIXELS), state.features)
        self.losses: dict[str, list[float]] = {"training": [], "validation": []}
        self.epoch, self.diverged = 0, False
        with config.seeded(state.seed):
            self.model = network(state)
        self._compile(optimizer(state, len(self.x)))
        self._evaluate()
        # A learning rate that is too large is something to try here: the picture says so.
        warnings.filterwarnings("ignore", "loss became", RuntimeWarning, __name__)

    def train(self, state: Any) -> None:
        """Take one epoch."""
        if self.diverged:
            return
        with config.seeded(1_000_000 * state.seed + self.epoch + 1):
            logs = self.model.fit(
                self.x, self.points.y, batch_size=state.batch_size, verbose=0,
                validation_data=(self.x_validation, self.points.y_validation),
            ).history  # fmt: skip
        loss, validation = logs["loss"][0], logs["val_loss"][0]
        if not (isfinite(loss) and isfinite(validation)):
            self.diverged = True
            return
        self.epoch += 1
        self.losses["training"].append(loss)
        self.losses["validation"].append(validation)
        self.loss, self.accuracy = validation, logs["val_accuracy"][0]

    def go_on(self, state: Any, names: set[str]) -> None:
        """Take other values of the controls `names`, all in `GOES_ON`, with the same weights.

        Where the network has to be put together anew, the optimizer forgets its momentum.
        """
        if names & REBUILT:
            old, self.model = self.model, network(state)
            self.model.set_weights(old.get_weights())
            self._compile(optimizer(state, len(self.x)))
            self.model.optimizer.iterations = old.optimizer.iterations
        else:
            self.model.optimizer.learning_rate = rate(state, len(self.x))

    def view(self) -> View:
        """Return what there is to see now."""
        answers = self.model.activations(self.grid)
        surfaces = [self.grid, *(answers[name] for name in self._units())]
        values = _square(answers["output"])[0]
        tiles = [_tiles(part) for part in surfaces] + [_coarse(2 * values[None] - 1)]
        dense = [layer for layer in self.model.layers if isinstance(layer, Dense)]
        kernels = [np.nan_to_num(layer.kernel.numpy()) for layer in dense]
        return View(
            self.epoch, sum(v.size for v in self.model.trainable_weights), kernels, tiles,
            values, {name: list(part) for name, part in self.losses.items()}, self.loss,
            self.accuracy, self.diverged, self.points, self.columns, self.features,
        )  # fmt: skip

    def _units(self) -> list[str]:
        return [layer.name for layer in self.model.layers if layer.name.startswith("hidden_")]

    def _compile(self, new: Any) -> None:
        self.model.compile(new, "binary_crossentropy", metrics=["accuracy"])

    def _evaluate(self) -> None:
        self.loss, self.accuracy = self.model.evaluate(
            self.x_validation, self.points.y_validation, verbose=0
        )


def _square(columns: np.ndarray) -> np.ndarray:
    """Return the values on the grid as (columns, rows, columns of the grid); no NaN."""
    return np.nan_to_num(columns.T.reshape(-1, PIXELS, PIXELS), nan=0.0)


def _coarse(surfaces: np.ndarray) -> np.ndarray:
    return surfaces[:, :: PIXELS // TILE, :: PIXELS // TILE]


def _tiles(columns: np.ndarray) -> np.ndarray:
    """Return one tile a unit, its largest size 1; 0, a unit that is off, counts as below 0."""
    surfaces = _coarse(_square(columns))
    largest = np.abs(surfaces).max(axis=(1, 2), keepdims=True)
    return surfaces / np.maximum(largest, 1e-12) - 1e-6
