"""Training: forward → loss → backward → step, in a loop over batches in a loop over epochs."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from math import ceil
from typing import Any, NamedTuple

import numpy as np

from course import checks, config, optimizers
from course.callbacks import Callback, CallbackList, History, ProgbarLogger, as_callbacks
from course.engine.parameters import Parameters
from course.losses import BinaryCrossentropy
from course.models import data
from course.models.batches import Batches
from course.models.objective import Objective, output_names

# Evaluation gives the same numbers for every batch size; large batches are faster.
EVALUATION_BATCH = 1024


class Prepared(NamedTuple):
    """Checked arrays, ready to be cut into batches."""

    xs: list[np.ndarray]
    ys: list[np.ndarray]
    weights: list[np.ndarray | None]

    def batches(self, batch_size: int, generator: Any = None) -> Batches:
        return Batches(self.xs, self.ys, self.weights, batch_size, generator)

    def rows(self, rows: slice) -> Prepared:
        return Prepared(
            [x[rows] for x in self.xs],
            [y[rows] for y in self.ys],
            [None if w is None else w[rows] for w in self.weights],
        )


class Trainer:
    """The part of a model that learns. Mixed into `Model`, which has the `graph`."""

    optimizer: Any = None
    history: History | None = None
    stop_training: bool = False
    _compiled: dict[str, Any] | None = None
    _objective: Objective | None = None
    _parameters: Parameters | None = None

    # -- compile -------------------------------------------------------------------------------

    def compile(
        self,
        optimizer: Any = "rmsprop",
        loss: Any = None,
        loss_weights: Any = None,
        metrics: Any = None,
        weighted_metrics: Any = None,
    ) -> None:
        """Choose what to minimise, how, and what to watch.

        Parameters
        ----------
        optimizer : str or Optimizer, default 'rmsprop'
            The update rule; a name takes its defaults.
        loss : str, Loss, or a list or dict of them
            One for each output, or one for all.
        loss_weights : list or dict of float, optional
            How much each output's loss counts; 1 by default.
        metrics, weighted_metrics : list, optional
            What to report beside the loss, without and with sample weights. ``'accuracy'``
            becomes the kind that fits the loss and the output.

        Raises
        ------
        TypeError, ValueError
            If one of them is unknown, or the loss does not fit the output.
        """
        arguments = {
            "loss": loss,
            "loss_weights": loss_weights,
            "metrics": metrics,
            "weighted_metrics": weighted_metrics,
        }
        new_optimizer = optimizers.get(optimizer)
        objective = Objective(self.graph, **arguments) if self.built else None
        self._compiled, self.optimizer = arguments, new_optimizer
        self._objective, self._parameters = objective, None

    @property
    def objective(self) -> Objective:
        """The losses and metrics of the model's outputs.

        Raises
        ------
        RuntimeError
            If the model was not compiled.
        """
        self._check_compiled()
        if self._objective is None:
            self._objective = Objective(self.graph, **self._compiled)
        return self._objective

    def _check_compiled(self) -> None:
        if self._compiled is None:
            raise RuntimeError(
                f"Model {self.name!r} is not compiled. Call "
                "model.compile(optimizer='sgd', loss='mse') first."
            )

    @property
    def parameters(self) -> Parameters:
        """The flat vectors that the optimizer steps on, laid out for what is trainable now."""
        objective = self.objective
        if self._parameters is not None and self._parameters.is_current():
            return self._parameters
        if self._parameters is None:
            self._parameters = Parameters(self._members, self.optimizer)
        else:
            self._parameters.pack()
        objective.graph.trainability_changed()
        self.trainability_changed()
        return self._parameters

    def _members(self) -> tuple[list[Any], list[Any]]:
        return [v for v in self.weights if v.trainable], self.trainable_weights

    # -- one step ------------------------------------------------------------------------------

    def _train_step(self, xs: list[Any], ys: list[Any], weights: list[Any]) -> float:
        """Learn from one batch; return its loss without the penalties."""
        parameters = self.parameters
        objective = self._objective
        graph = objective.graph
        outputs, trace = graph.forward(xs, training=True)
        loss, dys = objective.forward(outputs, ys, weights, need_gradient=True)
        graph.backward(dys, trace)
        penalty = parameters.penalty(add_gradient=True) + graph.activity_penalty(trace)
        parameters.step()
        objective.add(len(xs[0]), loss, penalty)
        return loss

    def _test_step(self, xs: list[Any], ys: list[Any], weights: list[Any]) -> float:
        """Judge one batch; return its loss without the penalties."""
        objective = self.objective
        outputs, trace = objective.graph.forward(xs, training=False)
        loss, _ = objective.forward(outputs, ys, weights, need_gradient=False)
        penalty = self.parameters.penalty() + objective.graph.activity_penalty(trace)
        objective.add(len(xs[0]), loss, penalty)
        return loss

    # -- fit -----------------------------------------------------------------------------------

    def fit(
        self,
        x: Any = None,
        y: Any = None,
        batch_size: int | None = None,
        epochs: int = 1,
        verbose: int | str = "auto",
        callbacks: Iterable[Callback] | Callback | None = None,
        validation_split: float = 0.0,
        validation_data: Any = None,
        shuffle: bool = True,
        class_weight: dict[int, float] | None = None,
        sample_weight: Any = None,
        initial_epoch: int = 0,
        validation_batch_size: int | None = None,
        validation_freq: int = 1,
    ) -> History:
        """Train.

        Parameters
        ----------
        x : array_like of shape (n, ...)
            Inputs; a list or dict of them for several inputs.
        y : array_like
            Targets; a list or dict of them for several outputs.
        batch_size : int, default 32
            Samples in one step; an epoch is ⌈n / batch_size⌉ steps.
        epochs : int, default 1
            The number of the last epoch: passes over the data, `initial_epoch` not counted.
        verbose : {'auto', 0, 1, 2}, default 'auto'
            0 shows nothing; 1, which is auto, a bar in a notebook and a line for each epoch
            elsewhere; 2 always lines.
        callbacks : list of Callback, optional
            Who looks on.
        validation_split : float, default 0
            The fraction of the rows, taken from the end before any shuffling, to validate on.
        validation_data : tuple (x, y) or (x, y, sample_weight), optional
            What to validate on after each epoch.
        shuffle : bool, default True
            Whether each epoch sees the rows in a new order.
        class_weight : dict of int to float, optional
            A weight for each class.
        sample_weight : array_like of shape (n,), optional
            A weight for each sample.
        initial_epoch : int, default 0
            Where to go on.
        validation_batch_size : int, optional
            Rows at a time in validation; the results do not depend on it.
        validation_freq : int, default 1
            Validate after every so many epochs.

        Returns
        -------
        History
            Whose ``history`` has one number an epoch for ``'loss'`` and each metric.

        Raises
        ------
        TypeError, ValueError, RuntimeError
            Before anything is changed, if an argument or the data cannot be used.
        """
        size = checks.integer("batch_size", 32 if batch_size is None else batch_size, 1)
        epochs = checks.integer("epochs", epochs, 0)
        first = checks.integer("initial_epoch", initial_epoch, 0)
        every = checks.integer("validation_freq", validation_freq, 1)
        evaluation_size = _evaluation_batch("validation_batch_size", validation_batch_size)
        verbose = _verbosity(verbose)
        train, validation = self._split(
            self._prepare(x, y, sample_weight, class_weight), validation_split, validation_data
        )
        batches = train.batches(size, config.generator() if shuffle else None)
        watching = self._callback_list(callbacks, verbose, epochs=epochs, steps=len(batches))
        self.stop_training = False
        logs: dict[str, float] = {}
        watching.call("on_train_begin", {})
        for epoch in range(first, epochs):
            watching.call("on_epoch_begin", epoch, {})
            logs = self._train_epoch(batches, watching, epoch)
            if validation is not None and (epoch + 1) % every == 0:
                results = self._evaluate(validation, evaluation_size, watching)
                self.history.val_data_loss.append(self.objective.data_loss)
                logs |= {f"val_{key}": value for key, value in results.items()}
            watching.call("on_epoch_end", epoch, logs)
            if self.stop_training:
                break
        watching.call("on_train_end", logs)
        return self.history

    def _train_epoch(
        self, batches: Batches, watching: CallbackList, epoch: int
    ) -> dict[str, float]:
        """Train on every batch once and return the means over the epoch."""
        objective = self.objective
        objective.reset()
        begin = _hook(watching, "on_train_batch_begin")
        end = _hook(watching, "on_train_batch_end")
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            for batch, (xs, ys, weights) in enumerate(batches):
                if begin:
                    begin(batch, {})
                loss = self._train_step(xs, ys, weights)
                if loss - loss != 0:  # NaN or infinite
                    self._say_once_that_it_diverged(loss, epoch, batch)
                if end:
                    end(batch, objective.results())
                if self.stop_training:
                    break
            self.history.data_loss.append(objective.data_loss)
            return objective.results()

    def _say_once_that_it_diverged(self, loss: float, epoch: int, batch: int) -> None:
        if not self._has_diverged:
            self._has_diverged = True
            warnings.warn(
                f"loss became {'NaN' if loss != loss else 'infinite'} at epoch {epoch + 1}, batch "
                f"{batch + 1}; learning_rate={self.optimizer.learning_rate:g}. Training goes on; "
                "TerminateOnNaN stops it, a smaller learning_rate may avoid it.",
                RuntimeWarning,
                stacklevel=4,
            )

    def _callback_list(self, callbacks: Any, verbose: int, **params: Any) -> CallbackList:
        given = as_callbacks(callbacks)
        self.history, self._has_diverged = History(), False
        # After the others, who may add to the logs.
        last = [self.history, ProgbarLogger()] if verbose else [self.history]
        return CallbackList([*given, *last], self, verbose=verbose, **params)

    # -- checks before anything changes --------------------------------------------------------

    def _prepare(
        self, x: Any, y: Any, sample_weight: Any = None, class_weight: Any = None, name: str = ""
    ) -> Prepared:
        """Return the arrays of a data set, checked against this model."""
        self._check_compiled()
        self._build_for(x)
        objective = self.objective
        xs = data.as_inputs(x, self.graph.inputs, f"{name}x")
        names = output_names(self.graph.outputs)
        ys = [
            data.numeric(part, f"{name}y")
            if head.loss is None
            else head.loss.check_targets(part, (len(xs[0]), *head.shape[1:]), name=f"{name}y")
            for part, head in zip(
                self._targets(y, xs, names, f"{name}y"), objective.heads, strict=True
            )
        ]
        if all(head.loss is None for head in objective.heads):
            raise ValueError("The model was compiled without a loss; give one to model.compile.")
        ranks = [len(head.shape) - 1 for head in objective.heads]
        weights = data.sample_weights(sample_weight, class_weight, ys, names, ranks)
        return Prepared(xs, ys, weights)

    def _targets(self, y: Any, xs: list[np.ndarray], names: list[str], name: str) -> list[Any]:
        parts = [data.rectangular(part, name) for part in data.per_output(y, names, name)]
        data.same_length({name[:-1] + "x": xs[0], **dict.fromkeys([name], np.atleast_1d(parts[0]))})
        return parts

    def _split(
        self, prepared: Prepared, split: float, validation_data: Any
    ) -> tuple[Prepared, Prepared | None]:
        """Return what to train on and what to validate on."""
        if validation_data is not None:
            if not isinstance(validation_data, list | tuple) or len(validation_data) not in (2, 3):
                raise ValueError(
                    "validation_data must be (x, y) or (x, y, sample_weight), got "
                    f"{type(validation_data).__name__}."
                )
            return prepared, self._prepare(*validation_data, name="validation_")
        n = len(prepared.xs[0])
        rows = data.rows_to_train_on(n, split)
        if rows == n:
            return prepared, None
        self._warn_of_sorted_classes(prepared.ys[0], rows)
        return prepared.rows(slice(rows)), prepared.rows(slice(rows, None))

    def _warn_of_sorted_classes(self, y: np.ndarray, rows: int) -> None:
        loss = self.objective.heads[0].loss
        if loss is None or not hasattr(loss, "from_logits"):
            return
        several_true = y.ndim == 2 and y.shape[1] > 1 and isinstance(loss, BinaryCrossentropy)
        labels = data.class_labels(y)
        if y.ndim > 2 or several_true or (labels != np.floor(labels)).any():
            return
        rising = np.diff(labels)
        unseen = np.setdiff1d(labels[rows:], labels[:rows]).size
        if unseen or (rising.any() and ((rising >= 0).all() or (rising <= 0).all())):
            warnings.warn(
                "The rows seem to be sorted by class, and validation_split takes the last of them: "
                "training and validation see different classes. Shuffle x and y together first, "
                "or give validation_data.",
                UserWarning,
                stacklevel=4,
            )

    # -- evaluate and predict ------------------------------------------------------------------

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
        size = _evaluation_batch("batch_size", batch_size)
        shown = verbose != "auto" and _verbosity(verbose) > 0
        prepared = self._prepare(x, y, sample_weight)
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
        begin, end = _hook(watching, "on_test_batch_begin"), _hook(watching, "on_test_batch_end")
        watching.call("on_test_begin", {})
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
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
        size = _evaluation_batch("batch_size", batch_size)
        self._build_for(x)
        xs = data.as_inputs(x, self.graph.inputs)
        steps = ceil(len(xs[0]) / size)
        watching = CallbackList(callbacks, self, verbose=verbose, epochs=1, steps=steps)
        begin, end = (_hook(watching, f"on_predict_batch_{moment}") for moment in ("begin", "end"))
        watching.call("on_predict_begin", {})
        parts = []
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
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

    # -- single batches ------------------------------------------------------------------------

    def train_on_batch(
        self,
        x: Any,
        y: Any = None,
        sample_weight: Any = None,
        class_weight: dict[int, float] | None = None,
        return_dict: bool = False,
    ) -> Any:
        """Take one step on one batch; arguments and result as for `fit` and `evaluate`."""
        prepared = self._prepare(x, y, sample_weight, class_weight)
        return self._one_batch(self._train_step, prepared, return_dict)

    def test_on_batch(
        self, x: Any, y: Any = None, sample_weight: Any = None, return_dict: bool = False
    ) -> Any:
        """Return the loss and metrics of one batch, without learning from it."""
        return self._one_batch(self._test_step, self._prepare(x, y, sample_weight), return_dict)

    def _one_batch(self, step: Callable[..., float], prepared: Prepared, return_dict: bool) -> Any:
        self.objective.reset()
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            step(*prepared)
            results = self.objective.results()
        if return_dict:
            return results
        return list(results.values()) if len(results) > 1 else results["loss"]


def _verbosity(verbose: Any) -> int:
    """Return 0, 1 or 2; True and 'auto' are 1."""
    if verbose == "auto":
        return 1
    return checks.integer("verbose", int(verbose) if isinstance(verbose, bool) else verbose, 0)


def _evaluation_batch(name: str, size: int | None) -> int:
    return EVALUATION_BATCH if size is None else checks.integer(name, size, 1)


def _hook(watching: CallbackList, name: str) -> Callable[..., None] | None:
    """Return a function that calls the hook of those who override it; None if nobody does."""
    interested = watching.overriding(name)
    if not interested:
        return None

    def call(*arguments: Any) -> None:
        for callback in interested:
            getattr(callback, name)(*arguments)

    return call
