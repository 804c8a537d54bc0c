"""Make digits_curves.csv: 300 settings of a network for digits, each epoch of 4 trainings.

    python data/make_digits_curves.py

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
from course.experiments.digit_curves import (  # noqa: E402
    EPOCHS,
    SEEDS,
    SETTINGS,
    trained_curve,
)

COLUMNS = ("seed", "learning_rate", "units", "dropout", "test")
Job = tuple[int, tuple[float, int, float]]


def curve(job: Job) -> list[float]:
    """Train one setting; return its test accuracy and the validation accuracy of each epoch."""
    seed, setting = job
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "loss became", RuntimeWarning)
        validation, test = trained_curve(*setting, seed)
    return [test, *validation]


def make(folder: Path) -> Path:
    """Write digits_curves.csv into `folder`."""
    todo = list(product(SEEDS, SETTINGS))
    with ProcessPoolExecutor() as executor:
        results = list(executor.map(curve, todo, chunksize=20))
    file = folder / "digits_curves.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow((*COLUMNS, *(f"epoch_{epoch}" for epoch in range(1, EPOCHS + 1))))
        for (seed, setting), values in zip(todo, results, strict=True):
            rows.writerow((seed, *setting, *(f"{value:.3f}" for value in values)))
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
