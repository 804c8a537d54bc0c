"""Tuners: the search for hyperparameters, with the names of KerasTuner.

::

    from course import tuners as kt

    def build(hp):
        model = Sequential([Input((2,)), Dense(hp.Int("units", 4, 32, step=4), "tanh"), Dense(1)])
        model.compile(Adam(hp.Float("rate", 1e-4, 1e-1, sampling="log")), "mse")
        return model

    tuner = kt.RandomSearch(build, objective="val_loss", max_trials=20, seed=0)
    tuner.search(x, y, epochs=10, validation_split=0.2)
    best = tuner.get_best_models()[0]
"""

from __future__ import annotations

from course.tuners import oracles
from course.tuners.base_tuner import BaseTuner
from course.tuners.bayesian_optimization import BayesianOptimization, BayesianOptimizationOracle
from course.tuners.errors import FatalError
from course.tuners.grid_search import GridSearch, GridSearchOracle
from course.tuners.hyperband import Hyperband, HyperbandOracle
from course.tuners.hypermodel import HyperModel
from course.tuners.hyperparameters import HyperParameters
from course.tuners.objective import MultiObjective, Objective
from course.tuners.oracle import Oracle
from course.tuners.random_search import RandomSearch, RandomSearchOracle
from course.tuners.trial import Trial, TrialStatus
from course.tuners.tuner import Tuner

__all__ = [
    "BaseTuner",
    "BayesianOptimization",
    "BayesianOptimizationOracle",
    "FatalError",
    "GridSearch",
    "GridSearchOracle",
    "HyperModel",
    "HyperParameters",
    "Hyperband",
    "HyperbandOracle",
    "MultiObjective",
    "Objective",
    "Oracle",
    "RandomSearch",
    "RandomSearchOracle",
    "Trial",
    "TrialStatus",
    "Tuner",
    "oracles",
]
