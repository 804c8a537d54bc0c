"""A trial that ends in the worst ways fails, here and in a worker, and the search goes on."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from course.tuners import RandomSearch, Trial

pytestmark = pytest.mark.forks


def raising(error: BaseException) -> Callable[[], None]:
    def end() -> None:
        raise error

    return end


def deeper() -> None:
    deeper()


ENDS: dict[str, Callable[[], None]] = {
    "SystemExit: bye": lambda: sys.exit("bye"),
    "MemoryError": raising(MemoryError()),
    "RecursionError: maximum recursion depth": deeper,
    "StopIteration": raising(StopIteration()),
}


class Ending(RandomSearch):
    """Ends its second trial as it is told to."""

    def run_trial(self, trial: Trial, way: str) -> float:
        if trial.number == 1:
            os._exit(3) if way == "at once" else ENDS[way]()
        return trial.hyperparameters.Float("x", 0, 1)


@pytest.fixture(params=["here", "in a worker"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor | None]:
    if request.param == "here":
        yield None
        return
    with ProcessPoolExecutor(1, get_context("fork")) as pool:
        yield pool


def search(way: str, folder: Path, executor: Executor | None) -> list[Trial]:
    tuner = Ending(max_trials=3, seed=0, directory=folder)
    tuner.search(way, executor=executor, verbose=0)
    trials = tuner.oracle.ordered_trials()
    assert [trial.status for trial in trials] == ["COMPLETED", "FAILED", "COMPLETED"]
    return trials


@pytest.mark.parametrize("way", ENDS)
def test_whatever_it_raises_is_its_error(
    way: str, executor: Executor | None, tmp_path: Path
) -> None:
    assert search(way, tmp_path, executor)[1].last_line.startswith(way)


def test_a_worker_that_exits_at_once_three_times(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2, get_context("fork")) as pool:
        assert "Its worker died 3 times" in search("at once", tmp_path, pool)[1].error
