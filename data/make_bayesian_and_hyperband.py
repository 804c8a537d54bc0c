"""Make bayesian_and_hyperband.csv: tuners raced at equal budgets on digits.

    python data/make_bayesian_and_hyperband.py

Most searches look up what digits_curves.csv and digits_search.csv have recorded; those of
the space "fresh" train their networks. About three minutes on two cores.
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
from course.experiments import fresh_race, rate_steps, tuner_race, wide_race  # noqa: E402
from course.experiments.digit_curves import EPOCHS, NEW_SEEDS, trained_curve  # noqa: E402

BY_TRIALS = {
    "one": (rate_steps.rate_race, rate_steps.MARKS, rate_steps.RACES),
    "seven": (wide_race.wide_race, wide_race.MARKS, wide_race.RACES),
    "fresh": (fresh_race.fresh_race, wide_race.MARKS, fresh_race.RACES),
}
RATES = {"rate 0.4": 0.4, "rate 1.0": 1.0}  # of digits_curves.csv: early leader, late winner
COLUMNS = ("space", "tuner", "seed", "mark", "accuracy")
Job = tuple[str, str, int]


def run(job: Job) -> list[tuple[int, float]]:
    """Run one search, or one training; return what was known at each mark."""
    space, name, seed = job
    if space == "new seeds":
        validation, test = trained_curve(RATES[name], 128, 0.25, seed)
        return [(1, validation[0]), (EPOCHS, test)]
    if space in BY_TRIALS:
        search, marks, _ = BY_TRIALS[space]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            found = search(name, seed)
        return [(mark, found[mark - 1]) for mark in marks]
    found = tuner_race.at_marks(*tuner_race.race(name, seed))
    return list(zip(tuner_race.MARKS, found, strict=True))


def make(folder: Path) -> Path:
    """Write bayesian_and_hyperband.csv into `folder`."""
    todo: list[Job] = [*product(["three"], tuner_race.TUNERS, tuner_race.RACES)]
    for space, (_, _, races) in BY_TRIALS.items():
        todo += product([space], wide_race.TUNERS, races)
    todo += product(["new seeds"], RATES, NEW_SEEDS)
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
