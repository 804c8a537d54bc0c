"""Make evidence.csv: 60 runs of one setting, and four settings on ten training sets each.

    python data/make_evidence.py

Which digits a run gets right depends a little on the machine; the lesson reads the file. Half a
minute on one core.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from pathlib import Path

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

from course.experiments.best_of import pack  # noqa: E402  (NumPy reads the variables once)
from course.experiments.few_digits import (  # noqa: E402
    PARTS,
    digit_network,
    few_digits,
    right_answers,
)

RUNS = 60
SETTINGS = {
    "base": {},
    "epochs=40": {"epochs": 40},
    "learning_rate=0.03": {"learning_rate": 0.03},
    "units=8": {"units": 8},
}


def jobs() -> Iterator[tuple[str, int, int]]:
    """Yield setting, part and seed of every run, each once."""
    for setting in SETTINGS:
        for part in range(PARTS):
            seeds = range(RUNS) if (setting, part) == ("base", 0) else (part,)
            yield from ((setting, part, seed) for seed in seeds)


def right(setting: str, part: int, seed: int) -> str:
    """Train one network; return which of the 797 digits it got right."""
    x, y, x_rest, y_rest = few_digits(part)
    return pack(right_answers(digit_network(x, y, seed, **SETTINGS[setting]), x_rest, y_rest))


def make(folder: Path) -> Path:
    """Write evidence.csv into `folder`."""
    file = folder / "evidence.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(("setting", "part", "seed", "right"))
        rows.writerows((*job, right(*job)) for job in jobs())
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
