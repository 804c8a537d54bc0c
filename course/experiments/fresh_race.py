"""Random against Bayesian search on networks trained for it: seven hyperparameters, 200 digits."""

from __future__ import annotations

from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from course import checks, config, optimizers
from course import tuners as kt
from course.datasets import load_digits, split
from course.experiments.wide_race import TRIALS, TUNERS
from course.layers import Dense, Input
from course.models import Sequential

RACES = range(30)
TRAIN, VALIDATION, TEST = 200, 400, 797
EPOCHS, BATCHES = 10, [8, 32, 128]


def fresh_digits(seed: int) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
    """Return 200 digits to learn from, 400 to choose by, and 797 to judge by, as pairs x, y.

    Parameters
    ----------
    seed : int
        Of the first two parts; the digits to judge by are always the same.
    """
    x, x_test, y, y_test = split(*load_digits(), TEST, 0, stratify=True)
    x, x_val, y, y_val = split(x, y, VALIDATION, seed, stratify=True)
    return (x[:TRAIN], y[:TRAIN]), (x_val, y_val), (x_test, y_test)


def build(hp: kt.HyperParameters) -> Sequential:
    """Return a compiled network for digits; the seventh hyperparameter is its batch size."""
    name, momentum = hp.Choice("optimizer", ["adam", "sgd"]), 0.0
    with hp.conditional_scope("optimizer", ["sgd"]):
        momentum = hp.Float("momentum", 0.0, 0.95) or 0.0
    rate = hp.Float("learning_rate", 1e-4, 1.0, sampling="log")
    units = hp.Int("units", 8, 128, sampling="log")
    activation = hp.Choice("activation", ["relu", "sigmoid", "tanh"])
    hidden = [Dense(units, activation) for _ in range(hp.Int("layers", 1, 3))]
    model = Sequential([Input(shape=(64,)), *hidden, Dense(10, "softmax")])
    optimizer = optimizers.Adam(rate) if name == "adam" else optimizers.SGD(rate, momentum)
    hp.Choice("batch_size", BATCHES)
    model.compile(optimizer, "sparse_categorical_crossentropy")
    return model


def trained(hp: kt.HyperParameters, seed: int) -> tuple[float, float]:
    """Train one network; return its validation and its test accuracy.

    Parameters
    ----------
    hp : HyperParameters
    seed : int
        Of the digits, the weights and the order.
    """
    (x, y), *judges = fresh_digits(seed)
    with config.seeded(seed), np.errstate(over="ignore", invalid="ignore"):
        model = build(hp)
        model.fit(x, y, batch_size=hp.get("batch_size"), epochs=EPOCHS, verbose=0)
        validation, test = (
            float(np.mean(np.nan_to_num(model.predict(x, len(x), verbose=0)).argmax(1) == y))
            for x, y in judges
        )
    return validation, test


def fresh_race(name: str, seed: int, trials: int = TRIALS) -> np.ndarray:
    """Run one search; return the test accuracy of the network that leads after each trial.

    Parameters
    ----------
    name : {'random', 'Bayesian'}
    seed : int
        Of the search and of the trainings; both searches of a seed have the same digits.
    trials : int, default 30

    Returns
    -------
    array of shape (trials,)
        The leader is chosen by its validation accuracy.
    """
    checks.one_of("name", name, TUNERS)
    base = kt.RandomSearch if name == "random" else kt.BayesianOptimization
    judged: list[float] = []

    class Trained(base):  # type: ignore[misc, valid-type]
        def run_trial(self, trial: Any, *args: Any, **kwargs: Any) -> dict[str, float]:
            validation, test = trained(trial.hyperparameters, seed)
            judged.append(test)
            return {"val_accuracy": validation}

    hp = kt.HyperParameters()
    build(hp)
    with TemporaryDirectory() as folder:
        tuner = Trained(
            objective="val_accuracy", max_trials=trials, hyperparameters=hp, seed=seed,
            directory=folder,
        )  # fmt: skip
        tuner.search(verbose=0)
        scores = [trial.score for trial in tuner.oracle.ordered_trials()]
    return np.array([judged[int(np.argmax(scores[: i + 1]))] for i in range(trials)])
