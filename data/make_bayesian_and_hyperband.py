"""Make bayesian_and_hyperband.csv: tuners raced at equal budgets on recorded digits.

    python data/make_bayesian_and_hyperband.py

Nothing is trained: the searches look up what digits_curves.csv and digits_search.csv
have recorded. About two minutes on two cores.
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
from course.experiments import tuner_race, wide_race  # noqa: E402

COLUMNS = ("space", "tuner", "seed", "mark", "accuracy")
Job = tuple[str, str, int]


def run(job: Job) -> list[tuple[int, float]]:
    """Run one search; return what was known at each mark."""
    space, *given = job
    if space == "seven":
        found = wide_race.wide_race(*given)
        return [(mark, found[mark - 1]) for mark in wide_race.MARKS]
    found = tuner_race.at_marks(*tuner_race.race(*given))
    return list(zip(tuner_race.MARKS, found, strict=True))


def make(folder: Path) -> Path:
    """Write bayesian_and_hyperband.csv into `folder`."""
    todo: list[Job] = [*product(["three"], tuner_race.TUNERS, tuner_race.RACES)]
    todo += product(["seven"], wide_race.TUNERS, wide_race.RACES)
    with ProcessPoolExecutor() as executor:
        results = list(executor.map(run, todo, chunksize=5))
    file = folder / "bayesian_and_hyperband.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(COLUMNS)
        for job, values in zip(todo, results, strict=True):
            rows.writerows((*job, mark, f"{accuracy:.4f}") for mark, accuracy in values)
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
