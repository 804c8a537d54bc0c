"""What a model minimises and what it is judged by: the losses and metrics of its outputs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy
from typing import Any

import numpy as np

from course import checks, config, losses, metrics
from course.engine.graph import Graph
from course.engine.symbolic import Tensor


class Head:
    """One output of a model, with its loss and its metrics.

    Attributes
    ----------
    loss : Loss or None
        As compiled; None for an output that is only looked at.
    training_loss : Loss or None
        The same loss; or, where `is_fused`, the same over what precedes the output's own
        activation.
    is_fused : bool
        Whether there is such a form (softmax or sigmoid and its cross-entropy) and nothing else
        reads the output. It stays exact where probabilities saturate, and its gradient is
        simply p − y.
    total : float
        The loss of all rows of the epoch so far, summed.
    metrics, weighted_metrics : dict of str to Metric
        By their keys in the logs; only the latter are given sample weights.
    """

    def __init__(self, name: str, shape: tuple[int | None, ...], loss: Any, weight: float) -> None:
        self.name, self.shape, self.weight = name, shape, weight
        self.loss = None if loss is None else losses.get(loss)
        self.training_loss, self.is_fused = self.loss, False
        self.total = 0.0
        self.metrics: dict[str, Any] = {}
        self.weighted_metrics: dict[str, Any] = {}

    def fuse(self, activation: Any) -> None:
        """Take the loss over the logits of the output's `activation`, if there is one."""
        on_logits = self.loss.on_logits(activation)
        if on_logits is not None:
            self.training_loss, self.is_fused = on_logits, True

    def gradient(self, loss: Any, output: np.ndarray, y: np.ndarray, weight: Any) -> np.ndarray:
        """Return the gradient of `loss`, reduced and weighted, with respect to `output`."""
        values, cache = loss.forward(y, output)
        _, factor = loss.reduce_to_train(values, weight)
        return loss.backward(y, output, cache) * (self.weight * factor)


class Objective:
    """The sum of the losses of all outputs, each times its weight; and their metrics.

    Parameters
    ----------
    graph : Graph
        Of the model.
    loss, loss_weights, metrics, weighted_metrics
        As given to `compile`: one for all outputs, or a list or dict with one for each.

    Attributes
    ----------
    heads : list of Head
        One for each output.
    graph : Graph
        The graph to train with; it ends at the logits where a loss takes these.

    Raises
    ------
    ValueError
        If an output or a metric's name is unknown, or there is no loss at all.
    """

    def __init__(
        self,
        graph: Graph,
        loss: Any,
        loss_weights: Any = None,
        metrics: Any = None,
        weighted_metrics: Any = None,
    ) -> None:
        outputs = graph.outputs
        names = output_names(outputs)
        by_output = _spread("loss", loss, names)
        weights = [
            1.0 if w is None else checks.number("loss_weights", w)
            for w in _spread("loss_weights", loss_weights, names)
        ]
        self.heads = [
            Head(name, t.shape, part, weight)
            for name, t, part, weight in zip(names, outputs, by_output, weights, strict=True)
        ]
        self.graph = self._graph_to_train(graph)
        self._metrics_given = metrics, weighted_metrics
        self.rows = 0
        self._tried: set[tuple[Any, ...]] = set()
        self._resolve_metrics()

    def _graph_to_train(self, graph: Graph) -> Graph:
        for i, head in enumerate(self.heads):
            if head.loss is not None and graph.has_logits(i):
                head.fuse(graph.outputs[i].node.layer.activation)
        logits = [head.is_fused for head in self.heads]
        return Graph(graph.inputs, graph.outputs, logits) if any(logits) else graph

    def _resolve_metrics(self) -> None:
        names = [head.name for head in self.heads]
        for attribute, given in zip(
            ("metrics", "weighted_metrics"), self._metrics_given, strict=True
        ):
            for head, identifiers in zip(
                self.heads, _spread(attribute, given, names, lists=True), strict=True
            ):
                for identifier in _as_list(identifiers):
                    metric = metrics.resolve(identifier, head.loss, head.shape)
                    taken = self.all_metrics()
                    if any(metric is other for other in taken.values()):
                        metric = deepcopy(metric)  # one instance given for several outputs
                    key = self._key(head, metric.name)
                    if attribute == "weighted_metrics" and key in taken:
                        key = self._key(head, f"weighted_{metric.name}")
                    getattr(head, attribute)[_numbered(key, {"loss", *taken})] = metric

    def _key(self, head: Head, name: str) -> str:
        return f"{head.name}_{name}" if len(self.heads) > 1 else name

    def check_metrics(self, ys: list[Any]) -> None:
        """Refuse targets that a metric cannot compare with the outputs, before a step is made.

        Each metric is tried on the first row, with ½ for all outputs.

        Raises
        ------
        TypeError, ValueError
            With the key of the metric, and the reason that it gave.
        """
        for head, y in zip(self.heads, ys, strict=True):
            metrics = head.metrics | head.weighted_metrics
            if y is None or not metrics or None in head.shape[1:]:
                continue
            kind = (head.name, y.shape[1:], y.dtype.kind)
            if kind not in self._tried:
                for key, metric in metrics.items():
                    _try(key, metric, y[:1], np.full((1, *head.shape[1:]), 0.5, config.floatx()))
                self._tried.add(kind)

    # -- one batch -----------------------------------------------------------------------------

    def forward(
        self, outputs: list[Any], ys: list[Any], weights: list[Any], need_gradient: bool
    ) -> tuple[float, list[Any]]:
        """Return the loss of a batch and its gradients, and add the batch to the metrics.

        Parameters
        ----------
        outputs : list of ndarray
            What :attr:`graph` gave for the batch.
        ys, weights : list of ndarray
            Targets and sample weights for each output.
        need_gradient : bool
            Whether the second result is wanted.

        Returns
        -------
        loss : float
            Without the penalties.
        dys : list of ndarray
            The gradient of the loss with respect to each of `outputs`.
        """
        total, dys = 0.0, []
        for head, output, y, weight in zip(self.heads, outputs, ys, weights, strict=True):
            loss, dy, prediction = head.training_loss, None, output
            if loss is not None:
                values, cache = loss.forward(y, output)
                value, factor = loss.reduce_to_train(values, weight)
                total += head.weight * value
                head.total += value * len(output)
                if head.is_fused:
                    prediction = cache
                if need_gradient:
                    dy = loss.backward(y, output, cache)
                    dy *= factor if head.weight == 1 else head.weight * factor
            dys.append(dy)
            for metric in head.metrics.values():
                metric.update_state(y, prediction)
            for metric in head.weighted_metrics.values():
                metric.update_state(y, prediction, weight)
        return total, dys

    def gradients(self, outputs: list[Any], ys: list[Any], weights: list[Any]) -> list[Any]:
        """Return the gradients that :meth:`forward` returns, without adding to anything."""
        return [
            None if head.loss is None else head.gradient(head.training_loss, output, y, weight)
            for head, output, y, weight in zip(self.heads, outputs, ys, weights, strict=True)
        ]

    # -- an epoch ------------------------------------------------------------------------------

    def reset(self) -> None:
        """Begin an epoch: forget all totals and the state of the metrics."""
        self.rows, self._data_total, self._penalty_total = 0, 0.0, 0.0
        for head in self.heads:
            head.total = 0.0
        for metric in self.all_metrics().values():
            metric.reset_state()

    def add(self, rows: int, data_loss: float, penalty: float) -> None:
        """Add the losses of a batch of so many rows."""
        self.rows += rows
        self._data_total += data_loss * rows
        self._penalty_total += penalty * rows

    @property
    def data_loss(self) -> float:
        """Mean loss so far without the penalties."""
        return self._data_total / max(self.rows, 1)

    def results(self) -> dict[str, float]:
        """Return the mean loss so far, penalties included, and the metrics, by key."""
        logs = {"loss": (self._data_total + self._penalty_total) / max(self.rows, 1)}
        for head in self._heads_with_own_loss():
            logs[f"{head.name}_loss"] = head.total / max(self.rows, 1)
        for key, metric in self.all_metrics().items():
            figure = metric.result()
            # The state of a metric of one's own may change after this.
            logs[key] = np.array(figure)[()] if isinstance(figure, np.ndarray) else figure
        return logs

    def keys(self) -> list[str]:
        """Return the keys of :meth:`results`."""
        own = [f"{head.name}_loss" for head in self._heads_with_own_loss()]
        return ["loss", *own, *self.all_metrics()]

    def _heads_with_own_loss(self) -> list[Head]:
        """Those whose losses are told apart in the logs: all, where there are several."""
        heads = [head for head in self.heads if head.loss is not None]
        return heads if len(heads) > 1 else []

    def all_metrics(self) -> dict[str, Any]:
        """Return all metrics by their keys in the logs."""
        return {
            k: m for head in self.heads for k, m in (head.metrics | head.weighted_metrics).items()
        }


def _try(key: str, metric: Any, y: np.ndarray, output: np.ndarray) -> None:
    """Let a copy of a metric see one row."""
    trial = deepcopy(metric)
    trial.reset_state()
    try:
        with np.errstate(all="ignore"):
            trial.update_state(y, output)
    except (TypeError, ValueError) as error:
        raise type(error)(
            f"The metric {key!r}, tried on the first row, does not fit: {error}"
        ) from error


def output_names(outputs: list[Tensor]) -> list[str]:
    """Return the name of each output: that of its layer, numbered where two are the same."""
    names: list[str] = []
    for tensor in outputs:
        names.append(_numbered(tensor.name, names))
    return names


def _numbered(name: str, taken: Collection[str]) -> str:
    """Return `name`, or the first of ``name_1``, ``name_2``, ... that is not taken."""
    free, count = name, 0
    while free in taken:
        count += 1
        free = f"{name}_{count}"
    return free


def _spread(what: str, given: Any, names: list[str], lists: bool = False) -> list[Any]:
    """Return one part of what was given for each output, None where nothing was."""
    if isinstance(given, Mapping) and not {"class_name", "config"} <= set(given):
        unknown = set(given) - set(names)
        if unknown:
            raise ValueError(
                f"{what} names {sorted(unknown, key=str)}, but the outputs are {names}."
            )
        return [given.get(name) for name in names]
    if len(names) == 1:
        one = isinstance(given, list | tuple) and len(given) == 1 and not lists
        return [given[0] if one else given]
    in_parts = isinstance(given, list | tuple) and (
        not lists or len(given) == len(names) or any(isinstance(g, list) for g in given)
    )
    if in_parts:
        if len(given) != len(names):
            raise ValueError(
                f"{what} has {len(given)} entries for the {len(names)} outputs {names}."
            )
        return list(given)
    return [given] * len(names)


def _as_list(identifiers: Any) -> list[Any]:
    if identifiers is None:
        return []
    return list(identifiers) if isinstance(identifiers, list | tuple) else [identifiers]
