"""Make transfer_learning.csv: digits learned with and without features of another task.

    python data/make_transfer_learning.py

For each setting, ten seeds at each of seven or eight learning rates are judged by validation
images; with the best rate, sixteen other seeds are judged by test images. The accuracies depend a
little on the machine; the lesson uses means with a margin. About six minutes of one core.
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
from course.experiments.table import Table  # noqa: E402
from course.experiments.transfer_table import (  # noqa: E402
    JUDGING,
    TUNING,
    best_rate,
    rates_of,
    settings,
)
from course.experiments.transferred_digits import (  # noqa: E402
    accuracy,
    transfer_parts,
    transferred,
)

COLUMNS = ("task", "way", "labels", "learning_rate", "seed", "part", "accuracy")
Setting = tuple[str, str, int]


def rows_of(setting: Setting) -> list[tuple]:
    """Choose the learning rate of one setting and judge it; return its rows of the table."""
    rates = product(rates_of(setting[1]), TUNING)
    tuning = [(rate, seed, score(setting, rate, seed, 0)) for rate, seed in rates]
    columns = zip(("learning_rate", "seed", "accuracy"), zip(*tuning, strict=True), strict=True)
    rate = best_rate(Table({name: list(values) for name, values in columns}))
    judging = [(rate, seed, score(setting, rate, seed, 1)) for seed in JUDGING]
    parts = (("validation", tuning), ("test", judging))
    return [
        (*setting, rate, seed, part, f"{value:.4f}")
        for part, rows in parts
        for rate, seed, value in rows
    ]


def score(setting: Setting, rate: float, seed: int, test: int) -> float:
    """Train once; return the accuracy on validation images (0) or test images (1)."""
    parts = transfer_parts(setting[0], seed)
    x, y = ((parts.x_val, parts.y_val), (parts.x_test, parts.y_test))[test]
    return accuracy(transferred(*setting, rate, seed), x, y)


def make(folder: Path) -> Path:
    """Write transfer_learning.csv into `folder`."""
    with ProcessPoolExecutor() as executor:
        results = list(executor.map(rows_of, sorted(settings()), chunksize=1))
    file = folder / "transfer_learning.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(COLUMNS)
        rows.writerows(row for part in results for row in part)
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
