"""Evaluation and prediction: the network as it is, without learning."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import ceil
from typing import Any

import numpy as np

from course import checks
from course.callbacks import Callback, CallbackList
from course.models import data
from course.models.compiled import Compiled
from course.models.preparation import Prepared, prepare

# Evaluation gives the same numbers for every batch size; large batches are faster.
EVALUATION_BATCH = 1024


class Evaluator(Compiled):
    """The part of a model that judges and predicts."""

    def _test_step(self, xs: list[Any], ys: list[Any], weights: list[Any]) -> float:
        """Judge one batch; return its loss without the penalties."""
        objective = self.objective
        outputs, trace = objective.graph.forward(xs, training=False)
        loss, _ = objective.forward(outputs, ys, weights, need_gradient=False)
        penalty = self.parameters.penalty() + objective.graph.activity_penalty(trace)
        objective.add(len(xs[0]), loss, penalty)
        return loss

    def evaluate(
        self,
        x: Any = None,
        y: Any = None,
        batch_size: int | None = None,
        verbose: int | str = "auto",
        sample_weight: Any = None,
        callbacks: Iterable[Callback] | None = None,
        return_dict: bool = False,
    ) -> float | list[float] | dict[str, float]:
        """Return the loss and metrics on a data set, without learning from it.

        Parameters
        ----------
        x, y, sample_weight
            See :meth:`fit`.
        batch_size : int, default 1024
            Rows at a time; the result does not depend on it.
        verbose : int or str
            1 and 2 print the results in one line; 0 and 'auto' show nothing.
        callbacks : list of Callback, optional
            Whose `test` hooks are called.
        return_dict : bool, default False
            Whether to return a dict by key rather than a list (or the loss alone).
        """
        size = evaluation_batch("batch_size", batch_size)
        shown = verbose != "auto" and verbosity(verbose) > 0
        prepared = prepare(self, x, y, sample_weight)
        steps = ceil(len(prepared.xs[0]) / size)
        watching = CallbackList(callbacks, self, verbose=verbose, epochs=1, steps=steps)
        results = self._evaluate(prepared, size, watching)
        if shown:
            print("  ".join(f"{key}: {value:.4f}" for key, value in results.items()))
        if return_dict:
            return results
        return list(results.values()) if len(results) > 1 else results["loss"]

    def _evaluate(self, prepared: Prepared, size: int, watching: CallbackList) -> dict[str, float]:
        objective = self.objective
        objective.reset()
        begin, end = watching.hook("on_test_batch_begin"), watching.hook("on_test_batch_end")
        watching.call("on_test_begin", {})
        with quiet():
            for batch, (xs, ys, weights) in enumerate(prepared.batches(size)):
                if begin:
                    begin(batch, {})
                self._test_step(xs, ys, weights)
                if end:
                    end(batch, objective.results())
            results = objective.results()
        watching.call("on_test_end", results)
        return results

    def predict(
        self,
        x: Any,
        batch_size: int | None = None,
        verbose: int | str = "auto",
        callbacks: Iterable[Callback] | None = None,
    ) -> Any:
        """Return the outputs for `x`, as in inference.

        Parameters
        ----------
        x : array_like of shape (n, ...)
            Inputs; a list or dict of them for several inputs.
        batch_size : int, default 1024
            Rows at a time.
        verbose : int or str
            Accepted as in Keras; nothing is shown.
        callbacks : list of Callback, optional
            Whose `predict` hooks are called.

        Returns
        -------
        ndarray of shape (n, ...)
            A list of them for several outputs.
        """
        size = evaluation_batch("batch_size", batch_size)
        self._build_for(x)
        xs = data.as_inputs(x, self.graph.inputs)
        steps = ceil(len(xs[0]) / size)
        watching = CallbackList(callbacks, self, verbose=verbose, epochs=1, steps=steps)
        begin, end = (watching.hook(f"on_predict_batch_{moment}") for moment in ("begin", "end"))
        watching.call("on_predict_begin", {})
        parts = []
        with quiet():
            for batch, start in enumerate(range(0, len(xs[0]), size)):
                if begin:
                    begin(batch, {})
                outputs, _ = self.graph.forward([a[start : start + size] for a in xs])
                parts.append(outputs)
                if end:
                    end(batch, {"outputs": outputs})
        watching.call("on_predict_end", {})
        joined = [np.concatenate(pieces) for pieces in zip(*parts, strict=True)]
        return joined[0] if len(joined) == 1 else joined

    def test_on_batch(
        self, x: Any, y: Any = None, sample_weight: Any = None, return_dict: bool = False
    ) -> Any:
        """Return the loss and metrics of one batch, without learning from it."""
        return self._one_batch(self._test_step, prepare(self, x, y, sample_weight), return_dict)

    def _one_batch(self, step: Callable[..., float], prepared: Prepared, return_dict: bool) -> Any:
        self.objective.reset()
        with quiet():
            step(*prepared)
            results = self.objective.results()
        if return_dict:
            return results
        return list(results.values()) if len(results) > 1 else results["loss"]


def quiet() -> np.errstate:
    """Let numbers that overflow say so themselves, as infinities and NaN."""
    return np.errstate(over="ignore", invalid="ignore", divide="ignore")


def verbosity(verbose: Any) -> int:
    """Return 0, 1 or 2; True and 'auto' are 1."""
    if verbose == "auto":
        return 1
    return checks.integer("verbose", int(verbose) if isinstance(verbose, bool) else verbose, 0)


def evaluation_batch(name: str, size: int | None) -> int:
    """Return how many rows to take at a time where nothing is learnt."""
    return EVALUATION_BATCH if size is None else checks.integer(name, size, 1)
