"""Make batch_normalization.csv: digits with normalization in many places, 10 seeds each.

    python data/make_batch_normalization.py

The accuracies depend a little on the machine; the lesson uses means with a margin. About
five minutes of processor time.
"""

from __future__ import annotations

import csv
import os
import sys
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

# NumPy reads the variables once, when it is imported.
from course import config  # noqa: E402
from course.experiments.covariate_shift import shift_per_step  # noqa: E402
from course.experiments.normalized_digits import (  # noqa: E402
    BATCH,
    RATES,
    normalized_accuracy,
    normalized_units,
    power_of_two_digits,
    train_normalized,
)

SEEDS = range(10)
PLAIN = ("none", "before", "after", "layer")
SHIFTS = ("none", "before", "shaken")  # whose shifts are measured
TEN = (*PLAIN, "shaken", *(f"{norm}, residual" for norm in (*PLAIN, "after the sum")))
SMALLER = (0.0003, 0.001, 0.003)  # also, for residual sums that nothing keeps in size
UNITS = ("standardized", "mixed units")
TINY = (0.00001, 0.00003, 0.0001, 0.0003, 0.001)  # for mixed units, not normalized
COLUMNS = ("study", "network", "depth", "batch_size", "learning_rate", "seed", "accuracy", "shift")
Job = tuple[str, str, int, int, float, int]


def jobs() -> Iterator[Job]:
    """Yield study, network, depth, batch size, learning rate and seed of every run."""
    middle, cells = RATES[1:-1], []
    cells += [("place", name, 10, BATCH, middle) for name in TEN]
    cells += [("place", "none, residual", 10, BATCH, SMALLER)]
    cells += [("place", name, 20, BATCH, middle) for name in ("before", "before, residual")]
    for norm in ("none", "before", "layer"):
        cells += [("batch", norm, 2, batch, RATES[:5]) for batch in (2, 4)]
        cells += [("batch", norm, 2, BATCH, RATES[2:])]
    for inputs in UNITS:
        plain = TINY if inputs == "mixed units" else (*RATES, 10.0)
        cells.append(("units", inputs, 1, BATCH, plain))
        cells.append(("units", f"{inputs}, normalized", 1, BATCH, (*RATES, 10.0)))
    for *cell, rates in cells:
        yield from ((*cell, rate, seed) for rate in rates for seed in SEEDS)


def result(job: Job) -> tuple[float, float]:
    """Train one network; return its accuracy, and the shift in its middle where asked for."""
    study, name, depth, batch, rate, seed = job
    shift = float("nan")
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "loss became", RuntimeWarning)
        if study == "units":
            inputs = name.removesuffix(", normalized")
            return normalized_units(inputs, inputs != name, rate, seed)[1], shift
        norm = name.removesuffix(", residual")
        model = train_normalized(
            depth, norm, rate, seed, batch_size=batch, epochs=2 if study == "batch" else 10,
            residual=norm != name, momentum=0.99 if batch < BATCH else 0.9,
        )  # fmt: skip
        accuracy = normalized_accuracy(model, seed)
        if study == "place" and depth == 10 and name in SHIFTS:
            x, _, y, _ = power_of_two_digits(seed)
            with config.seeded(seed):
                shift = shift_per_step(model, x, y, layer="h5")
        return accuracy, shift


def make(folder: Path) -> Path:
    """Write batch_normalization.csv into `folder`."""
    todo = sorted(jobs())
    with ProcessPoolExecutor() as executor:
        results = list(executor.map(result, todo, chunksize=10))
    file = folder / "batch_normalization.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow(COLUMNS)
        for job, both in zip(todo, results, strict=True):
            rows.writerow((*job, *(f"{value:.3f}" for value in both)))
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
