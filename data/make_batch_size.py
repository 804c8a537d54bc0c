"""Make batch_size.csv: digits in batches of 1 to 512 rows, at nine learning rates.

    python data/make_batch_size.py

First every batch size at every rate on five seeds; then the chosen rates on fifteen others. The
accuracies depend a little on the machine; the lesson uses means with a margin. About three
minutes on two cores.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from itertools import product
from pathlib import Path
from typing import Any

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

# NumPy reads the variables once, when it is imported.
from course.experiments.batch_digits import (  # noqa: E402
    BUDGETS,
    RATES,
    SIZES,
    budget,
    trained,
    until_fitted,
)
from course.experiments.batch_table import (  # noqa: E402
    BY_THE_RULE,
    CHOOSING,
    COMMON,
    JUDGED,
    JUDGING,
    choose,
    quickest,
)
from course.experiments.table import Table  # noqa: E402
from course.tuners.blas import one_thread  # noqa: E402

COLUMNS = (
    "equal", "batch_size", "learning_rate", "seed", "updates", "loss", "validation", "test",
)  # fmt: skip
Job = tuple[str, int, float, int]


def run(job: Job) -> tuple[Any, ...]:
    """Train once; return a row of the table."""
    equal, batch_size, rate, seed = job
    with one_thread():
        if equal == "loss":
            updates, scores = until_fitted(batch_size, rate, seed)
        else:
            updates, scores = budget(batch_size, equal), trained(batch_size, rate, seed, equal)
    return (*job, updates, *scores)


def trials() -> Iterator[Job]:
    """Give the runs that choose; for equal loss, large batches at large rates only, and so on."""
    yield from product(BUDGETS, SIZES, RATES, CHOOSING)
    for size in JUDGED:
        rates = [rate for rate in RATES if (rate <= 0.64 if size < 64 else rate >= 0.02)]
        yield from product(["loss"], [size], rates, CHOOSING)


def verdicts(rows: list[tuple[Any, ...]]) -> Iterator[Job]:
    """Give the runs that judge, from the `rows` of those that chose."""
    runs = Table(dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True)))
    settings = {(equal, size, COMMON) for equal in BUDGETS for size in JUDGED}
    settings |= {("epochs", *pair) for pair in BY_THE_RULE.items()}
    settings |= {
        (equal, size, choose(runs, equal, size)) for equal in (*BUDGETS, "loss") for size in JUDGED
    }
    settings |= {("loss", size, quickest(runs, "loss", size)) for size in JUDGED}
    for setting, seed in product(sorted(settings), JUDGING):
        yield (*setting, seed)


def spread(executor: Executor, jobs: Iterator[Job]) -> list[tuple[Any, ...]]:
    """Run `jobs`, the many updates of small batches first."""
    return list(executor.map(run, sorted(jobs, key=lambda job: job[1]), chunksize=5))


def make(folder: Path) -> Path:
    """Write batch_size.csv into `folder`."""
    with ProcessPoolExecutor() as executor:
        rows = spread(executor, trials())
        rows += spread(executor, verdicts(rows))
    file = folder / "batch_size.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        table = csv.writer(stream, lineterminator="\n")
        table.writerow(COLUMNS)
        for *job, updates, loss, validation, test in sorted(rows):
            table.writerow((*job, updates, f"{loss:.4g}", f"{validation:.4f}", f"{test:.4f}"))
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
