"""Write ``callbacks.json``: what Keras' callbacks decide for random sequences of values.

    KERAS_BACKEND=torch python tests/golden/make_callbacks.py

needs Keras and PyTorch. The values are multiples of 1/64, so that no decision hangs on rounding.
NaN is left out, which Keras takes for the best value if it comes first; so are integer values of
`save_freq` together with `save_best_only`, for which it raises a TypeError.
"""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import keras
import numpy as np

RANDOM = np.random.default_rng(5)
EPOCHS = 24


class Model(SimpleNamespace):
    """What callbacks use of a model: its weights are the epochs they are from."""

    def get_weights(self) -> list:
        return [self.epoch]

    def set_weights(self, weights: list) -> None:
        self.epoch = weights[0]

    def save(self, path: str, overwrite: bool = True) -> None:
        self.saved.append(path)


def values() -> list[float]:
    """Return a random walk that falls and gets stuck."""
    steps = RANDOM.integers(-6, 5, EPOCHS) * (RANDOM.random(EPOCHS) < 0.7)
    return [float(v) / 64 for v in 64 + np.cumsum(steps)]


def one_of(*choices: Any) -> Any:
    """Return one of them."""
    return choices[RANDOM.integers(len(choices))]


def run(callback: Any, series: list[float]) -> tuple[Model, list[float]]:
    """Give a callback the values one by one; return the model and the rate of each epoch."""
    model = Model(
        optimizer=SimpleNamespace(learning_rate=1.0), stop_training=False, epoch=-1, saved=[]
    )
    callback.set_model(model)
    callback.on_train_begin()
    rates = []
    for epoch, value in enumerate(series):
        callback.on_epoch_begin(epoch)
        model.epoch = epoch
        rates.append(float(model.optimizer.learning_rate))
        callback.on_epoch_end(epoch, {"loss": value})
        if model.stop_training:
            break
    callback.on_train_end()
    return model, rates


def early_stopping() -> dict:
    config = {
        "monitor": "loss",
        "mode": one_of("min", "max"),
        "patience": one_of(0, 1, 2, 3, 5),
        "min_delta": one_of(0, 0, 1 / 64, -2 / 64, 3 / 64),
        "baseline": one_of(None, None, 0.75, 1.0, 1.25),
        "start_from_epoch": one_of(0, 0, 1, 4),
        "restore_best_weights": one_of(False, True),
    }
    callback, series = keras.callbacks.EarlyStopping(**config), values()
    model, rates = run(callback, series)
    return {
        "config": config,
        "values": series,
        "epochs": len(rates),
        "restored": model.epoch,
        "best": callback.best,
        "best_epoch": callback.best_epoch,
        "stopped_epoch": callback.stopped_epoch,
        "wait": callback.wait,
    }


def reduce_lr_on_plateau() -> dict:
    config = {
        "monitor": "loss",
        "mode": one_of("min", "max"),
        "patience": one_of(0, 1, 2, 3),
        "min_delta": one_of(0, 1 / 64, 3 / 64),
        "factor": one_of(0.25, 0.5),
        "cooldown": one_of(0, 1, 2, 4),
        "min_lr": one_of(0.0, 0.125, 0.1),
    }
    series = values()
    _, rates = run(keras.callbacks.ReduceLROnPlateau(**config), series)
    return {"config": config, "values": series, "rates": rates}


def model_checkpoint() -> dict:
    config = {
        "filepath": "{epoch}-{loss:.3f}.keras",
        "monitor": "loss",
        "mode": one_of("min", "max"),
        "save_best_only": one_of(True, True, False),
        "initial_value_threshold": one_of(None, 0.75, 1.0, 1.25),
    }
    series = values()
    model, _ = run(keras.callbacks.ModelCheckpoint(**config), series)
    return {"config": config, "values": series, "saved": model.saved}


def order() -> dict:
    """Return the hooks that fit, evaluate and predict call, with the epoch or batch."""
    calls: list[str] = []
    hooks = [name for name in vars(keras.callbacks.Callback) if name.startswith("on_")]

    def numbers(given: tuple) -> list[str]:
        return [str(part) for part in given if isinstance(part, int)]

    def writer(name: str) -> Any:
        return lambda self, *given, **logs: calls.append(" ".join([name[3:], *numbers(given)]))

    newer = [name for name in hooks if name not in ("on_batch_begin", "on_batch_end")]
    diary = type("Diary", (keras.callbacks.Callback,), {name: writer(name) for name in newer})()
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    x = np.arange(6.0)[:, None]
    found = {}
    arguments = {"verbose": 0, "callbacks": [diary]}
    for name, call in {
        "fit": lambda: model.fit(x, x, 2, epochs=2, validation_split=1 / 3, **arguments),
        "evaluate": lambda: model.evaluate(x, x, batch_size=4, **arguments),
        "predict": lambda: model.predict(x, batch_size=4, **arguments),
    }.items():
        calls.clear()
        call()
        found[name] = list(calls)
    return found


def main() -> None:
    """Run each callback 40 times and write the file, one run a line."""
    lines = [f'"keras": {json.dumps(keras.__version__)}', f'"order": {json.dumps(order())}']
    for make in (early_stopping, reduce_lr_on_plateau, model_checkpoint):
        runs = ",\n".join(json.dumps(make()) for _ in range(40))
        lines.append(f'"{make.__name__}": [\n{runs}\n]')
    Path(__file__).with_name("callbacks.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
