"""Training: forward → loss → backward → step, in a loop over batches in a loop over epochs."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from course import checks, config
from course.callbacks import Callback, CallbackList, History, ProgbarLogger, as_callbacks
from course.models.batches import Batches, Epochs
from course.models.evaluation import Evaluator
from course.models.plan import Plan, checked_plan
from course.models.preparation import gather, prepare, split


class Trainer(Evaluator):
    """The part of a model that learns."""

    history: History | None = None
    stop_training: bool = False

    def _train_step(self, xs: list[Any], ys: list[Any], weights: list[Any]) -> float:
        """Learn from one batch; return its loss, penalties included."""
        parameters = self.parameters
        objective = self._objective
        graph = objective.graph
        outputs, trace = graph.forward(xs, training=True)
        loss, dys = objective.forward(outputs, ys, weights, need_gradient=True)
        graph.backward(dys, trace)
        penalty = parameters.penalty(add_gradient=True) + graph.activity_penalty(trace)
        parameters.step()
        objective.add(len(xs[0]), loss, penalty)
        return loss + penalty

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
        steps_per_epoch: int | None = None,
        validation_steps: int | None = None,
        validation_batch_size: int | None = None,
        validation_freq: int = 1,
    ) -> History:
        """Train.

        Parameters
        ----------
        x : array_like of shape (n, ...)
            Inputs; a list or dict of them for several inputs. Or what gives whole batches,
            ``(x, y)`` or ``(x, y, sample_weight)``: a generator, or an object with ``__len__``
            and ``__getitem__`` such as `utils.PyDataset`; `y`, `sample_weight`, `batch_size` and
            `validation_split` are refused then. Each batch is checked as it comes.
        y : array_like
            Targets; a list or dict of them for several outputs, where those of an output without
            a loss and metrics may be left out, or None.
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
            What to validate on after each epoch; or what gives batches of them.
        shuffle : bool, default True
            Whether each epoch sees the rows in a new order; the batches, where `x` has an index
            of them. A generator has its own order.
        class_weight : dict of int to float, optional
            A weight for each class, in training; validation counts every class alike.
        sample_weight : array_like of shape (n,), optional
            A weight for each sample.
        initial_epoch : int, default 0
            Where to go on.
        steps_per_epoch : int, optional
            Batches in an epoch; by default once through the data. The next epoch goes on where
            this one ended, with the first batch again when all were seen. Needed where a
            generator never ends; training ends, with a warning, where it runs out.
        validation_steps : int, optional
            Validate on the first so many batches only.
        validation_batch_size : int, optional
            Rows at a time in validation; the results do not depend on it. With
            `validation_steps`, `batch_size` by default.
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
        plan = checked_plan(
            batch_size, epochs, verbose, initial_epoch, steps_per_epoch, validation_steps,
            validation_batch_size, validation_freq,
        )  # fmt: skip
        rows_only = {"batch_size": batch_size, "validation_split": validation_split}
        shuffle = checks.flag("shuffle", shuffle)
        with self.undone_on_error(), self._history_kept_on_error():
            given = gather(self, x, y, sample_weight, class_weight, **rows_only)
            train, validation = split(self, given, validation_split, validation_data, class_weight)
            generator = config.generator() if shuffle else None
            batches = train.batches(plan.batch_size, generator, plan.steps)
            judged = None if validation is None else validation.judged(*plan.judged)
            watching = self._callback_list(callbacks, plan, batches.steps, judged is not None)
            self.stop_training = False
            logs: dict[str, float] = {}
            watching.call("on_train_begin", {})
        for epoch in plan.epochs:
            if batches.ran_out():
                break
            watching.call("on_epoch_begin", epoch, {})
            logs = self._train_epoch(batches, watching, epoch)
            if judged is not None and (epoch + 1) % plan.validate_every == 0:
                logs |= self._validate(judged, watching)
            watching.call("on_epoch_end", epoch, logs)
            if self.stop_training:
                break
        watching.call("on_train_end", logs)
        return self.history

    @contextmanager
    def _history_kept_on_error(self) -> Iterator[None]:
        """Let a training that is refused leave the record of the last one."""
        before = self.history
        try:
            yield
        except BaseException:
            self.history = before
            raise

    def _train_epoch(
        self, batches: Batches | Epochs, watching: CallbackList, epoch: int
    ) -> dict[str, float]:
        """Train on every batch once and return the means over the epoch."""
        objective = self.objective
        objective.reset()
        begin = watching.hook("on_train_batch_begin")
        end = watching.hook("on_train_batch_end")
        with config.quiet():
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

    def _validate(self, judged: Batches | Epochs, watching: CallbackList) -> dict[str, float]:
        """Evaluate and return the results as they are called in the logs."""
        results = self._evaluate(judged, watching)
        if results:
            self.history.val_data_loss.append(self.objective.data_loss)
        return {f"val_{key}": value for key, value in results.items()}

    def _say_once_that_it_diverged(self, loss: float, epoch: int, batch: int) -> None:
        if not self._has_diverged:
            self._has_diverged = True
            optimizer = self.optimizer
            rate = optimizer.learning_rate
            if optimizer.schedule is not None:  # the step is made: what it was made with
                rate = optimizer.schedule(optimizer.iterations - 1)
            warnings.warn(
                f"loss became {'NaN' if loss != loss else 'infinite'} at epoch {epoch + 1}, batch "
                f"{batch + 1}; learning_rate={rate:g}. Training goes on; "
                "TerminateOnNaN stops it, a smaller learning_rate may avoid it.",
                RuntimeWarning,
                stacklevel=4,
            )

    def _log_keys(self, is_validated: bool) -> list[str]:
        """Return the keys that an epoch's logs will have, before callbacks add to them."""
        keys = self.objective.keys()
        return keys + [f"val_{key}" for key in keys if is_validated]

    def _callback_list(
        self, callbacks: Any, plan: Plan, steps: int | None, is_validated: bool
    ) -> CallbackList:
        given = as_callbacks(callbacks)
        self.history, self._has_diverged = History(), False
        # After the others, who may add to the logs.
        last = [self.history, ProgbarLogger()] if plan.verbose else [self.history]
        return CallbackList(
            [*given, *last],
            self,
            verbose=plan.verbose,
            epochs=plan.epochs.stop,
            steps=steps,
            metrics=self._log_keys(is_validated),
        )

    def train_on_batch(
        self,
        x: Any,
        y: Any = None,
        sample_weight: Any = None,
        class_weight: dict[int, float] | None = None,
        return_dict: bool = False,
    ) -> Any:
        """Take one step on one batch; arguments and result as for `fit` and `evaluate`."""
        prepared = prepare(self, x, y, sample_weight, class_weight)
        return self._one_batch(self._train_step, prepared, return_dict)
