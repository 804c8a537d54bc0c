"""Trials in the workers of an executor: the same as one after another."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import sys
import types
from collections.abc import Iterator
from concurrent.futures import (
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
)
from pathlib import Path
from typing import Any

import pytest

from course.tuners import FatalError, GridSearch, Hyperband, HyperParameters, RandomSearch, Trial
from course.tuners.executing import Outcome, Parallel, Task, _succeeded, capacity, work
from searches import Killed, WithBatches, X, Y, build, record

STRATEGIES = {
    "random": (RandomSearch, dict(max_trials=5)),
    "grid": (GridSearch, dict(max_trials=5)),
    "hyperband": (Hyperband, dict(max_epochs=4, factor=2)),
}


def pool(method: str) -> ProcessPoolExecutor:
    """Two processes."""
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context(method))


@pytest.fixture(scope="module")
def spawned() -> Iterator[Executor]:
    """Two processes that share nothing with this one; they serve all tests."""
    with pool("spawn") as executor:
        yield executor


def search(name: str, folder: Path, executor: Any, hypermodel: Any = build) -> Any:
    """Search with a strategy."""
    kind, options = STRATEGIES[name]
    tuner = kind(hypermodel, "val_loss", seed=0, directory=folder, **options)
    tuner.search(X, Y, epochs=1, validation_data=(X, Y), executor=executor, verbose=0)
    return tuner


@pytest.mark.parametrize("name", STRATEGIES)
def test_threads_and_processes_give_the_trials_of_one_after_another(
    name: str, tmp_path: Path, spawned: Executor
) -> None:
    alone = search(name, tmp_path / "alone", None)
    with ThreadPoolExecutor(3) as threads:
        for place, executor in (("threads", threads), ("spawned", spawned)):
            tuner = search(name, tmp_path / place, executor)
            assert record(tuner) == record(alone)
            for ours, its in zip(tuner.get_best_models(2), alone.get_best_models(2), strict=True):
                assert ours.evaluate(X, Y) == its.evaluate(X, Y)


def test_what_only_fit_declares_is_the_same_too(tmp_path: Path, spawned: Executor) -> None:
    alone = search("random", tmp_path / "alone", None, WithBatches())
    assert {t.values["batch_size"] for t in alone.oracle.trials.values()} == {16, 32}
    assert record(search("random", tmp_path / "b", spawned, WithBatches())) == record(alone)


@pytest.mark.forks
def test_forked_processes_have_the_task_already(tmp_path: Path) -> None:
    alone = search("random", tmp_path / "alone", None)
    with pool("fork") as executor:
        assert record(search("random", tmp_path / "forked", executor)) == record(alone)


def test_functions_of_a_notebook_travel(tmp_path: Path, spawned: Executor) -> None:
    notebook = types.ModuleType("__main__")
    exec(
        "from course import Input, Sequential\n"
        "from course.layers import Dense\n"
        "from course.callbacks import Callback\n"
        "class Quiet(Callback):\n    pass\n"
        "def build(hp):\n"
        "    model = Sequential([Input((3,)), Dense(hp.Int('units', 1, 8)), Dense(1)])\n"
        "    model.compile('sgd', 'mse')\n"
        "    return model\n",
        notebook.__dict__,
    )
    tuner = RandomSearch(notebook.build, "val_loss", 3, seed=0, directory=tmp_path)
    validation = dict(validation_data=(X, Y), callbacks=[notebook.Quiet()])
    tuner.search(X, Y, executor=spawned, verbose=0, **validation)
    assert len(tuner.get_best_models(3)) == 3


def test_what_cannot_be_sent_ends_the_search(
    tmp_path: Path, spawned: Executor, monkeypatch: Any
) -> None:
    def unsendable(hp: Any, generator: Any = (n for n in ())) -> Any:
        return build(hp)

    with pytest.raises(FatalError, match=r"cannot be sent to other processes: .*generator"):
        search("random", tmp_path, spawned, unsendable)
    monkeypatch.setitem(sys.modules, "cloudpickle", None)
    with pytest.raises(FatalError, match=r"For functions of a notebook install cloudpickle"):
        search("random", tmp_path / "b", spawned, lambda hp: build(hp.copy()))
    assert len(search("random", tmp_path / "c", spawned).oracle.trials) == 5


def test_failures_and_errors_come_back_as_in_this_process(
    tmp_path: Path, spawned: Executor
) -> None:
    def fails(hp: Any) -> Any:
        model = build(hp)
        if hp.values["layers"] > 1:
            raise ArithmeticError("too deep")
        return model

    kind, options = STRATEGIES["random"]
    for executor in (None, spawned):
        tuner = kind(
            fails,
            "val_loss",
            seed=0,
            directory=tmp_path / str(executor is None),
            max_consecutive_failed_trials=5,
            **options,
        )
        tuner.search(X, Y, validation_data=(X, Y), executor=executor, verbose=0)
        statuses = {t.values["layers"]: t.status for t in tuner.oracle.trials.values()}
        assert statuses.pop(1) == "COMPLETED"
        assert set(statuses.values()) == {"FAILED"}
    with pytest.raises(FatalError, match=r"'val_auc' is not in"):
        RandomSearch(build, "val_auc", 4, seed=0, directory=tmp_path / "c").search(
            X, Y, validation_data=(X, Y), executor=spawned, verbose=0
        )


@pytest.mark.forks
def test_a_worker_that_is_killed_loses_no_trial(tmp_path: Path) -> None:
    with pool("fork") as executor:
        tuner = Killed(max_trials=6, seed=0, directory=tmp_path / "search")
        tuner.search(tmp_path / "killed", (2,), executor=executor, verbose=0)
        assert (tmp_path / "killed").read_text() == "2"
    alone = Killed(max_trials=6, seed=0, directory=tmp_path / "alone")
    alone.search(None, (), verbose=0)
    assert record(tuner) == record(alone)
    assert {t.status for t in tuner.oracle.trials.values()} == {"COMPLETED"}


@pytest.mark.forks
def test_a_trial_that_kills_every_worker_has_failed_and_no_other(tmp_path: Path) -> None:
    with pool("fork") as executor:
        tuner = Killed(max_trials=4, seed=0, directory=tmp_path / "search")
        tuner.search(None, (1,), seconds=0.2, executor=executor, verbose=0)
    assert [t.status[0] for t in tuner.oracle.ordered_trials()] == ["C", "F", "C", "C"]
    assert "Its worker died 3 times: BrokenProcessPool" in tuner.oracle.get_trial("0001").error


class Odd(Executor):
    """An executor that a test makes of a function of the task."""

    def __init__(self, outcome: Any) -> None:
        self.outcome = outcome

    def submit(self, fn: Any, *args: Any) -> Future:
        return self.outcome(fn, *args)


def test_an_executor_that_breaks_and_cannot_be_replaced(tmp_path: Path) -> None:
    def broken(*task: Any) -> Future:
        raise BrokenExecutor("gone")

    with pytest.raises(RuntimeError, match=r"The executor broke. Search again with a new one"):
        search("random", tmp_path, Odd(broken))


def test_ctrl_c_records_what_is_done_and_cancels_the_rest(tmp_path: Path) -> None:
    futures: list[Future] = []

    def interrupted(work: Any, token: str, packed: Any, trial: Trial) -> Future:
        future: Future = Future()
        futures.append(future)
        if trial.number == 0:
            future.set_result(work(token, packed, trial))
        elif trial.number == 2:
            future.set_exception(KeyboardInterrupt())
        return future

    executor = Odd(interrupted)
    executor._max_workers = 3
    with pytest.raises(KeyboardInterrupt):
        search("random", tmp_path, executor)
    tuner = RandomSearch(build, "val_loss", 5, seed=0, directory=tmp_path)
    assert [t.status[0] for t in tuner.oracle.ordered_trials()] == ["C", "R", "R", "R"]
    assert futures[1].cancelled()
    assert futures[3].cancelled()
    tuner.search(X, Y, epochs=1, validation_data=(X, Y), verbose=0)
    assert record(tuner) == record(search("random", tmp_path / "b", None))


def test_what_is_done_is_recorded_also_when_the_search_ends_with_an_error(tmp_path: Path) -> None:
    def fatal(work: Any, token: str, packed: Any, trial: Trial) -> Future:
        future: Future = Future()
        outcome = Outcome(trial.hyperparameters, [], error="a mistake", is_fatal=True)
        future.set_result(work(token, packed, trial) if trial.number else outcome)
        return future

    executor = Odd(fatal)
    executor._max_workers = 2
    with pytest.raises(FatalError, match="a mistake"):
        search("random", tmp_path, executor)
    tuner = RandomSearch(build, "val_loss", 5, seed=0, directory=tmp_path)
    assert [t.status[0] for t in tuner.oracle.ordered_trials()] == ["R", "C"]


def test_a_worker_asks_for_the_task_once(tmp_path: Path) -> None:
    tuner = search("random", tmp_path, None)
    trial = tuner.oracle.get_trial("0000")
    trial.attempts = 0
    packed = pickle.dumps(Task(tuner, (X, Y), {"validation_data": (X, Y)}))
    assert work("token", None, trial) is None
    sent, kept = work("token", packed, trial), work("token", None, trial)
    assert sent.result == kept.result == (trial.score, trial.metrics, trial.best_step)
    assert work("another", None, trial) is None


def test_what_others_cancelled_is_no_result() -> None:
    parallel = Parallel(None, Odd(lambda *task: Future()))
    parallel.submit(Trial(HyperParameters()))
    (future,) = parallel._futures
    future.set_running_or_notify_cancel()
    future.set_exception(CancelledError())
    assert parallel.close(wait_for_running=True) == []
    assert not _succeeded(future)


def test_capacity() -> None:
    with ThreadPoolExecutor(3) as threads:
        assert capacity(threads) == 3
    assert capacity(Odd(None)) == os.cpu_count()
    clustered = Odd(None)
    clustered._client = types.SimpleNamespace(nthreads=lambda: {"a": 2, "b": 1})
    assert capacity(clustered) == 3


def test_a_tuner_travels_without_its_trials(tmp_path: Path) -> None:
    tuner = search("random", tmp_path, None)
    sent = pickle.loads(pickle.dumps(tuner))
    assert sent.oracle.trials == {}
    assert len(tuner.oracle.trials) == 5
    assert not hasattr(sent, "storage")
