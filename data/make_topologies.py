"""Make topologies.csv: seven comparisons of wirings, each wiring at its own tuned rate.

    python data/make_topologies.py

The lower half of the seeds runs at every rate and chooses one by validation; the upper half runs
at that rate only, and judges. The results depend a little on the machine; the lesson uses
means with a margin. About three minutes on two cores.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

# NumPy reads the variables once, when it is imported.
import numpy as np  # noqa: E402

from course.experiments.shifted_digits import (  # noqa: E402
    SHIFTS,
    shift_accuracies,
    trained_shift,
)
from course.experiments.topologies import STUDIES  # noqa: E402

COLUMNS = ("study", "network", "learning_rate", "seed", "dx", "dy", "validation", "test")
Job = tuple[str, str, float, int]
PLACES = [(dx, dy) for dy in SHIFTS for dx in SHIFTS]


def scored(job: Job) -> list[tuple]:
    """Train one network; return its rows, one for each shift where digits are shifted."""
    study, network, rate, seed = job
    if study == "shift" and seed >= STUDIES[study].seeds:
        accuracies = shift_accuracies(trained_shift(network, rate, seed)).ravel()
        pairs = zip(PLACES, accuracies, strict=True)
        return [(*job, *place, "nan", f"{accuracy:.4f}") for place, accuracy in pairs]
    validation, test = STUDIES[study].run(network, rate, seed)
    return [(*job, 0, 0, f"{validation:.4f}", f"{test:.4f}")]


def best_rates(rows: list[tuple]) -> Iterator[Job]:
    """Give the jobs that judge: the other seeds, at the rate with the best mean validation."""
    for study, plan in STUDIES.items():
        for network in plan.networks:
            found = {rate: [] for rate in plan.rates}
            for row in rows:
                if row[:2] == (study, network):
                    found[row[2]].append(float(row[6]))
            rate = max(plan.rates, key=lambda rate: np.mean(found[rate]))
            yield from ((study, network, rate, plan.seeds + k) for k in range(plan.seeds))


def make(folder: Path) -> Path:
    """Write topologies.csv into `folder`."""
    todo = [
        (study, *job)
        for study, plan in STUDIES.items()
        for job in product(plan.networks, plan.rates, range(plan.seeds))
    ]
    with ProcessPoolExecutor() as executor:
        rows = [row for found in executor.map(scored, todo, chunksize=5) for row in found]
        rows += [row for found in executor.map(scored, best_rates(rows)) for row in found]
    rows.sort(key=lambda row: (list(STUDIES).index(row[0]), *row[1:]))
    file = folder / "topologies.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
