"""The strategies alone: ``Tuner(oracles.GridSearchOracle(...), build)``."""

from __future__ import annotations

from course.tuners.bayesian_optimization import BayesianOptimizationOracle
from course.tuners.grid_search import GridSearchOracle
from course.tuners.hyperband import HyperbandOracle
from course.tuners.oracle import Oracle
from course.tuners.random_search import RandomSearchOracle

__all__ = [
    "BayesianOptimizationOracle",
    "GridSearchOracle",
    "HyperbandOracle",
    "Oracle",
    "RandomSearchOracle",
]
