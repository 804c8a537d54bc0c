"""How much sooner does Bayesian optimization get there? Print a table of regrets.

``python -m benchmarks.bayesian [--seeds 20] [--problem NAME ...]``

Regret is the best that a search found less the best there is. Branin and Hartmann-6 are the
usual test functions; the third problem is a real one: every network of a small search over the
digits was trained beforehand (``data/digits_search.md``), and the searches look its accuracy up.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from math import comb, cos, exp, pi
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

import numpy as np  # noqa: E402  (it reads the variables once)

from course import tuners as kt  # noqa: E402
from course.experiments.wide_race import NAMES, declare, measured  # noqa: E402

Values = dict[str, Any]


class Problem(NamedTuple):
    """A search space, what is to be made small over it, and how many trials there are."""

    declare: Callable[[kt.HyperParameters], None]
    regret: Callable[[Values], float]
    trials: int


def branin_space(hp: kt.HyperParameters) -> None:
    """Declare the two inputs of Branin's function."""
    hp.Float("x", -5.0, 10.0)
    hp.Float("y", 0.0, 15.0)


def branin(values: Values) -> float:
    """Return Branin's function, which has three lowest points, less its minimum."""
    x, y = values["x"], values["y"]
    valley = (y - 5.1 / (4 * pi**2) * x**2 + 5 / pi * x - 6) ** 2
    return valley + 10 * (1 - 1 / (8 * pi)) * cos(x) + 10 - 0.3978873577


HILLS = np.array(
    [
        [10, 3, 17, 3.5, 1.7, 8],
        [0.05, 10, 17, 0.1, 8, 14],
        [3, 3.5, 1.7, 10, 17, 8],
        [17, 8, 0.05, 10, 0.1, 14],
    ]
)
PLACES = 1e-4 * np.array(
    [
        [1312, 1696, 5569, 124, 8283, 5886],
        [2329, 4135, 8307, 3736, 1004, 9991],
        [2348, 1451, 3522, 2883, 3047, 6650],
        [4047, 8828, 8732, 5743, 1091, 381],
    ]
)


def hartmann_space(hp: kt.HyperParameters) -> None:
    """Declare the six inputs of Hartmann's function."""
    for i in range(6):
        hp.Float(f"x{i}", 0.0, 1.0)


def hartmann(values: Values) -> float:
    """Return Hartmann's function of six inputs, which has six valleys, less its minimum."""
    x = np.array([values[f"x{i}"] for i in range(6)])
    depths = [exp(-a @ (x - p) ** 2) for a, p in zip(HILLS, PLACES, strict=True)]
    return 3.3223680114 - float(np.dot([1.0, 1.2, 3.0, 3.2], depths))


def digits(values: Values) -> float:
    """Return how many percentage points of accuracy a network is short of the best one."""
    accuracies, values = measured(), {"momentum": 0.0} | values
    return 100 * (max(accuracies.values()) - accuracies[tuple(values[name] for name in NAMES)])


PROBLEMS = {
    "Branin": Problem(branin_space, branin, 30),
    "Hartmann-6": Problem(hartmann_space, hartmann, 50),
    "digits, points of accuracy": Problem(declare, digits, 30),
}
STRATEGIES: dict[str, tuple[type[kt.Tuner], dict[str, Any]]] = {
    "random search": (kt.RandomSearch, {}),
    "Bayesian, EI": (kt.BayesianOptimization, {"acquisition": "ei"}),
    "Bayesian, UCB": (kt.BayesianOptimization, {"acquisition": "ucb"}),
}


def search(problem: Problem, strategy: str, seed: int) -> list[float]:
    """Run one search and return the regret of each trial."""
    base, options = STRATEGIES[strategy]

    class Searcher(base):
        def run_trial(self, trial: Any, *args: Any, **kwargs: Any) -> float:
            return problem.regret(trial.values)

    hp = kt.HyperParameters()
    problem.declare(hp)
    with TemporaryDirectory() as folder:
        tuner = Searcher(
            max_trials=problem.trials, seed=seed, hyperparameters=hp, directory=folder, **options
        )
        tuner.search(verbose=0)
        return [trial.score for trial in tuner.oracle.ordered_trials()]


def median_interval(values: Sequence[float]) -> tuple[float, float, float]:
    """Return the median and its 95 % interval, whatever the distribution.

    Of n sorted values the k-th lowest and k-th highest enclose the median unless fewer than k of
    them lie on one side of it, of probability 2 · P(Binomial(n, ½) < k).
    """
    ordered, n, k = sorted(values), len(values), 1
    while 2 * sum(comb(n, i) for i in range(k + 1)) <= 0.05 * 2**n:
        k += 1
    return float(np.median(ordered)), ordered[k - 1], ordered[n - k]


def cell(values: Sequence[float]) -> str:
    """Write ``0.012 [0.004, 0.03]``."""
    middle, low, high = (f"{value:.2g}" for value in median_interval(values))
    return f"{middle} [{low}, {high}]"


def table(regrets: dict[str, dict[str, list[float]]]) -> str:
    """Lay out the results: a problem a line, a strategy a column."""
    names = list(next(iter(regrets.values())))
    lines = [
        f"| median regret [95 % interval] | trials | {' | '.join(names)} |",
        f"|---|--:|{'--:|' * len(names)}",
    ]
    for problem, results in regrets.items():
        cells = " | ".join(cell(results[name]) for name in names)
        lines.append(f"| {problem} | {PROBLEMS[problem].trials} | {cells} |")
    return "\n".join(lines)


def final_regret(job: tuple[str, str, int]) -> float:
    """Return the lowest regret of one search."""
    problem, strategy, seed = job
    return min(search(PROBLEMS[problem], strategy, seed))


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        prog="benchmarks.bayesian", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--problem", nargs="*", choices=PROBLEMS, default=list(PROBLEMS))
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    options = parser.parse_args(arguments)
    jobs = list(product(options.problem, STRATEGIES, range(options.seeds)))
    if options.workers == 1:
        results = dict(zip(jobs, map(final_regret, jobs), strict=True))
    else:
        with ProcessPoolExecutor(options.workers) as executor:
            results = dict(zip(jobs, executor.map(final_regret, jobs), strict=True))
    regrets = {
        problem: {
            name: [results[problem, name, seed] for seed in range(options.seeds)]
            for name in STRATEGIES
        }
        for problem in options.problem
    }
    print(table(regrets))


if __name__ == "__main__":
    main()
