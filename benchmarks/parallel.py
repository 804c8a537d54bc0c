"""Print how much faster a search is when its trials run in a pool of processes.

``python -m benchmarks.parallel [--trials 20] [--seconds 1] [--workers 2] [--start METHOD]``

The same random search, with the same seed, runs one trial after another and then in the pool, the
start of the pool included. A busy machine shares its cores with others, so beside the time by the
clock stands that of the processors, which depends less on them: as long as the pool needs no
more of it, its workers can be that many times as fast.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, NamedTuple

import numpy as np

from course import Input, Sequential
from course.layers import Dense
from course.optimizers import Adam
from course.tuners import HyperParameters, RandomSearch
from course.tuners.blas import one_thread

ROWS, FEATURES = 1000, 20


class Times(NamedTuple):
    """Seconds of a search by the clock and of the processors, and its scores."""

    clock: float
    processor: float
    scores: list[float]


def build(hp: HyperParameters) -> Sequential:
    """Return a network whose training takes as long whatever is chosen."""
    model = Sequential([Input((FEATURES,)), Dense(64, "tanh"), Dense(64, "tanh"), Dense(1)])
    model.compile(Adam(hp.Float("learning_rate", 1e-4, 1e-2, sampling="log")), "mse")
    return model


def data() -> tuple[np.ndarray, np.ndarray]:
    """Return x of shape (1000, 20) and y of shape (1000,)."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(ROWS, FEATURES)).astype(np.float32)
    return x, np.sin(x[:, 0]) + x[:, 1] * x[:, 2]


def epochs_in(seconds: float) -> int:
    """Return how many epochs the processor trains in so many seconds; at least one."""
    x, y = data()
    model = build(HyperParameters())
    with one_thread():
        model.fit(x, y, verbose=0)
        start = time.process_time()
        model.fit(x, y, epochs=5, verbose=0)
    return max(1, round(seconds / ((time.process_time() - start) / 5)))


def search(trials: int, epochs: int, executor: Executor | None) -> list[float]:
    """Run the search and return the scores of its trials."""
    x, y = data()
    with tempfile.TemporaryDirectory() as folder:
        tuner = RandomSearch(build, "val_loss", max_trials=trials, seed=0, directory=folder)
        tuner.search(x, y, epochs=epochs, validation_split=0.2, executor=executor, verbose=0)
        return [trial.score for trial in tuner.oracle.ordered_trials()]


@contextmanager
def pool(workers: int, start: str | None) -> Iterator[Executor | None]:
    """Give an executor of so many processes, or None for none."""
    if not workers:
        yield None
        return
    with ProcessPoolExecutor(workers, multiprocessing.get_context(start)) as executor:
        yield executor


def timed(trials: int, epochs: int, workers: int = 0, start: str | None = None) -> Times:
    """Time a search, from before its workers start until they have ended."""
    clock, processor = time.perf_counter(), processor_seconds()
    with pool(workers, start) as executor:
        scores = search(trials, epochs, executor)
    return Times(time.perf_counter() - clock, processor_seconds() - processor, scores)


def processor_seconds() -> float:
    """Return what this process and its workers that ended have used."""
    return sum(os.times()[:4])


def table(serial: Times, parallel: Times, workers: int) -> str:
    """Lay out both searches and how they compare."""
    rows: list[tuple[str, Any, Any]] = [("seconds", "clock", "processor")]
    for name, times in ("one after another", serial), (f"{workers} processes", parallel):
        rows.append((name, f"{times.clock:.2f}", f"{times.processor:.2f}"))
    faster, possible = serial.clock / parallel.clock, serial.processor / parallel.processor
    rows.append(("times as fast", f"{faster:.2f}", f"{workers * possible:.2f}"))
    return "\n".join(f"{name:<20}{clock:>8}{processor:>11}" for name, clock, processor in rows)


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.parallel", description=__doc__.split("\n")[0])
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each trial, about")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--start", choices=multiprocessing.get_all_start_methods())
    options = parser.parse_args(arguments)
    epochs = epochs_in(options.seconds)
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    serial = timed(options.trials, epochs)
    parallel = timed(options.trials, epochs, options.workers, options.start)
    print(f"{options.trials} trials of {epochs} epochs; load {load:.1f}, {os.cpu_count()} cores")
    print(table(serial, parallel, options.workers))
    same = "the same" if parallel.scores == serial.scores else "NOT the same"
    print(f"The scores are {same}.")


if __name__ == "__main__":
    main()
