"""Make grid_and_random_search.csv: searches of nine trials on digits, with forty seeds each.

    python data/make_grid_and_random_search.py

The accuracies depend a little on the machine; the lesson uses means with a margin. About one
minute on two cores.
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
from course.experiments.nine_trials import (  # noqa: E402
    RANGES,
    SEARCHES,
    SECONDS,
    folded,
    nine_trials,
)

SEEDS = range(40)
COLUMNS = ("second", "width", "search", "seed", "validation", "test")
FOLDED = {"9 trials, 1 fold": (9, 1), "9 trials, 5 folds": (9, 5), "45 trials, 1 fold": (45, 1)}
Job = tuple[str, str, str, int]


def found(job: Job) -> tuple[float, float]:
    """Run one search; return the accuracies of its winner."""
    second, width, search, seed = job
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", category=RuntimeWarning)
        if search in FOLDED:
            return folded(*FOLDED[search], width, seed)
        return nine_trials(search, second, width, seed)


def make(folder: Path) -> Path:
    """Write grid_and_random_search.csv into `folder`."""
    todo = [*product(SECONDS, RANGES, SEARCHES, SEEDS), *product(["l2"], RANGES, FOLDED, SEEDS)]
    with ProcessPoolExecutor() as executor:
        results = list(executor.map(found, todo, chunksize=5))
    file = folder / "grid_and_random_search.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(COLUMNS)
        for job, both in sorted(zip(todo, results, strict=True)):
            rows.writerow((*job, *(f"{accuracy:.4f}" for accuracy in both)))
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
