"""Make optimizers.csv: digits with five optimizers, each at fifteen learning rates, 20 seeds.

    python data/make_optimizers.py

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
from course.experiments.optimizer_digits import (  # noqa: E402
    BUDGETS,
    OPTIMIZERS,
    RATES,
    digit_scores,
)

SEEDS = range(20)
COLUMNS = ("optimizer", "learning_rate", "seed", "epochs", "training", "validation", "test")
Job = tuple[str, float, int]


def scores(job: Job) -> list[tuple[float, ...]]:
    """Train one network; judge it after each of the budgets."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "loss became", RuntimeWarning)
        return digit_scores(*job)


def make(folder: Path) -> Path:
    """Write optimizers.csv into `folder`."""
    todo = sorted(product(OPTIMIZERS, RATES, SEEDS))
    with ProcessPoolExecutor() as executor:
        results = list(executor.map(scores, todo, chunksize=10))
    file = folder / "optimizers.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(COLUMNS)
        for job, judged in zip(todo, results, strict=True):
            for epochs, parts in zip(BUDGETS, judged, strict=True):
                rows.writerow((*job, epochs, *(f"{accuracy:.3f}" for accuracy in parts)))
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
