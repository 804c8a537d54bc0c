"""Make capstone.csv: the whole capstone with 20 seeds, judged on digits that it never saw.

    python data/make_capstone.py

The 450 digits of the lesson's own report are in none of these splits. The accuracies depend a
little on the machine. About a minute on two cores.
"""

from __future__ import annotations

import csv
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

# NumPy reads the variables once, when it is imported.
from course.datasets import split  # noqa: E402
from course.experiments.capstone import choose, refit  # noqa: E402
from course.experiments.patients import work_and_held_out  # noqa: E402

SEEDS, JUDGED = range(20), 300
COLUMNS = ("seed", "units", "dropout", "learning_rate", "epochs", "val_accuracy", "new_accuracy")


def project(seed: int) -> tuple:
    """Search, train again, and judge on 300 digits kept back for this seed."""
    x, _, y, _ = work_and_held_out()
    x, x_new, y, y_new = split(x, y, JUDGED, 100 + seed, stratify=True)
    choice = choose(x, y, seed)
    accuracy = refit(choice, x, y, seed).evaluate(x_new, y_new, verbose=0)[1]
    hp = choice.hyperparameters
    values = hp.get("units"), f"{hp.get('dropout'):.1f}", f"{hp.get('learning_rate'):.3g}"
    return (seed, *values, choice.epochs, f"{choice.val_accuracy:.4f}", f"{accuracy:.4f}")


def make(folder: Path) -> Path:
    """Write capstone.csv into `folder`."""
    with ProcessPoolExecutor() as executor:
        results = list(executor.map(project, SEEDS))
    file = folder / "capstone.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        csv.writer(stream, lineterminator="\n").writerows([COLUMNS, *results])
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
