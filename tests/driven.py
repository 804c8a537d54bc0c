"""A callback given the values of epoch after epoch, without a training."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any


class Stub(SimpleNamespace):
    """What callbacks use of a model: its weights are the epoch they are from."""

    def __init__(self) -> None:
        optimizer = SimpleNamespace(learning_rate=1.0, schedule=None)
        super().__init__(optimizer=optimizer, stop_training=False, epoch=None, saved=[])

    def get_weights(self) -> list:
        return [self.epoch]

    def set_weights(self, weights: list) -> None:
        self.epoch = weights[0]

    def save(self, path: str) -> None:
        self.saved.append(path)

    def save_weights(self, path: str) -> None:
        self.saved.append(f"weights {path}")


def drive(
    callback: Any, values: list, key: str = "loss", first: int = 0
) -> tuple[Stub, list[dict[str, Any]]]:
    """Give the values until training is stopped.

    Returns
    -------
    model : Stub
    epochs : list of dict
        After each epoch: its logs, the attributes of the callback, ``'rate'`` and ``'stop'``.
    """
    model, epochs = Stub(), []
    callback.set_model(model)
    callback.set_params({"verbose": 0, "metrics": [key], "added_metrics": []})
    callback.on_train_begin({})
    for epoch, value in enumerate(values, first):
        callback.on_epoch_begin(epoch, {})
        model.epoch = epoch
        logs = {} if value is None else {key: value}
        rate = model.optimizer.learning_rate
        callback.on_epoch_end(epoch, logs)
        epochs.append({**vars(callback), "logs": logs, "rate": rate, "stop": model.stop_training})
        if model.stop_training:
            break
    callback.on_train_end(logs)
    return model, epochs
