"""Make input_scaling.csv: digits on six scales, each at eleven learning rates with 10 seeds.

    python data/make_input_scaling.py

The accuracies depend a little on the machine; the lesson uses means with a margin. About two
minutes on two cores.
"""

from __future__ import annotations

import csv
import os
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

# NumPy reads the variables once, when it is imported.
from course.experiments.scaled_digits import (  # noqa: E402
    DARKER,
    INPUTS,
    RATES,
    scaled_accuracy,
    scaled_network,
)

SEEDS = range(10)
COLUMNS = ("inputs", "learning_rate", "seed", "accuracy", "darker")
Job = tuple[str, float, int]


def accuracies(job: Job) -> tuple[float, float]:
    """Train one network; judge it on held-out digits as they are, and darker ones."""
    inputs, _, seed = job
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "loss became", RuntimeWarning)
        model = scaled_network(*job)
        return tuple(scaled_accuracy(model, inputs, seed, light=light) for light in (1.0, DARKER))


def make(folder: Path) -> Path:
    """Write input_scaling.csv into `folder`."""
    todo = sorted(product(INPUTS, RATES, SEEDS))
    with ProcessPoolExecutor() as executor:
        results = list(executor.map(accuracies, todo, chunksize=10))
    file = folder / "input_scaling.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(COLUMNS)
        for job, both in zip(todo, results, strict=True):
            rows.writerow((*job, *(f"{accuracy:.3f}" for accuracy in both)))
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
