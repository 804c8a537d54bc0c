"""Make momentum.csv: a hundred digits learned by heart, without and with momentum.

    python data/make_momentum.py

At four effective rates, with ten different hundreds. The accuracies depend a little on the
machine; the lesson uses means with a margin. About half a minute on two cores.
"""

from __future__ import annotations

import csv
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

# NumPy reads the variables once, when it is imported.
from course.experiments.few_digits import PARTS  # noqa: E402
from course.experiments.hundred_digits import learned_by_heart  # noqa: E402
from course.optimizers import SGD  # noqa: E402

EFFECTIVE_RATES = (0.1, 0.2, 0.5, 1.0)
MOMENTUM = (0.0, 0.9)
COLUMNS = ("effective_rate", "momentum", "part", "training", "test")
Job = tuple[float, float, int]


def scores(job: Job) -> tuple[float, float]:
    """Train one network; return its accuracy on the hundred digits and on the rest."""
    rate, beta, part = job
    return learned_by_heart(SGD(round(rate * (1 - beta), 6), momentum=beta), part)


def make(folder: Path) -> Path:
    """Write momentum.csv into `folder`."""
    todo = sorted(product(EFFECTIVE_RATES, MOMENTUM, range(PARTS)))
    with ProcessPoolExecutor() as executor:
        results = list(executor.map(scores, todo, chunksize=4))
    file = folder / "momentum.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(COLUMNS)
        for job, both in zip(todo, results, strict=True):
            rows.writerow((*job, *(f"{accuracy:.4f}" for accuracy in both)))
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
