"""How large gradients and steps are, layer by layer, while a model trains."""

from __future__ import annotations

from collections.abc import Iterable
from math import nan, sqrt
from typing import Any

import numpy as np

from course import checks
from course.callbacks.callback import Callback, Logs
from course.engine.named_variables import checked_names, selected

_COLUMNS = ("gradient", "update", "weight", "ratio")


class GradientMonitor(Callback):
    """Keep the norms of the gradients, and how far each step moves the weights.

    For each group of weights, a layer or a single one, after each batch::

        gradient = ‖∂L/∂w‖      weight = ‖w‖      update = ‖Δw‖      ratio = ‖Δw‖ / ‖w‖

    with w from before the step, the penalties in L, and the gradient clipped if the optimizer
    does so. A ratio of about 10⁻³ is what one hopes for; gradients that shrink from layer to
    layer vanish.

    Parameters
    ----------
    weights : str or list of str, optional
        Names of layers, ``'dense'``, or weights, ``'dense/kernel'``; all that is trained by
        default.
    by : {'layer', 'weight'}, default 'layer'
        Whether a norm is that of all weights of a layer together, or of each.
    freq : {'epoch', 'batch'}, default 'epoch'
        Whether to keep the means over each epoch's batches, or the norms of each batch.

    Attributes
    ----------
    gradients, ratios : dict of str to list of float
        One number for each epoch, or batch, by name; NaN where a group was frozen. They can be
        drawn with ``plots.curves(monitor.gradients)``.
    updates, weight_norms : dict of str to list of float
        Likewise ‖Δw‖ and ‖w‖.

    Raises
    ------
    TypeError, ValueError
        If an argument is of the wrong kind; when training starts, if there is no such weight.

    Notes
    -----
    Each `fit` begins anew. Four numbers a group are kept each time, and one copy of the weights
    in all. Batches that end in an error are left out.

    References
    ----------
    Glorot and Bengio (2010), Understanding the difficulty of training deep feedforward neural
    networks.
    """

    adds_to_logs = ()

    def __init__(
        self,
        weights: str | Iterable[str] | None = None,
        by: str = "layer",
        freq: str = "epoch",
    ) -> None:
        super().__init__()
        self.weights = checked_names(weights)
        self.by = checks.one_of("by", by, ("layer", "weight"))
        self.freq = checks.one_of("freq", freq, ("epoch", "batch"))
        self._clear({})

    def _clear(self, groups: dict[str, list[Any]]) -> None:
        self._groups = groups
        self.gradients: dict[str, list[float]] = {name: [] for name in groups}
        self.updates: dict[str, list[float]] = {name: [] for name in groups}
        self.weight_norms: dict[str, list[float]] = {name: [] for name in groups}
        self.ratios: dict[str, list[float]] = {name: [] for name in groups}
        self._places: list[tuple[int, int]] = []

    def on_train_begin(self, logs: Logs | None = None) -> None:
        groups: dict[str, list[Any]] = {}
        for name, variable in selected(self.model, self.weights).items():
            if variable.trainable:
                group = name.rpartition("/")[0] if self.by == "layer" else name
                groups.setdefault(group, []).append(variable)
        self._clear(groups)

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        self._epoch = epoch
        self._rows: dict[str, list[tuple[float, ...]]] = {name: [] for name in self._groups}

    def on_train_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        self._before = {name: [v.numpy() for v in group] for name, group in self._groups.items()}

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        for name, group in self._groups.items():
            self._rows[name].append(_norms(group, self._before[name]))
        if self.freq == "batch":
            self._record(batch)

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        if self.freq == "epoch" and any(self._rows.values()):
            self._record(-1)

    def _record(self, batch: int) -> None:
        """Keep the means of the rows, and forget the rows."""
        self._places.append((self._epoch, batch))
        kept = self.gradients, self.updates, self.weight_norms, self.ratios
        for name, rows in self._rows.items():
            for series, mean in zip(kept, np.mean(rows, axis=0), strict=True):
                series[name].append(float(mean))
            rows.clear()

    def to_frame(self) -> Any:
        """Return a pandas DataFrame with a row for each group and epoch, or batch.

        Its columns are ``epoch``, ``batch`` (where each was kept), ``name``, ``gradient``,
        ``update``, ``weight`` and ``ratio``.

        Raises
        ------
        ModuleNotFoundError
            If pandas is not installed; it is in the extra ``notebooks``.
        """
        import pandas as pd

        kept = self.gradients, self.updates, self.weight_norms, self.ratios
        rows = [
            (*place, name, *(series[name][i] for series in kept))
            for i, place in enumerate(self._places)
            for name in self._groups
        ]
        frame = pd.DataFrame(rows, columns=["epoch", "batch", "name", *_COLUMNS])
        return frame if self.freq == "batch" else frame.drop(columns="batch")


def _norms(group: list[Any], before: list[np.ndarray]) -> tuple[float, ...]:
    """Return the norms of gradient, update and weight, and their ratio; NaN if all is frozen."""
    learning = [(v, w) for v, w in zip(group, before, strict=True) if v.grad is not None]
    if not learning:
        return (nan,) * len(_COLUMNS)
    gradient = _norm([v.grad for v, _ in learning])
    update = _norm([v.value - w for v, w in learning])
    weight = _norm([w for _, w in learning])
    return gradient, update, weight, update / weight if weight else nan


def _norm(arrays: list[np.ndarray]) -> float:
    """Return √Σ‖a‖², in float64: squares of float32 overflow early."""
    flat = [np.ravel(a).astype(float) for a in arrays]
    return sqrt(sum(float(a @ a) for a in flat))
