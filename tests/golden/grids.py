"""Search spaces whose grids are compared with KerasTuner's."""

from __future__ import annotations

import json
import tempfile
from typing import Any


def plain(hp: Any) -> None:
    """Every kind, with defaults in the middle."""
    hp.Choice("optimizer", ["sgd", "adam"])
    hp.Int("n", 1, 3, default=2)
    hp.Boolean("flag", default=True)
    hp.Fixed("version", 3)


def conditional(hp: Any) -> None:
    """Two kinds of models with hyperparameters of their own, and one in common."""
    hp.Choice("kind", ["mlp", "cnn"])
    with hp.conditional_scope("kind", ["mlp"]):
        hp.Choice("units", [8, 16])
    with hp.conditional_scope("kind", ["cnn"]):
        hp.Choice("filters", [2, 4])
        hp.Boolean("pool")
    hp.Choice("rate", [0.1, 0.01])


def layers(hp: Any) -> None:
    """A number of layers, and units of each."""
    for i in range(hp.Int("layers", 1, 3)):
        hp.Choice(f"units_{i}", [4, 8])


def steps(hp: Any) -> None:
    """Steps that add and steps that multiply."""
    hp.Float("rate", 0.1, 0.5, step=0.1)
    hp.Int("size", 2, 16, step=2, sampling="log")


def continuous(hp: Any) -> None:
    """No steps at all."""
    hp.Float("rate", 0.001, 1, sampling="log")


def whole(hp: Any) -> None:
    """Whole numbers with logarithms and no step."""
    hp.Int("units", 1, 1000, sampling="log")


SPACES = {space.__name__: space for space in (plain, conditional, layers, steps, continuous, whole)}


def visited(kt: Any, name: str) -> list[dict[str, Any]]:
    """Return the values of all trials of a grid search in their order; `kt` is the library."""

    class Grid(kt.GridSearch):
        def run_trial(self, trial: Any, **others: Any) -> float:
            SPACES[name](trial.hyperparameters)
            return 0.0

    with tempfile.TemporaryDirectory() as folder:
        tuner = Grid(directory=folder)
        tuner.search(verbose=0)
        trials = [trial.hyperparameters.values for trial in tuner.oracle.trials.values()]
        return json.loads(json.dumps(trials))
