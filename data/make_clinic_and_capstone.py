"""Make clinic_and_capstone.csv: 14 patients, with 32 and 320 hidden units a layer, 20 seeds.

    python data/make_clinic_and_capstone.py

The thresholds of the signs were set on seeds 0 to 9; seeds 20 to 29 judge them. The numbers
depend a little on the machine; the lesson uses verdicts and means with a margin. About four
minutes on two cores.
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
from course.experiments.clinic import examine  # noqa: E402
from course.experiments.patients import FAULTS  # noqa: E402
from course.experiments.telltales import readings  # noqa: E402

SEEDS, UNITS = (*range(10), *range(20, 30)), (32, 320)
Job = tuple[str, int, int]


def read(job: Job) -> dict[str, float]:
    """Examine one patient."""
    fault, units, seed = job
    return readings(examine(fault, seed, units=units))


def make(folder: Path) -> Path:
    """Write clinic_and_capstone.csv into `folder`."""
    todo = list(product(FAULTS, UNITS, SEEDS))
    with ProcessPoolExecutor() as executor:
        results = list(executor.map(read, todo, chunksize=5))
    file = folder / "clinic_and_capstone.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(("fault", "units", "seed", *results[0]))
        for job, numbers in zip(todo, results, strict=True):
            rows.writerow((*job, *(f"{number:.6g}" for number in numbers.values())))
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
