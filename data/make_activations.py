"""Make activations.csv: digits learned with twelve networks at three depths and eight rates.

    python data/make_activations.py

Five seeds choose the rate of each network by its validation accuracy; twenty others are
trained at that rate alone. The accuracies depend a little on the machine; the lesson uses
means with a margin. About two minutes on two cores.
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
from course.experiments.activation_digits import (  # noqa: E402
    CHOOSING,
    DEPTHS,
    JUDGING,
    NETWORKS,
    RATES,
    accuracies,
    chosen_rate,
    digits_network,
)
from course.experiments.table import Table  # noqa: E402

COLUMNS = ("network", "depth", "learning_rate", "seed", "validation", "test")
Job = tuple[str, int, float, int]
Scores = tuple[float, float]


def trained(job: Job) -> Scores:
    """Train one network; return its accuracy on the validation and on the test digits."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "loss became", RuntimeWarning)
        return accuracies(digits_network(*job), job[-1])


def judging_jobs(chosen: dict[Job, Scores]) -> list[Job]:
    """Return what is left to train once the rates are chosen."""
    jobs = []
    for network, depth in product(NETWORKS, DEPTHS):
        mine = [
            (*job[2:], scores[0]) for job, scores in chosen.items() if job[:2] == (network, depth)
        ]
        names = ("learning_rate", "seed", "validation")
        rows = Table(dict(zip(names, map(list, zip(*mine, strict=True)), strict=True)))
        jobs += [(network, depth, chosen_rate(rows), seed) for seed in JUDGING]
    return jobs


def make(folder: Path) -> Path:
    """Write activations.csv into `folder`."""
    with ProcessPoolExecutor() as executor:
        jobs = list(product(NETWORKS, DEPTHS, RATES, CHOOSING))
        results = dict(zip(jobs, executor.map(trained, jobs, chunksize=10), strict=True))
        jobs = judging_jobs(results)
        results |= dict(zip(jobs, executor.map(trained, jobs, chunksize=10), strict=True))
    file = folder / "activations.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(COLUMNS)
        for job, scores in sorted(results.items()):
            rows.writerow((*job, *(f"{score:.4f}" for score in scores)))
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
