"""What a tuner adds to a trial: the same trainings by hand and by a search."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from tempfile import TemporaryDirectory
from time import perf_counter

import course
from benchmarks.networks import NETWORKS, data, keras_model
from benchmarks.tables import Table
from benchmarks.timing import Timed, interleaved
from course import tuners as kt

TRIALS, EPOCHS = 12, 3
NETWORK = NETWORKS["2-8-8-1"]
TUNERS = {
    "grid": kt.GridSearch,
    "random": kt.RandomSearch,
    "Bayesian": kt.BayesianOptimization,
}


def tuning(options: Namespace) -> Table:
    """A trial of 2-8-8-1 for three epochs, by hand and by three tuners; every trial is kept."""
    runs = {"by hand": a_trial(by_hand)}
    runs |= {name: a_trial(lambda tuner=tuner: by(tuner)) for name, tuner in TUNERS.items()}
    row = interleaved(runs, options.rounds)
    return Table("tuning", "ms a trial (× by hand)", {f"{TRIALS} trials": row})


def build(hp: kt.HyperParameters) -> course.Model:
    """Return the network; what is searched leaves the work as it is."""
    model = keras_model(course, NETWORK)
    model.optimizer.learning_rate = hp.Float("learning_rate", 1e-3, 1.0, sampling="log")
    hp.Int("of no effect", 0, 1000)
    return model


def by_hand() -> None:
    """Build and train as often as there are trials."""
    x, y = data(NETWORK)
    for _ in range(TRIALS):
        model = build(kt.HyperParameters())
        model.fit(x, y, NETWORK.batch, EPOCHS, verbose=0, validation_split=0.2)


def by(tuner: type[kt.Tuner]) -> None:
    """Let a tuner do so."""
    x, y = data(NETWORK)
    with TemporaryDirectory() as folder:
        search = tuner(build, "val_loss", max_trials=TRIALS, seed=0, directory=folder)
        search.search(x, y, NETWORK.batch, EPOCHS, verbose=0, validation_split=0.2)


def a_trial(run: Callable[[], None]) -> Timed:
    """Return what gives the milliseconds of a trial."""

    def timed() -> float:
        start = perf_counter()
        run()
        return (perf_counter() - start) / TRIALS * 1000

    return timed
