"""Make regularization.csv: ten ways against memorising 200 digits, tuned, then judged.

    python data/make_regularization.py

The accuracies depend a little on the machine; the lesson uses means with a margin. A few
minutes on two cores.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

# NumPy reads the variables once, when it is imported.
from course.experiments.regularization import best_setting  # noqa: E402
from course.experiments.regularized_digits import (  # noqa: E402
    EPOCHS,
    METHODS,
    RATE,
    SHUFFLED,
    accuracy,
    digits_of,
    train_regularized,
)
from course.experiments.table import Table  # noqa: E402

CHOOSE, JUDGE = range(5), range(10, 20)  # seeds
LONGER = 1000  # epochs
COLUMNS = (
    "stage", "shuffled", "method", "strength", "learning_rate", "seed", "train", "accuracy",
)  # fmt: skip
Job = tuple[str, float, str, float, float, int]
Row = tuple[str | float, ...]


def run(job: Job) -> Row:
    """Train one network; the digits to judge by are not for the choosing runs."""
    stage, shuffled, method, strength, rate, seed = job
    digits = digits_of(seed, shuffled)
    epochs = LONGER if stage == "longer" else EPOCHS
    model = train_regularized(digits, method, strength, rate, seed, epochs=epochs)
    choose = stage == "choose"
    x = digits.x_choose if choose else digits.x_test
    y = digits.y_choose if choose else digits.y_test
    return (
        *job, round(accuracy(model, digits.x, digits.y), 3), round(accuracy(model, x, y), 4),
    )  # fmt: skip


def choosing() -> list[Job]:
    """Return every strength at every rate."""
    return [
        ("choose", shuffled, method, strength, rate, seed)
        for shuffled, rates in SHUFFLED.items()
        for method, strengths in METHODS.items()
        for strength, rate, seed in product(strengths, rates, CHOOSE)
    ]


def judging(rows: Iterable[Row]) -> list[Job]:
    """Return the chosen settings: of all, and of those at the rate that memorises."""
    table = Table(dict(zip(COLUMNS, zip(*rows, strict=True), strict=True)))
    jobs = set()
    for shuffled, method in product(SHUFFLED, METHODS):
        mine = table.where(shuffled=shuffled, method=method)
        for best in (best_setting(mine), best_setting(mine.where(learning_rate=RATE))):
            jobs |= {("judge", shuffled, method, *best, seed) for seed in JUDGE}
    # Does the chosen rate only end before it memorises?
    best = best_setting(table.where(shuffled=0.3, method="none"))
    return sorted(jobs) + [("longer", 0.3, "none", *best, seed) for seed in JUDGE]


def make(folder: Path) -> Path:
    """Write regularization.csv into `folder`."""
    with ProcessPoolExecutor() as executor:
        rows = list(executor.map(run, choosing(), chunksize=10))
        rows += executor.map(run, judging(rows), chunksize=5)
    file = folder / "regularization.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        out = csv.writer(stream, lineterminator="\n")
        out.writerow(COLUMNS)
        out.writerows(rows)
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
