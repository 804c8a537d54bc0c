"""The weights as they were after each epoch or batch."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from course import checks
from course.callbacks.callback import Callback, Logs
from course.engine.named_variables import checked_names, selected

MOST_COPIES = 10_000
MEMORY = 1 << 28  # bytes of all copies


class WeightHistory(Callback):
    """Keep copies of weights, to draw the path that training takes.

    The first copy is from before the first step. ``history.path('dense/kernel')`` of shape
    (copies, size) is what ``plots.contour`` draws, for a weight of size 2.

    Parameters
    ----------
    weights : str or list of str, optional
        Which to keep: names of weights, ``'dense/kernel'``, or of layers, ``'dense'``; all by
        default.
    freq : {'epoch', 'batch'}, default 'epoch'
        After what a copy is made.
    max_copies : int, optional
        Fewer than so many are kept; at least 2. When they are reached, every second one is
        dropped and from then on only half as many are made: what is left is spread evenly over
        the whole training. By default 10,000, or what fits into 256 MB for large weights.

    Attributes
    ----------
    values : dict of str to list of ndarray
        The copies of each weight.
    times : list of int
        How many epochs, or batches, each copy is away from the beginning: 0, 1, 2, ...

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind; when training starts, if there is no such weight.

    Notes
    -----
    Each `fit` begins anew.
    """

    adds_to_logs = ()

    def __init__(
        self,
        weights: str | Iterable[str] | None = None,
        freq: str = "epoch",
        max_copies: int | None = None,
    ) -> None:
        super().__init__()
        self.weights = checked_names(weights)
        self.freq = checks.one_of("freq", freq, ("epoch", "batch"))
        self.max_copies = max_copies
        if max_copies is not None:
            self.max_copies = checks.integer("max_copies", max_copies, 2)
        self.values: dict[str, list[np.ndarray]] = {}
        self.times: list[int] = []

    def path(self, *names: str) -> np.ndarray:
        """Return copies as rows of numbers.

        Parameters
        ----------
        *names : str
            Of the weights whose numbers stand in a row, one weight after the other; all that
            were kept by default.

        Returns
        -------
        ndarray of shape (copies, numbers)

        Raises
        ------
        KeyError
            If a name was not kept.
        """
        columns = [self._copies(name) for name in names or self.values]
        return np.concatenate(columns, axis=1) if columns else np.empty((0, 0))

    def _copies(self, name: str) -> np.ndarray:
        if name not in self.values:
            raise KeyError(f"{name!r} was not kept; there is {', '.join(map(repr, self.values))}.")
        return np.reshape(self.values[name], (len(self.times), -1))

    def listens_to(self, hook: str) -> bool:
        own = type(self).on_train_batch_end is WeightHistory.on_train_batch_end
        return not own or hook != "on_train_batch_end" or self.freq == "batch"

    def on_train_begin(self, logs: Logs | None = None) -> None:
        self._variables = selected(self.model, self.weights)
        self.values = {name: [] for name in self._variables}
        self.times, self._time, self._every = [], 0, 1
        size = sum(v.value.nbytes for v in self._variables.values())
        self._room = self.max_copies or max(2, min(MOST_COPIES, MEMORY // max(1, size)))
        self._keep()

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        if self.freq == "batch":
            self._next()

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        if self.freq == "epoch":
            self._next()

    def _next(self) -> None:
        self._time += 1
        if self._time % self._every:
            return
        self._keep()
        if len(self.times) >= self._room:
            self._every *= 2
            del self.times[1::2]
            for copies in self.values.values():
                del copies[1::2]

    def _keep(self) -> None:
        self.times.append(self._time)
        for name, variable in self._variables.items():
            self.values[name].append(variable.numpy())
