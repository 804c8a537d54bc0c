"""Make learning_rate.csv: digits at many learning rates, constant and scheduled, with 16 seeds.

    python data/make_learning_rate.py

The accuracies depend a little on the machine; the lesson uses means with a margin. About two
minutes on two cores.
"""

from __future__ import annotations

import csv
import os
import sys
import warnings
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

# NumPy reads the variables once, when it is imported.
from course.experiments.digit_rates import (  # noqa: E402
    ADAM_RATES,
    RATES,
    SCHEDULES,
    SMALL_RATES,
    accuracies,
    optimizer_named,
    trained,
)

SEEDS = range(16)
COLUMNS = ("optimizer", "schedule", "learning_rate", "seed", "validation", "test")
Job = tuple[str, str, float, int]


def jobs() -> list[Job]:
    """Return every training: optimizer, schedule, learning rate, seed."""
    methods = [("SGD", name, rate) for name in SCHEDULES for rate in RATES]
    methods += [("SGD", "constant", rate) for rate in SMALL_RATES]
    methods += [("Adam", "constant", rate) for rate in ADAM_RATES]
    return sorted((*method, seed) for method in methods for seed in SEEDS)


def result(job: Job) -> tuple[float, float]:
    """Train one network; return its accuracy on the digits to choose by and to judge by."""
    optimizer, schedule, rate, seed = job
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "loss became", RuntimeWarning)
        model = trained(schedule, rate, seed, optimizer=optimizer_named(optimizer))
        return accuracies(model, seed)


def make(folder: Path) -> Path:
    """Write learning_rate.csv into `folder`."""
    todo = jobs()
    with ProcessPoolExecutor() as executor:
        results = list(executor.map(result, todo, chunksize=10))
    file = folder / "learning_rate.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(COLUMNS)
        for job, both in zip(todo, results, strict=True):
            rows.writerow((*job, *(f"{accuracy:.4f}" for accuracy in both)))
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
