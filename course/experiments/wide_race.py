"""Random against Bayesian search where there is more to learn: seven hyperparameters, recorded."""

from __future__ import annotations

from functools import cache
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from course import checks
from course import tuners as kt
from course.experiments.table import load_table

TUNERS = ("random", "Bayesian")
TRIALS, MARKS = 30, (10, 20, 30)
RACES = range(20)
NAMES = ("optimizer", "momentum", "learning_rate", "layers", "units", "activation", "batch_size")


def declare(hp: kt.HyperParameters) -> None:
    """Declare what varies in ``data/digits_search.csv``."""
    hp.Choice("optimizer", ["adam", "sgd"])
    with hp.conditional_scope("optimizer", ["sgd"]):
        hp.Choice("momentum", [0.0, 0.9])
    hp.Choice("learning_rate", [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1.0])
    hp.Int("layers", 1, 3)
    hp.Choice("units", [8, 16, 32, 64])
    hp.Choice("activation", ["relu", "sigmoid", "tanh"])
    hp.Choice("batch_size", [16, 64, 256])


@cache
def measured() -> dict[tuple[Any, ...], float]:
    """Return the accuracy of each of the 2,916 settings, by their values in order of ``NAMES``."""
    table = load_table("digits_search")
    keys = zip(*(table[name].tolist() for name in NAMES), strict=True)
    return dict(zip(keys, table["accuracy"].tolist(), strict=True))


def wide_race(name: str, seed: int) -> np.ndarray:
    """Return the best accuracy found so far after each of 30 trials.

    Parameters
    ----------
    name : {'random', 'Bayesian'}
    seed : int

    Returns
    -------
    array of shape (30,)
        Of the search's own digits: it says how well was searched, not how good a network is.
    """
    checks.one_of("name", name, TUNERS)
    base = kt.RandomSearch if name == "random" else kt.BayesianOptimization
    hp = kt.HyperParameters()
    declare(hp)

    class LookedUp(base):  # type: ignore[misc, valid-type]
        def run_trial(self, trial: Any, *args: Any, **kwargs: Any) -> dict[str, float]:
            values = {"momentum": 0.0} | trial.values
            return {"val_accuracy": measured()[tuple(values[name] for name in NAMES)]}

    with TemporaryDirectory() as folder:
        tuner = LookedUp(
            objective="val_accuracy", max_trials=TRIALS, hyperparameters=hp, seed=seed,
            directory=folder,
        )  # fmt: skip
        tuner.search(verbose=0)
        scores = [trial.score for trial in tuner.oracle.ordered_trials()]
    return np.maximum.accumulate(scores)
