"""The hooks through which a callback sees, and steers, training."""

from __future__ import annotations

from typing import Any, ClassVar

Logs = dict[str, float]


class Callback:
    """Base class: override the hooks you need; the others cost nothing.

    They are called in this order, `test` hooks within an epoch where there is validation::

        on_train_begin
            on_epoch_begin
                on_train_batch_begin, on_train_batch_end       once a batch
                on_test_begin, on_test_batch_begin, on_test_batch_end, on_test_end
            on_epoch_end
        on_train_end

    ``on_batch_begin`` and ``on_batch_end`` are the older names of the training batch hooks.

    Attributes
    ----------
    model : Model
        The model in training; ``self.model.stop_training = True`` ends it.
    params : dict
        ``epochs``, ``steps`` and ``verbose``; in `fit` also ``metrics``, the keys that the model
        puts into the logs of an epoch, and ``added_metrics``, those that the callbacks add (None
        if one of them may add any).
    adds_to_logs : tuple of str or None
        What the `on_epoch_end` of this class adds to the logs; None stands for anything. A
        monitor learns from it, before training starts, that a key will never come.
    """

    adds_to_logs: ClassVar[tuple[str, ...] | None] = None

    def __init__(self) -> None:
        self.model: Any = None
        self.params: dict[str, Any] = {}

    def set_model(self, model: Any) -> None:
        """Tell the callback whose training it sees."""
        self.model = model

    def set_params(self, params: dict[str, Any]) -> None:
        """Tell the callback how long the training is to be, and what its logs will hold."""
        self.params = params

    def listens_to(self, hook: str) -> bool:
        """Return whether a hook that the class overrides has anything to do for this callback.

        Where nobody listens to a batch hook, the logs of a batch are not computed.
        """
        return True

    def on_train_begin(self, logs: Logs | None = None) -> None:
        """Before the first epoch."""

    def on_train_end(self, logs: Logs | None = None) -> None:
        """After the last epoch; `logs` are that epoch's."""

    def on_epoch_begin(self, epoch: int, logs: Logs | None = None) -> None:
        """Before an epoch, counted from 0."""

    def on_epoch_end(self, epoch: int, logs: Logs | None = None) -> None:
        """After an epoch and its validation; `logs` has the keys of the history."""

    def on_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """Older name of :meth:`on_train_batch_begin`."""

    def on_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """Older name of :meth:`on_train_batch_end`."""

    def on_train_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """Before a training batch, counted from 0 in each epoch."""
        self.on_batch_begin(batch, logs)

    def on_train_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """After a training batch; `logs` are the means of the epoch so far."""
        self.on_batch_end(batch, logs)

    def on_test_begin(self, logs: Logs | None = None) -> None:
        """Before an evaluation."""

    def on_test_end(self, logs: Logs | None = None) -> None:
        """After an evaluation."""

    def on_test_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """Before a batch of an evaluation."""

    def on_test_batch_end(self, batch: int, logs: Logs | None = None) -> None:
        """After a batch of an evaluation; `logs` are the means so far."""

    def on_predict_begin(self, logs: Logs | None = None) -> None:
        """Before a prediction."""

    def on_predict_end(self, logs: Logs | None = None) -> None:
        """After a prediction."""

    def on_predict_batch_begin(self, batch: int, logs: Logs | None = None) -> None:
        """Before a batch of a prediction."""

    def on_predict_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """After a batch of a prediction; ``logs['outputs']`` are its outputs."""
