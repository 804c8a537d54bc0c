"""Make width_and_depth.csv: five studies of width and depth, ten seeds each.

    python data/make_width_and_depth.py

The numbers depend a little on the machine; the lesson uses means with a margin. About three
minutes on two cores.
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
from course.experiments import curves_by_width as curves  # noqa: E402
from course.experiments import tent_map as tents  # noqa: E402
from course.experiments import wide_or_deep as shapes  # noqa: E402

SEEDS = range(10)
COLUMNS = ("study", "depth", "width", "learning_rate", "seed", "training", "new")
GRIDS = {
    "tent": (
        ((1, 2), (2, 2), (3, 2), (4, 2), (2, 32), (3, 32), (4, 32)),
        (0.001, 0.003, 0.01, 0.03),
    ),
    "sine": (product((1,), (4, 8, 16, 32, 64)), (0.01, 0.03, 0.1, 0.3, 1.0)),
    "noisy": (
        product((1,), (1, 2, 4, 16, 64, 256, 1024)),
        (0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3),
    ),
    "spirals": (((1, 125), (2, 20), (4, 12)), (0.001, 0.003, 0.01, 0.03, 0.1)),
    "digits": (((1, 32), (2, 24), (3, 20)), (0.001, 0.003, 0.01, 0.03, 0.1)),
}
Job = tuple[str, int, int, float, int]


def jobs() -> Iterator[Job]:
    """Yield every training that the table needs."""
    for study, (sizes, rates) in GRIDS.items():
        for (depth, width), rate, seed in product(sizes, rates, SEEDS):
            yield study, depth, width, rate, seed


def result(job: Job) -> tuple[float, float]:
    """Train one network; judge it on what it saw and on what is new."""
    study, depth, width, rate, seed = job
    if study == "tent":
        share = tents.explained(tents.trained_tent(depth, width, rate, seed), depth)
        return share, share
    if study == "sine":
        return curves.errors(curves.trained_curve(width, rate, seed))
    if study == "noisy":
        return curves.noisy_errors(curves.noisy_fit(width, rate, seed), seed)
    return shapes.accuracies(shapes.trained_shape(study, depth, rate, seed), study, seed)


def make(folder: Path) -> Path:
    """Write width_and_depth.csv into `folder`."""
    todo = sorted(jobs())
    with ProcessPoolExecutor() as executor:
        results = list(executor.map(result, todo, chunksize=10))
    file = folder / "width_and_depth.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(COLUMNS)
        for job, both in zip(todo, results, strict=True):
            rows.writerow((*job, *(f"{value:.4g}" for value in both)))
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
