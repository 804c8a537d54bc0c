"""Make digits_search.csv: every configuration of a small search over the digits, measured.

    python data/make_digits_search.py

A tuner can then be tried on a real network hundreds of times in the time of one training.
About ten minutes on two cores.
"""

from __future__ import annotations

import csv
import os
import sys
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path

for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"

import course  # noqa: E402  (NumPy reads the variables once)
from course.datasets import load_digits, split  # noqa: E402
from course.layers import Dense  # noqa: E402
from course.optimizers import SGD, Adam  # noqa: E402

COLUMNS = ("optimizer", "momentum", "learning_rate", "layers", "units", "activation", "batch_size")
RATES = (1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1.0)
OTHERS = (RATES, (1, 2, 3), (8, 16, 32, 64), ("relu", "sigmoid", "tanh"), (16, 64, 256))
SEEDS = range(3)
EPOCHS = 10
Job = tuple[str, float, float, int, int, str, int]


def jobs() -> Iterator[Job]:
    """Yield every configuration once; Adam has no momentum of its own to choose."""
    for optimizer, momentum in (("adam", 0.0), ("sgd", 0.0), ("sgd", 0.9)):
        for others in product(*OTHERS):
            yield (optimizer, momentum, *others)


def train(job: Job, seed: int) -> float:
    """Train one network and return its accuracy on the part kept back."""
    name, momentum, rate, layers, units, activation, batch_size = job
    x, x_val, y, y_val = split(*load_digits(), test=597, seed=0, stratify=True)
    course.set_random_seed(seed)
    hidden = [Dense(units, activation=activation) for _ in range(layers)]
    model = course.Sequential([*hidden, Dense(10, activation="softmax")])
    optimizer = Adam(rate) if name == "adam" else SGD(rate, momentum=momentum)
    model.compile(optimizer, "sparse_categorical_crossentropy", metrics=["accuracy"])
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "loss became", RuntimeWarning)
        warnings.filterwarnings("ignore", category=RuntimeWarning, message=".*encountered")
        model.fit(x, y, batch_size, EPOCHS, verbose=0)
        return model.evaluate(x_val, y_val, verbose=0, return_dict=True)["accuracy"]


def accuracy(job: Job) -> float:
    """Return the mean accuracy over the seeds."""
    return sum(train(job, seed) for seed in SEEDS) / len(SEEDS)


def make(folder: Path) -> Path:
    """Write digits_search.csv into `folder`."""
    todo = sorted(jobs())
    with ProcessPoolExecutor() as executor:
        results = list(executor.map(accuracy, todo, chunksize=12))
    file = folder / "digits_search.csv"
    with file.open("w", newline="", encoding="ascii") as stream:
        rows = csv.writer(stream, lineterminator="\n")
        rows.writerow((*COLUMNS, "accuracy"))
        rows.writerows((*job, f"{a:.5f}") for job, a in zip(todo, results, strict=True))
    return file


if __name__ == "__main__":
    print(make(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).parent))
