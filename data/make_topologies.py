"""Make topologies.csv: seven comparisons of wirings, each wiring at its own tuned rate.

    python data/make_topologies.py

Every wiring runs with every seed at every rate, so that each half of the seeds can choose the
rate for the other half. The results depend a little on the machine; the lesson uses means with
a margin. About five minutes on two cores.
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
from course.experiments.digit_rates import each_half  # noqa: E402
from course.experiments.shifted_digits import (  # noqa: E402
    SHIFTS,
    shift_accuracies,
    trained_shift,
)
from course.experiments.table import Table  # noqa: E402
from course.experiments.topologies import STUDIES  # noqa: E402

COLUMNS = ("study", "network", "learning_rate", "seed", "dx", "dy", "validation", "test")
Job = tuple[str, str, float, int]
PLACES = [(dx, dy) for dy in SHIFTS for dx in SHIFTS]


def scored(job: Job) -> tuple:
    """Train one network; return its row."""
    study, network, rate, seed = job
    validation, test = STUDIES[study].run(network, rate, seed)
    return (*job, 0, 0, f"{validation:.4f}", f"{test:.4f}")


def elsewhere(job: Job) -> list[tuple]:
    """Train one network of the study 'shift' again; return a row for each other shift."""
    accuracies = shift_accuracies(trained_shift(*job[1:])).ravel()
    pairs = zip(PLACES, accuracies, strict=True)
    return [(*job, *place, "nan", f"{accuracy:.4f}") for place, accuracy in pairs if any(place)]


def judges(rows: list[tuple]) -> Iterator[Job]:
    """Give each network and seed of 'shift' at the rate that the other half of the seeds chose."""
    plan = STUDIES["shift"]
    for network in plan.networks:
        columns = zip(*(row for row in rows if row[:2] == ("shift", network)), strict=True)
        values = [list(map(float, column)) for column in [*columns][2:]]
        low, high = each_half(Table(dict(zip(COLUMNS[2:], values, strict=True))))[0]
        for seed in range(plan.seeds):
            yield "shift", network, low if seed >= plan.seeds // 2 else high, seed


def make(folder: Path) -> Path:
    """Write topologies.csv into `folder`."""
    todo = [
        (study, *job)
        for study, plan in STUDIES.items()
        for job in product(plan.networks, plan.rates, range(plan.seeds))
    ]
    with ProcessPoolExecutor() as executor:
        rows = list(executor.map(scored, todo, chunksize=5))
        rows += [row for found in executor.map(elsewhere, judges(rows)) for row in found]
    rows.sort(key=lambda row: (list(STUDIES).index(row[0]), *row[1:]))
    file = folder / "topologies.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
