"""Make vanishing_gradients.csv: which deep networks learn two circles, 10 seeds each.

    python data/make_vanishing_gradients.py

The accuracies of runs on the edge of learning depend on the machine; the lesson uses counts
and margins that do not. About five minutes on two cores.
"""

from __future__ import annotations

import csv
import os
import sys
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

from course.experiments import deep_circles  # noqa: E402  (NumPy reads the variables once)
from course.initializers import RandomUniform  # noqa: E402

RATES = (0.01, 0.03, 0.1, 0.3)
SEEDS = range(10)
HALF = {"kernel_initializer": RandomUniform(-0.5, 0.5)}
HE = {"activation": "relu", "kernel_initializer": "he_uniform"}
NETWORKS = {
    "tanh": HALF,
    "tanh, glorot": {},
    "relu, he": HE,
    "tanh, batch normalization": HALF | {"batch_normalization": True},
    "tanh, residual": HALF | {"residual": True},
    "tanh, residual, batch normalization": HALF | {"residual": True, "batch_normalization": True},
    "relu, he, residual": HE | {"residual": True},
    "relu, he, residual, batch normalization": HE | {"residual": True, "batch_normalization": True},
}
COLUMNS = ("network", "depth", "width", "learning_rate", "seed", "accuracy")
Job = tuple[str, int, int, float, int]


def jobs() -> Iterator[Job]:
    """Yield network, depth, width, learning rate and seed of every run, each once."""
    cells = [(name, depth, 8) for name in NETWORKS for depth in (1, 10, 20)]
    cells += [("tanh", depth, width) for width in (5, 12, 20, 50, 100) for depth in (1, 10, 20)]
    cells += [(name, depth, 8) for name in NETWORKS for depth in (3, 8, 25)]
    for cell in cells:
        for rate in RATES:
            for seed in SEEDS:
                yield (*cell, rate, seed)


def accuracy(job: Job) -> float:
    """Train one network."""
    name, depth, width, rate, seed = job
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "loss became", RuntimeWarning)
        return deep_circles(depth, rate, seed, width=width, **NETWORKS[name])


def make(folder: Path) -> Path:
    """Write vanishing_gradients.csv into `folder`."""
    todo = sorted(jobs())
    with ProcessPoolExecutor() as executor:
        results = list(executor.map(accuracy, todo, chunksize=20))
    file = folder / "vanishing_gradients.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(COLUMNS)
        rows.writerows((*job, f"{a:.3f}") for job, a in zip(todo, results, strict=True))
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
