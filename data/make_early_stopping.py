"""Make early_stopping.csv: 80 epochs of digits with careless labels, 35 seeds.

    python data/make_early_stopping.py

The curves depend a little on the machine; the lesson uses means with a margin. About a
minute.
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
from course.experiments.sloppy_digits import (  # noqa: E402
    JUDGED,
    JUDGING,
    RATES,
    TUNING,
    VALIDATION,
    AccuracyOn,
    learn,
    pack,
    sloppy_digits,
)

COLUMNS = (
    "learning_rate", "seed", "val_loss", "val_accuracy", "choose_accuracy", "test_accuracy",
)  # fmt: skip


def curves(job: tuple[float, int]) -> tuple[str, ...]:
    """Train one network for 80 epochs; return its four curves as text."""
    parts = sloppy_digits(job[1])
    choose = AccuracyOn(parts.x_choose, parts.y_choose)
    test = AccuracyOn(parts.x_test, parts.y_test)
    logs = learn(*job, callbacks=[choose, test]).history.history
    validated = pack(logs["val_loss"], 1000), pack(logs["val_accuracy"], VALIDATION)
    return *validated, pack(choose.values, 1000), pack(test.values, 1000)


def make(folder: Path) -> Path:
    """Write early_stopping.csv into `folder`."""
    todo = sorted([*product(RATES, TUNING), *product(JUDGED, JUDGING)])
    with ProcessPoolExecutor() as executor:
        results = list(executor.map(curves, todo, chunksize=5))
    file = folder / "early_stopping.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(COLUMNS)
        for job, packed in zip(todo, results, strict=True):
            rows.writerow((*job, *packed))
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
