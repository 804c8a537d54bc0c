"""Four tuners raced on recorded digits: the same epochs for each, hundreds of races a minute."""

from __future__ import annotations

from collections.abc import Callable
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from course import checks, config
from course import tuners as kt
from course.experiments.digit_curves import (
    DROPOUTS,
    EPOCHS,
    RATES,
    SEEDS,
    UNITS,
    place,
    recorded,
)

TUNERS = ("grid", "random", "Bayesian", "Hyperband")
FACTOR = 3
BUDGET = 357  # epochs: what one Hyperband costs with R = 27, η = 3
TRIALS = BUDGET // EPOCHS  # 13 whole trainings
MARKS = (*range(EPOCHS, BUDGET, EPOCHS), BUDGET)
RACES = range(100)


def declare(
    hp: kt.HyperParameters, rates: Any = RATES, units: Any = UNITS, dropouts: Any = DROPOUTS
) -> tuple[float, int, float]:
    """Declare the three hyperparameters of the recorded digits and return their values."""
    return (
        hp.Choice("learning_rate", list(rates)),
        hp.Choice("units", list(units)),
        hp.Choice("dropout", list(dropouts)),
    )


def coarse(seed: int) -> tuple[tuple[Any, ...], ...]:
    """Return the axes of a grid of 3 × 2 × 2; the seed says where it lies.

    Rates are a factor of 6.3 apart; widths a factor of 4; dropout is either 0 or 0.5, or one of
    them and 0.25.
    """
    rng = config.generator(seed)
    rates = RATES[int(rng.integers(9)) :: 8][:3]
    units = UNITS[int(rng.integers(2)) :: 2]
    skipped = int(rng.integers(3))
    return rates, units, tuple(np.delete(DROPOUTS, skipped).tolist())


def tuner(name: str, seed: int, folder: str) -> Any:
    """Return one of ``TUNERS`` whose trials look their accuracy up instead of training.

    A race sees the trainings of seed ``seed % 4``, and of each the accuracy after its last epoch.

    Parameters
    ----------
    name : str
    seed : int
    folder : str
        Where the search is kept.
    """
    checks.one_of("name", name, TUNERS)
    axes = coarse(seed) if name == "grid" else (RATES, UNITS, DROPOUTS)
    base, options = _strategies()[name]
    hp = kt.HyperParameters()
    declare(hp, *axes)

    class LookedUp(base):  # type: ignore[misc, valid-type]
        def run_trial(self, trial: Any, *args: Any, **kwargs: Any) -> dict[str, float]:
            return {"val_accuracy": looked_up(trial.values, seed)}

    return LookedUp(
        objective="val_accuracy", hyperparameters=hp, seed=seed, directory=folder, **options
    )


def _strategies() -> dict[str, tuple[Callable[..., Any], dict[str, Any]]]:
    return {
        "grid": (kt.GridSearch, {}),
        "random": (kt.RandomSearch, {"max_trials": TRIALS}),
        "Bayesian": (kt.BayesianOptimization, {"max_trials": TRIALS}),
        "Hyperband": (kt.Hyperband, {"max_epochs": EPOCHS, "factor": FACTOR}),
    }


def looked_up(values: dict[str, Any], seed: int) -> float:
    """Return the validation accuracy of a trial after its last epoch."""
    last = values.get("tuner/epochs", EPOCHS)
    return float(recorded(seed % len(SEEDS)).validation[_place(values), last - 1])


def judged(values: dict[str, Any], seed: int) -> float:
    """Return the mean test accuracy, after 27 epochs, over the three seeds the race did not see."""
    others = (other for other in SEEDS if other != seed % len(SEEDS))
    return float(np.mean([recorded(other).test[_place(values)] for other in others]))


def race(name: str, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Run one search by looking up.

    Parameters
    ----------
    name : str
        One of ``TUNERS``.
    seed : int

    Returns
    -------
    spent : array of int of shape (trials,)
        Epochs trained in all when each trial ended; a promoted one goes on from its last epoch.
    test : array of shape (trials,)
        What :func:`judged` says of the setting with the best score so far.
    """
    with TemporaryDirectory() as folder:
        searched = tuner(name, seed, folder)
        searched.search(verbose=0)
        trials = searched.oracle.ordered_trials()
    epochs = [_epochs(trial.values) for trial in trials]
    scores = np.array([trial.score for trial in trials])
    leaders = [int(np.argmax(scores[: i + 1])) for i in range(len(trials))]
    return np.cumsum(epochs), np.array([judged(trials[i].values, seed) for i in leaders])


def at_marks(spent: np.ndarray, test: np.ndarray) -> np.ndarray:
    """Return what was known when so many epochs had been spent as ``MARKS`` say."""
    return test[np.searchsorted(spent, MARKS, side="right") - 1]


def _epochs(values: dict[str, Any]) -> int:
    return values.get("tuner/epochs", EPOCHS) - values.get("tuner/initial_epoch", 0)


def _place(values: dict[str, Any]) -> int:
    return place(values["learning_rate"], values["units"], values["dropout"])
