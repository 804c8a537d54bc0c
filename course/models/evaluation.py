"""Evaluation and prediction: the network as it is, without learning."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from course import checks
from course.callbacks import Callback, CallbackList
from course.callbacks.progbar_logger import described
from course.config import quiet
from course.models.batches import Batches, Epochs
from course.models.compiled import Compiled
from course.models.preparation import Prepared, gather, gather_inputs, prepare

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
        steps: int | None = None,
        callbacks: Iterable[Callback] | None = None,
        return_dict: bool = False,
    ) -> float | list[float] | dict[str, float]:
        """Return the loss and metrics on a data set, without learning from it.

        Parameters
        ----------
        x, y, sample_weight
            See :meth:`fit`.
        batch_size : int, default 1024
            Rows at a time; the result does not depend on it. With `steps`, 32 by default.
        verbose : int or str
            1 and 2 print the results in one line; 0 and 'auto' show nothing.
        steps : int, optional
            Take the first so many batches only; needed where `x` gives batches without end.
        callbacks : list of Callback, optional
            Whose `test` hooks are called.
        return_dict : bool, default False
            Whether to return a dict by key rather than a list (or the loss alone).
        """
        size = evaluation_batch("batch_size", batch_size, steps)
        steps = steps_asked("steps", steps)
        shown = verbosity(verbose) > 0 and verbose != "auto"
        return_dict = checks.flag("return_dict", return_dict)
        judged = gather(self, x, y, sample_weight, batch_size=batch_size).judged(size, steps)
        watching = CallbackList(callbacks, self, verbose=verbose, epochs=1, steps=judged.steps)
        results = self._evaluate(judged, watching)
        if shown:
            print(described(results))
        if return_dict:
            return results
        return list(results.values()) if len(results) > 1 else results["loss"]

    def _evaluate(self, judged: Batches | Epochs, watching: CallbackList) -> dict[str, float]:
        """Judge all batches; nothing comes of it where there are none left."""
        if judged.ran_out():
            return {}
        objective = self.objective
        objective.reset()
        begin, end = watching.hook("on_test_batch_begin"), watching.hook("on_test_batch_end")
        watching.call("on_test_begin", {})
        with quiet():
            for batch, (xs, ys, weights) in enumerate(judged):
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
        steps: int | None = None,
        callbacks: Iterable[Callback] | None = None,
    ) -> Any:
        """Return the outputs for `x`, as in inference.

        Parameters
        ----------
        x : array_like of shape (n, ...)
            Inputs; a list or dict of them for several inputs. Or what gives batches, as in
            :meth:`fit`: of inputs, or of tuples that begin with the inputs.
        batch_size : int, default 1024
            Rows at a time. With `steps`, 32 by default.
        verbose : int or str
            Accepted as in Keras; nothing is shown.
        steps : int, optional
            Take the first so many batches only; needed where `x` gives batches without end.
        callbacks : list of Callback, optional
            Whose `predict` hooks are called.

        Returns
        -------
        ndarray of shape (n, ...)
            A list of them for several outputs.
        """
        verbosity(verbose)  # has no effect, but says so if it is none
        size = evaluation_batch("batch_size", batch_size, steps)
        steps = steps_asked("steps", steps)
        batches = gather_inputs(self, x, batch_size=batch_size).judged(size, steps)
        watching = CallbackList(callbacks, self, verbose=verbose, epochs=1, steps=batches.steps)
        begin, end = (watching.hook(f"on_predict_batch_{moment}") for moment in ("begin", "end"))
        watching.call("on_predict_begin", {})
        batches.ran_out()
        parts = []
        with quiet():
            for batch, (xs, _, _) in enumerate(batches):
                if begin:
                    begin(batch, {})
                outputs, _ = self.graph.forward(xs)
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

    def predict_on_batch(self, x: Any) -> Any:
        """Return the outputs for one batch, as `predict` does for all."""
        return self.predict(x)

    def _one_batch(self, step: Callable[..., float], prepared: Prepared, return_dict: bool) -> Any:
        return_dict = checks.flag("return_dict", return_dict)
        self.objective.reset()
        with quiet():
            step(*prepared)
            results = self.objective.results()
        if return_dict:
            return results
        return list(results.values()) if len(results) > 1 else results["loss"]


def verbosity(verbose: Any) -> int:
    """Return 0, 1 or 2; True and 'auto' are 1."""
    is_auto = isinstance(verbose, str) and verbose == "auto"
    return 1 if is_auto else checks.verbosity(verbose)


def evaluation_batch(name: str, size: int | None, steps: int | None = None, few: int = 32) -> int:
    """Return how many rows to take at a time where nothing is learnt; `few` if it matters."""
    usual = EVALUATION_BATCH if steps is None else few
    return usual if size is None else checks.integer(name, size, 1)


def steps_asked(name: str, steps: int | None) -> int | None:
    """Return the number of batches that was asked for, if any."""
    return None if steps is None else checks.integer(name, steps, 1)
